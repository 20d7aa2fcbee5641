"""Progress: sums over a history, by time and dimension."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from engine.vocabulary import Dimension
from sessions_app.models import CriterionResult
from sessions_app.performance import Timeframe
from sessions_app.progress import progress_of
from tests.factories import UserFactory
from tests.scenarios.examples import published
from tests.sessions_app.histories import finished, scenarios
from tests.support.playing import IMPOSTOR, shipped

pytestmark = pytest.mark.django_db

QUERY_BUDGET = 12


def page(user: User, query: str = "", status: int = 200) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(f"/progress/{query}")
    assert response.status_code == status
    return response.content.decode()


def test_without_sign_in_one_is_asked_to() -> None:
    assert Client().get("/progress/")["Location"] == f"{reverse('account_login')}?next=/progress/"


def test_a_newcomer_is_told_where_it_begins(trainee: User) -> None:
    html = page(trainee)
    assert "Your progress begins with a call" in html
    assert reverse("catalogue") in html


def test_sums_are_those_of_the_time_that_was_asked_for(trainee: User) -> None:
    scenario = published()
    finished(trainee, scenario, 60, days_ago=20)
    finished(trainee, scenario, 80, days_ago=3)
    finished(trainee, scenario, 91, days_ago=1)
    finished(UserFactory(), scenario, 12, days_ago=1)
    whole = progress_of(trainee)
    week = progress_of(trainee, timeframe=Timeframe.WEEK)
    assert (whole.totals.runs, whole.totals.passed, whole.totals.average) == (3, 2, 77)
    assert (week.totals.runs, week.totals.best, week.totals.xp) == (2, 91, 20)
    assert [step.runs for step in week.steps] == [1, 1]
    assert [step.scores[0] for step in week.steps] == [80, 91]
    assert len(week.ledger) == 2
    (line,) = whole.scenarios
    assert (line.runs, line.best, line.last, line.passed) == (3, 91, 91, True)


def test_the_best_and_the_last_attempt_are_two_things(trainee: User) -> None:
    scenario = published()
    finished(trainee, scenario, 95, days_ago=5)
    last = finished(trainee, scenario, 55, days_ago=1)
    (line,) = progress_of(trainee).scenarios
    assert (line.best, line.last, line.last_session) == (95, 55, last.pk)


def test_a_dimension_can_be_looked_at_alone(trainee: User) -> None:
    finished(trainee, published(), 80, research=35)
    progress = progress_of(trainee, dimension=Dimension.RESEARCH)
    assert [series.label for series in progress.series] == ["overall", "Research"]
    assert progress.steps[0].scores == (80, 35)
    html = page(trainee, "?timeframe=month&dimension=research")
    assert len(re.findall(r"data-series=", html)) == 2
    assert '<option value="research" selected>' in html


def test_what_could_not_be_assessed_is_no_zero(trainee: User) -> None:
    finished(trainee, published(), 80, research=None)  # type: ignore[arg-type]
    progress = progress_of(trainee, dimension=Dimension.RESEARCH)
    assert progress.steps[0].scores == (80, None)
    assert progress.scenarios[0].scores[list(Dimension).index(Dimension.RESEARCH)] is None
    assert "not assessed" in page(trainee)


def test_gaps_and_strengths_are_criteria(trainee: User) -> None:
    scenario = published()
    session = finished(trainee, scenario)
    finished(trainee, scenario)
    CriterionResult.objects.create(
        session=session, criterion="tone", dimension="communication", wording="Tone", result="cannot_assess"
    )
    progress = progress_of(trainee)
    assert [(line.wording, line.met, line.times) for line in progress.gaps] == [("The trainee note", 0, 2)]
    assert [(line.wording, line.met, line.times) for line in progress.strengths] == [
        ("The trainee greeted", 2, 2)
    ]


def test_false_accepts_and_false_rejects_are_counted(trainee: User) -> None:
    honest, impostor = published(), shipped(IMPOSTOR)
    finished(trainee, impostor, ending="refused")
    finished(trainee, impostor, ending="resolved", forced=True)
    finished(trainee, honest, ending="refused")
    finished(trainee, honest, forced=True)
    gate = progress_of(trainee).gate
    assert (gate.impostors, gate.let_in) == (2, 1)
    assert (gate.genuine, gate.turned_away) == (2, 1)


def test_a_void_run_is_in_no_sum(trainee: User) -> None:
    session = finished(trainee, published())
    session.metric.delete()
    session.validity = "void"
    session.save()
    progress = progress_of(trainee)
    assert progress.totals.runs == 0
    assert progress.gaps == ()
    assert progress.gate.genuine == 0


@pytest.mark.parametrize(
    "query", ["?timeframe=year", "?dimension=luck", "?timeframe=%00", "?timeframe=<script>"]
)
def test_a_filter_that_is_none_shows_everything_and_says_so(trainee: User, query: str) -> None:
    finished(trainee, published(), 80, days_ago=90)
    html = page(trainee, query, status=422)
    assert "That filter is not one of ours" in html
    assert "Scenario by scenario" in html
    assert "<script>" not in html.split("<main")[1]


def test_an_empty_week_leads_to_all_time(trainee: User) -> None:
    finished(trainee, published(), 80, days_ago=90)
    assert "No call in this time" in page(trainee, "?timeframe=week")


@pytest.mark.parametrize("size", [1, 3, 50])
def test_queries_do_not_grow(trainee: User, size: int) -> None:
    offered = scenarios(min(size, 10))
    for number in range(size):
        finished(trainee, offered[number % len(offered)], days_ago=number)
    client = Client()
    client.force_login(trainee)
    with CaptureQueriesContext(connection) as queries:
        client.get("/progress/")
    assert len(queries) <= QUERY_BUDGET
