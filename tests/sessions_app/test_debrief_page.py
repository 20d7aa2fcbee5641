"""The debrief's page: who may read it, what stands in it, and that quotations lead to their words."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from sessions_app import actions
from sessions_app.models import ChatMessage, UserSession
from tests.sessions_app.conftest import Call
from tests.sessions_app.histories import finished, scenarios
from tests.support.playing import IMPOSTOR, LOCKOUT, played_session

pytestmark = pytest.mark.django_db

QUERY_BUDGET = 12


def address(session: UserSession) -> str:
    return reverse("debrief", args=[session.pk])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, session: UserSession) -> str:
    response = signed_in(user).get(address(session))
    assert response.status_code == 200
    return response.content.decode()


class TestWhoMayRead:
    def test_a_stranger_finds_nothing(self, trainee: User, stranger: User) -> None:
        session = played_session(trainee, LOCKOUT, "reckless")
        assert signed_in(stranger).get(address(session)).status_code == 404

    def test_without_sign_in_one_is_asked_to(self, trainee: User) -> None:
        session = played_session(trainee, LOCKOUT, "reckless")
        response = Client().get(address(session))
        assert response["Location"] == f"{reverse('account_login')}?next={address(session)}"

    def test_an_instructor_reads_what_the_trainee_reads(self, trainee: User, instructor: User) -> None:
        session = played_session(trainee, LOCKOUT, "reckless")
        html = page(instructor, session)
        assert f"You are reading the debrief of {trainee.get_full_name()}" in unescape(html)
        assert "Take this call again" not in html
        assert "You are reading the debrief" not in page(trainee, session)

    def test_a_running_call_leads_back_to_its_console(self, call: Call) -> None:
        response = signed_in(call.user).get(address(call.session))
        assert response["Location"] == reverse("console", args=[call.session.pk])

    def test_only_reading_is_possible(self, trainee: User) -> None:
        session = played_session(trainee, LOCKOUT, "reckless")
        assert signed_in(trainee).post(address(session)).status_code == 405


class TestWhatStandsThere:
    def test_a_good_call(self, trainee: User) -> None:
        html = unescape(page(trainee, played_session(trainee, LOCKOUT, "expert")))
        for part in (
            "Passed: you checked who was calling, and it's solved.",
            "Overall 100 of 100; 70 are needed to pass",
            "Nothing to change",
            "What was really going on",
            "How content was Maria Garcia?",
            "100 × (0.5 + 100 / 200) = 100",
            "A note that answers them all",
            "Minute by minute",
        ):
            assert part in html

    def test_an_impostor_let_in(self, trainee: User) -> None:
        html = unescape(page(trainee, played_session(trainee, IMPOSTOR, "reckless")))
        assert "What decided it" in html
        assert "From then on, the account was in their hands." in html
        assert "It was not Renata Osei" in html
        assert "Take this call again" in html

    def test_every_quotation_is_a_link_to_its_place(self, trainee: User) -> None:
        html = page(trainee, played_session(trainee, IMPOSTOR, "expert"))
        links = set(re.findall(r'href="#([^"]+)" data-quote', html))
        places = re.findall(r'id="([^"]+)"', html)
        assert len(links) > 30
        assert links <= set(places)
        assert len(places) == len(set(places))

    def test_marked_words_are_the_quoted_words(self, trainee: User) -> None:
        session = played_session(trainee, LOCKOUT, "average")
        html = page(trainee, session)
        marks = re.findall(
            r'<mark id="said-(\d+)-(\d+)-(\d+)" data-start="\2" data-end="\3">([^<]*)</mark>', html
        )
        assert marks
        for seq, start, end, words in marks:
            text = ChatMessage.objects.get(session=session, seq=seq).text
            assert text[int(start) : int(end)] == unescape(words)

    def test_nothing_that_was_written_becomes_markup(self, call: Call) -> None:
        evil = "<script>alert(1)</script> what is your password?"
        call.say(evil)
        call.identify()
        call.finish("escalated", team="Network Operations", reason="<b>bold</b>", documentation=evil)
        html = page(call.user, call.session)
        assert "<script>alert" not in html
        assert "<b>bold" not in html
        assert "&lt;script&gt;" in html

    def test_an_abandoned_call_has_a_friendly_page(self, call: Call) -> None:
        call.say("Hello")
        actions.abandon_session(**call.who, at=call.tick(5))
        html = page(call.user, call.session)
        assert "You left this call before it was over." in html
        assert "The conversation" in html
        assert "Scores" not in html
        assert "Next time" not in html

    def test_times_are_those_of_the_reader(self, trainee: User) -> None:
        session = played_session(trainee, LOCKOUT, "reckless")
        trainee.timezone = "Asia/Kathmandu"
        trainee.save()
        html = page(trainee, session)
        assert "+05:45" in html


class TestSpeed:
    @pytest.mark.parametrize("more", [0, 2, 49])
    def test_queries_do_not_grow(self, trainee: User, more: int) -> None:
        session = played_session(trainee, LOCKOUT, "average")
        for number, scenario in enumerate(scenarios(min(more, 10))):
            for run in range(more // 10 + 1):
                finished(trainee, scenario, days_ago=number + run + 1)
        client = signed_in(trainee)
        client.get(address(session))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(session))
        assert len(queries) <= QUERY_BUDGET
