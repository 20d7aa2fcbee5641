"""The dashboard: what to do now, and how the last calls went."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from sessions_app.dashboard import dashboard_of, greeting_of, trend_through
from tests.factories import UserFactory
from tests.scenarios.examples import published
from tests.sessions_app.conftest import Call
from tests.sessions_app.histories import finished, scenarios

pytestmark = pytest.mark.django_db

QUERY_BUDGET = 12


def page(user: User) -> str:
    client = Client()
    client.force_login(user)
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_is_told_what_this_is() -> None:
    html = Client().get("/").content.decode()
    assert reverse("account_signup") in html
    assert "Latest calls" not in html


def test_a_newcomer_is_led_into_the_first_call(trainee: User) -> None:
    published()
    html = page(trainee)
    for part in ("Your first call", "The dark second screen", "A good first call", "How a call goes"):
        assert part in html
    assert "Latest calls" not in html
    assert reverse("briefing", args=["the-dark-second-screen"]) in html


def test_a_running_call_comes_first(call: Call) -> None:
    html = page(call.user)
    assert "Your call is under way" in html
    assert reverse("console", args=[call.session.pk]) in html
    assert "Next for you" not in html
    assert call.reload().ticket.number in html


def test_the_last_calls_lead_to_their_debriefs(trainee: User) -> None:
    scenario = published()
    good = finished(trainee, scenario, 91.5, days_ago=1)
    bad = finished(trainee, scenario, 44, days_ago=2)
    html = page(trainee)
    for part in ("91.50", "Passed", "Not passed", "Next for you", "Where you stand"):
        assert part in html
    for session in (good, bad):
        assert reverse("debrief", args=[session.pk]) in html
    assert html.index("91.50") < html.index(">44<")


def test_it_is_one_s_own(trainee: User) -> None:
    finished(UserFactory(), published(), 91.5)
    assert dashboard_of(trainee).new


def test_nothing_to_practise_is_said(trainee: User) -> None:
    assert "Nothing to practise yet" in page(trainee)


@pytest.mark.parametrize(
    ("hour", "greeting"), [(4, "evening"), (5, "morning"), (12, "afternoon"), (18, "evening")]
)
def test_one_is_greeted_by_the_hour_of_one_s_day(hour: int, greeting: str) -> None:
    with timezone.override("Asia/Tokyo"):
        now = dt.datetime(2026, 3, 2, hour, tzinfo=timezone.get_current_timezone())
        assert greeting_of(User(first_name="Kim"), now=now) == f"Good {greeting}, Kim"


def test_a_trend_is_a_line_with_a_direction() -> None:
    trend = trend_through([0, 50, 100])
    assert trend.line == "5.0,59.0 120.0,32.0 235.0,5.0"
    assert trend.change == 100
    assert trend_through([80, 60]).change == -20


@pytest.mark.parametrize("size", [1, 3, 50])
def test_queries_do_not_grow(trainee: User, size: int) -> None:
    offered = scenarios(min(size, 10))
    for number in range(size):
        finished(trainee, offered[number % len(offered)], days_ago=number)
    client = Client()
    client.force_login(trainee)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) <= QUERY_BUDGET
