"""The catalogue and the briefing as a trainee reads them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from scenarios import actions as scenario_actions
from scenarios.models import Scenario
from sessions_app.models import PerformanceMetric, UserSession
from tests.factories import UserFactory
from tests.scenarios.examples import SLUG, example, load, published
from tests.sessions_app.conftest import Call

pytestmark = pytest.mark.django_db

SECRETS = ("cleaners", "No signal", "cable was loose", "Compared all three", "route planner", "HV-12001")
"""What a trainee must not read before the call."""


@pytest.fixture
def client(client: Client, trainee: User) -> Client:
    client.force_login(trainee)
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def attempt(user: User, scenario: Scenario, **changes: Any) -> UserSession:
    """A session that has ended, with its score where one is given."""
    overall = changes.pop("overall", None)
    values: dict[str, Any] = {
        "status": "completed",
        "resolution_type": "resolved",
        "validity": "valid",
        "final_scores": {},
        "completed_at": timezone.now(),
        "started_at": timezone.now() - dt.timedelta(minutes=9),
        "seed": 1,
        **changes,
    }
    version = scenario.current_version
    session = UserSession.objects.create(user=user, scenario=scenario, scenario_version=version, **values)
    if overall is not None:
        PerformanceMetric.objects.create(
            session=session,
            user=user,
            scenario=scenario,
            overall=overall,
            passed=overall >= 70,
            completion_seconds=540,
        )
    return session


def test_strangers_are_sent_to_sign_in() -> None:
    for path in ("/scenarios/", f"/scenarios/{SLUG}/"):
        assert Client().get(path)["Location"] == f"{reverse('account_login')}?next={path}"


def test_only_reading_is_possible(client: Client) -> None:
    published()
    assert client.post("/scenarios/").status_code == 405
    assert client.post(f"/scenarios/{SLUG}/").status_code == 405


def test_cards_tell_what_one_needs_to_choose(client: Client) -> None:
    published()
    text = page(client, "/scenarios/")
    for part in (
        "The dark second screen",
        "A planner&#x27;s second monitor",
        "8 min",
        "50 XP",
        "Asking before",
        "Not tried yet",
        "0 of 1",
    ):
        assert part in text


def test_a_locked_card_names_and_links_what_opens_it(client: Client, trainee: User) -> None:
    load(example(slug="second", title="The second", prerequisites=[SLUG]), example())
    assert f'<a href="/scenarios/{SLUG}/">The dark second screen</a>' in page(client, "/scenarios/")
    assert "Locked" in page(client, "/scenarios/")
    attempt(trainee, Scenario.objects.get(slug=SLUG), overall=40)
    assert "Locked" not in page(client, "/scenarios/")


def test_the_best_score_and_the_running_call_are_shown(client: Client, trainee: User) -> None:
    scenario = published()
    for overall in (61.5, 82.25, 70):
        attempt(trainee, scenario, overall=overall)
    attempt(UserFactory(), scenario, overall=99)
    text = page(client, "/scenarios/")
    assert "82.3" in text
    assert "99" not in text
    assert "1 of 1" in text
    Call(trainee, scenario)
    assert "Call under way" in page(client, "/scenarios/")


def test_filters_narrow_the_list_and_can_be_cleared(client: Client) -> None:
    load(example(), example(slug="hard", title="A hard one", difficulty="advanced"))
    text = page(client, "/scenarios/?difficulty=advanced&q=hard")
    assert "A hard one" in text
    assert "The dark second screen" not in text
    assert "1 of 2 scenarios" in text
    assert 'href="/scenarios/">Clear' in text.replace("\n", "")
    assert "No scenario matches" in page(client, "/scenarios/?q=zeppelin")


@pytest.mark.parametrize("query", ["difficulty=easy", "done=perhaps", "q=" + "x" * 101, "q=%00", "skill=%00"])
def test_a_bad_filter_is_named_and_shows_everything(client: Client, query: str) -> None:
    published()
    text = page(client, f"/scenarios/?{query}", status=422)
    assert "The dark second screen" in text
    assert 'aria-invalid="true"' in text


def test_hostile_text_comes_back_harmless(client: Client) -> None:
    published()
    assert "<script>alert" not in page(
        client, "/scenarios/?q=<script>alert(1)</script>&skill=<script>alert(1)</script>"
    )


def test_an_empty_catalogue_says_so(client: Client) -> None:
    assert "Nothing to practise yet" in page(client, "/scenarios/")


def test_the_briefing_tells_rules_skills_and_clocks(client: Client) -> None:
    published()
    text = page(client, f"/scenarios/{SLUG}/")
    for part in (
        "Identify every caller",
        "Leading a caller step by step",
        "within 10 minutes",
        "Take the ticket",
        "None yet.",
    ):
        assert part in text
    assert f'action="/scenarios/{SLUG}/start/"' in text


def test_nothing_gives_the_call_away(client: Client) -> None:
    published()
    text = page(client, "/scenarios/") + page(client, f"/scenarios/{SLUG}/")
    assert [secret for secret in SECRETS if secret in text] == []


def test_a_locked_briefing_has_no_button(client: Client) -> None:
    load(example(slug="second", prerequisites=[SLUG]), example())
    text = page(client, "/scenarios/second/")
    assert "This ticket opens when you have completed" in text
    assert "/scenarios/second/start/" not in text


def test_a_running_call_leads_back(client: Client, trainee: User) -> None:
    call = Call(trainee, published())
    text = page(client, f"/scenarios/{SLUG}/")
    assert f'href="/sessions/{call.session.pk}/"' in text
    assert "/start/" not in text


def test_past_attempts_tell_how_they_ended(client: Client, trainee: User) -> None:
    scenario = published()
    passed = attempt(trainee, scenario, overall=82.25)
    attempt(trainee, scenario, overall=41, resolution_type="escalated")
    attempt(trainee, scenario, validity="void")
    attempt(trainee, scenario, status="abandoned", resolution_type="", final_scores=None, validity="")
    attempt(UserFactory(), scenario, overall=99)
    text = page(client, f"/scenarios/{SLUG}/")
    for part in (
        "82.25",
        "Passed",
        "41.00",
        "Escalated",
        "Not passed",
        "Does not count",
        "Abandoned",
        "Take the ticket again",
    ):
        assert part in text
    assert f"/sessions/{passed.pk}/debrief/" in text
    assert "99.00" not in text


@pytest.mark.parametrize("slug", ["nowhere", "draft", "archived"])
def test_what_is_not_offered_is_not_found(client: Client, slug: str) -> None:
    scenario_actions.archive_scenario(scenario=published(slug="archived"))
    page(client, f"/scenarios/{slug}/", status=404)


@pytest.mark.parametrize("count", [1, 3, 50])
def test_pages_take_few_queries_at_any_size(
    client: Client, trainee: User, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    load(*(example(slug=f"s{n}", prerequisites=[f"s{n - 1}"] if n else []) for n in range(count)))
    for scenario in Scenario.objects.all():
        attempt(trainee, scenario, overall=80)
    with django_assert_max_num_queries(8):
        page(client, "/scenarios/")
    with django_assert_max_num_queries(9):
        page(client, f"/scenarios/s{count - 1}/")
