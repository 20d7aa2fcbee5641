"""The page of a session at the instructors' desk."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import actions as people
from sessions_app import actions
from sessions_app.models import ChatMessage, CriterionResult, UserSession
from tests.factories import InstructorFactory, UserFactory
from tests.sessions_app.conftest import Call
from tests.support.playing import IMPOSTOR, played_session

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(people.appoint_instructor(user=InstructorFactory.create()))
    return client


def page_of(client: Client, session: UserSession) -> Any:
    return client.get(reverse("admin:sessions_app_usersession_change", args=[session.pk]))


def test_the_transcript_stands_beside_the_score_card(desk: Client) -> None:
    session = played_session(UserFactory.create())
    page = page_of(desk, session)
    text = page.content.decode()
    said = page.context["debrief"].transcript
    assert len(said) == ChatMessage.objects.filter(session=session).count()
    assert text.count('class="fl-said') == len(said)
    for result in CriterionResult.objects.filter(session=session):
        assert f'id="criterion-{result.criterion}"' in text
    assert session.ticket.number in text
    assert session.user.email in text


def test_every_quotation_leads_to_its_words(desk: Client) -> None:
    session = played_session(UserFactory.create())
    page = page_of(desk, session)
    text = page.content.decode()
    quotes = [
        quote
        for dimension in page.context["call"].scores.dimensions
        for criterion in dimension.criteria
        for quote in criterion.quotes
    ]
    assert quotes
    for quote in quotes:
        assert f'href="#{quote.anchor}"' in text
        assert f'id="{quote.anchor}"' in text


def test_a_fatal_run_says_so_first(desk: Client) -> None:
    session = played_session(UserFactory.create(), IMPOSTOR, "reckless")
    page = page_of(desk, session)
    assert page.context["call"].fatal
    assert "The caller was an impostor." in page.content.decode()


def test_a_call_under_way_can_be_read(desk: Client, call: Call) -> None:
    call.say("Good morning, may I have your <b>name</b>?")
    text = page_of(desk, call.session).content.decode()
    assert "This call is under way." in text
    assert "may I have your &lt;b&gt;name&lt;/b&gt;?" in text
    assert "message read" in text


def test_a_call_that_was_given_up_can_be_read(desk: Client, call: Call) -> None:
    actions.abandon_session(**call.who, at=call.tick(5))
    assert "gave this call up" in page_of(desk, call.reload()).content.decode()


def test_the_page_costs_the_same_for_a_short_and_a_long_call(desk: Client, call: Call) -> None:
    def cost(session: UserSession) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert page_of(desk, session).status_code == 200
        return len(queries)

    long = played_session(UserFactory.create())
    cost(long)
    few = cost(long)
    assert few <= MOST_QUERIES
    assert cost(played_session(UserFactory.create(), bot="reckless")) == few
    assert cost(call.session) <= few


def test_nobody_changes_a_session(desk: Client, call: Call) -> None:
    address = reverse("admin:sessions_app_usersession_change", args=[call.session.pk])
    assert desk.post(address, {"status": "completed"}).status_code == 403


def test_trainees_are_found_by_address_and_tickets_by_number(desk: Client, call: Call) -> None:
    other = played_session(UserFactory.create())
    listing = reverse("admin:sessions_app_usersession_changelist")
    for words in (call.session.ticket.number, call.user.email):
        page = desk.get(listing, {"q": words}).content.decode()
        assert call.session.ticket.number in page
        assert other.ticket.number not in page


def test_sessions_are_filtered(desk: Client, call: Call) -> None:
    ended = played_session(UserFactory.create())
    listing = reverse("admin:sessions_app_usersession_changelist")

    def found(**wanted: str) -> set[UserSession]:
        return set(desk.get(listing, wanted).context["cl"].result_list)

    assert found(status__exact="active") == {call.session}
    assert found(validity__exact="valid") == {ended}
    assert found(metric__passed__exact="1") == {ended}
    assert found(metric__passed__exact="0") == set()
    assert found(scenario=str(call.session.scenario_id)) == {call.session, ended}
    assert found(started_at_from="2026-03-02", started_at_to="2026-03-02") == {call.session}
    assert found(started_at_from="2026-03-03", started_at_to="2026-03-03") == set()
    assert found(started_at_to="2026-03-01") == set()
