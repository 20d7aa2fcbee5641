"""How somebody does over time."""

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from engine.vocabulary import Dimension
from scenarios.models import Scenario
from sessions_app.models import PerformanceMetric, UserSession
from sessions_app.performance import (
    Timeframe,
    attempts_of,
    best_scores_of,
    performance_of,
    strengths_of,
)
from sessions_app.queries import completed_scenario_ids, history_of, running_sessions_of
from tests.sessions_app.conftest import Call

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 20, 12, 0, tzinfo=dt.UTC)


def add_run(user: User, scenario: Scenario, *, days_ago: float, **scores: Any) -> PerformanceMetric:
    at = NOW - dt.timedelta(days=days_ago)
    session = UserSession.objects.create(
        user=user,
        scenario=scenario,
        scenario_version_id=scenario.current_version_id,
        seed=1,
        engine_version="1",
        status="completed",
        validity="valid",
        completed_at=at,
        resolution_type="resolved",
        final_scores={},
    )
    values = {"overall": 50, "passed": False, "xp_earned": 10, "completion_seconds": 60, **scores}
    return PerformanceMetric.objects.create(
        session=session, user=user, scenario=scenario, created_at=at, **values
    )


@pytest.fixture
def runs(trainee: User, stranger: User, scenario: Scenario) -> None:
    add_run(trainee, scenario, days_ago=60, overall=20, verification=10, technical=90)
    add_run(trainee, scenario, days_ago=10, overall=40, verification=30, technical=None)
    add_run(trainee, scenario, days_ago=2, overall=60, verification=50, passed=True)
    add_run(trainee, scenario, days_ago=2, overall=Decimal("90.55"), verification=71, passed=True)
    add_run(stranger, scenario, days_ago=1, overall=100, verification=100)


@pytest.mark.parametrize(
    ("timeframe", "runs_in_it", "average"),
    [(Timeframe.WEEK, 2, 75.28), (Timeframe.MONTH, 3, 63.52), (Timeframe.ALL, 4, 52.64)],
)
def test_a_timeframe_holds_its_own_runs(
    trainee: User, runs: None, timeframe: Timeframe, runs_in_it: int, average: float
) -> None:
    summed = performance_of(trainee.pk, timeframe=timeframe, now=NOW)
    assert (summed.runs, summed.overall.average) == (runs_in_it, average)
    assert (summed.overall.best, summed.overall.latest) == (90.55, 90.55)
    assert summed.xp == 10 * runs_in_it


def test_one_dimension_alone(trainee: User, runs: None) -> None:
    summed = performance_of(trainee.pk, dimension=Dimension.TECHNICAL, now=NOW)
    assert set(summed.dimensions) == {Dimension.TECHNICAL}
    technical = summed.dimensions[Dimension.TECHNICAL]
    assert (technical.average, technical.best, technical.latest) == (90.0, 90.0, None)
    assert [point.score for point in summed.trend] == [90.0]


def test_the_trend_goes_by_days_of_the_readers_zone(trainee: User, runs: None) -> None:
    trend = performance_of(trainee.pk, timeframe=Timeframe.MONTH, now=NOW).trend
    assert [(point.start.date().isoformat(), point.runs, point.score) for point in trend] == [
        ("2026-05-10", 1, 40.0),
        ("2026-05-18", 2, 75.28),
    ]
    far_east = performance_of(
        trainee.pk, timeframe=Timeframe.MONTH, now=NOW, zone=dt.timezone(dt.timedelta(hours=13))
    ).trend
    assert far_east[0].start.date().isoformat() == "2026-05-11"
    by_name = performance_of(
        trainee.pk, timeframe=Timeframe.MONTH, now=NOW, zone=ZoneInfo("Pacific/Auckland")
    ).trend
    assert by_name[0].start.isoformat() == "2026-05-11T00:00:00+12:00"


def test_nothing_yet(trainee: User) -> None:
    summed = performance_of(trainee.pk)
    assert (summed.runs, summed.overall.average, summed.trend, summed.xp) == (0, None, (), 0)
    assert strengths_of(trainee.pk) == []
    assert attempts_of(trainee.pk) == best_scores_of(trainee.pk) == {}


def test_attempts_and_bests(trainee: User, runs: None, scenario: Scenario) -> None:
    attempts = attempts_of(trainee.pk)[scenario.pk]
    assert (attempts.runs, attempts.best, attempts.passed) == (4, 90.55, True)
    assert best_scores_of(trainee.pk) == {scenario.pk: 90.55}


def test_strengths_come_first(trainee: User, runs: None) -> None:
    assert strengths_of(trainee.pk) == [(Dimension.TECHNICAL, 90.0), (Dimension.VERIFICATION, 40.25)]


def test_two_queries(trainee: User, runs: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        performance_of(trainee.pk, now=NOW)


def test_the_history_is_read_from_the_index(trainee: User, runs: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT avg(overall), max(verification), count(*) FROM sessions_app_performancemetric "
            "WHERE user_id = %s AND created_at > %s",
            [trainee.pk, NOW],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Only Scan using metric_history_of_user" in plan


def test_running_and_completed_are_told_apart(call: Call, trainee: User, scenario: Scenario) -> None:
    assert running_sessions_of(trainee.pk) == {scenario.pk: call.session.pk}
    assert completed_scenario_ids(trainee.pk) == set()
    call.finish("refused", reason="Not verified")
    assert running_sessions_of(trainee.pk) == {}
    assert completed_scenario_ids(trainee.pk) == {scenario.pk}


def test_the_history_costs_one_query(
    trainee: User, runs: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        rows = [(session.scenario.title, session.metric.overall) for session in history_of(trainee.pk)]
    assert len(rows) == 4
