"""The way into a call, and the page on which it is played."""

import json
import re
import uuid
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from engine.vocabulary import IdentityField
from scenarios.models import Scenario, ScenarioStatus
from sessions_app import actions
from sessions_app.models import UserSession
from tests.sessions_app.conftest import SLUG, Call, published
from tests.sessions_app.test_secrets import CANARY, bugged, play

__all__ = ["bugged"]

pytestmark = pytest.mark.django_db

QUERY_BUDGET = 12
HIDDEN_WORDS = ('"mood"', '"trust"', '"moves"', '"seed"', '"rubric"', "root_cause", "phone.syncing")


@pytest.fixture
def client(client: Client, trainee: User) -> Client:
    client.force_login(trainee)
    return client


def console_of(session: UserSession) -> str:
    return reverse("console", args=[session.pk])


def start_of(slug: str = SLUG) -> str:
    return reverse("start_session", args=[slug])


def page(client: Client, session: UserSession) -> str:
    response = client.get(console_of(session))
    assert response.status_code == 200
    return response.content.decode()


def embedded(html: str) -> dict[str, Any]:
    """What the page hands to its scripts."""
    found = re.search(r'<script id="start" type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


class TestStart:
    def test_taking_the_ticket_leads_to_its_console(
        self, client: Client, trainee: User, scenario: Scenario
    ) -> None:
        response = client.post(start_of())
        session = UserSession.objects.get(user=trainee)
        assert response.status_code == 302
        assert response.headers["Location"] == console_of(session)

    def test_again_leads_back_to_the_running_call(self, client: Client, call: Call) -> None:
        response = client.post(start_of())
        assert response.headers["Location"] == console_of(call.session)
        assert UserSession.objects.count() == 1

    def test_a_link_starts_nothing(self, client: Client, scenario: Scenario) -> None:
        assert client.get(start_of()).status_code == 405
        assert not UserSession.objects.exists()

    def test_a_stranger_signs_in_first(self, scenario: Scenario) -> None:
        response = Client().post(start_of())
        assert response.headers["Location"].startswith(reverse("account_login"))
        assert not UserSession.objects.exists()

    def test_a_forged_form_is_refused(self, trainee: User, scenario: Scenario) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(trainee)
        assert strict.post(start_of()).status_code == 403
        assert not UserSession.objects.exists()

    @pytest.mark.parametrize("change", [{"status": ScenarioStatus.DRAFT}, {"is_active": False}])
    def test_what_is_not_offered_is_not_found(
        self, client: Client, scenario: Scenario, change: dict[str, Any]
    ) -> None:
        Scenario.objects.filter(pk=scenario.pk).update(**change)
        assert client.post(start_of()).status_code == 404
        assert client.post(start_of("no-such-scenario")).status_code == 404

    def test_a_locked_scenario_sends_back_to_its_briefing_and_says_why(
        self, client: Client, scenario: Scenario
    ) -> None:
        needed = published("the-printer-that-prints-nothing")
        scenario.prerequisites.add(needed)
        response = client.post(start_of(), follow=True)
        assert response.redirect_chain == [(reverse("briefing", args=[SLUG]), 302)]
        assert [str(message) for message in response.context["messages"]] == [
            f"Complete “{needed.title}” first to open this scenario."
        ]
        assert not UserSession.objects.exists()


class TestWhoMaySee:
    def test_a_stranger_is_told_that_there_is_nothing(self, call: Call, stranger: User) -> None:
        other = Client()
        other.force_login(stranger)
        assert other.get(console_of(call.session)).status_code == 404
        assert other.get(reverse("console", args=[uuid.uuid4()])).status_code == 404

    def test_an_instructor_does_not_play_for_a_trainee(self, call: Call, instructor: User) -> None:
        other = Client()
        other.force_login(instructor)
        assert other.get(console_of(call.session)).status_code == 403

    def test_somebody_signed_out_signs_in_and_comes_back(self, call: Call) -> None:
        response = Client().get(console_of(call.session))
        assert response.headers["Location"] == f"{reverse('account_login')}?next={console_of(call.session)}"

    def test_it_is_only_read(self, client: Client, call: Call) -> None:
        assert client.post(console_of(call.session)).status_code == 405

    @pytest.mark.parametrize("end", ["finish", "abandon"])
    def test_an_ended_session_leads_to_its_debrief(self, client: Client, call: Call, end: str) -> None:
        if end == "finish":
            call.finish("refused", reason="Not allowed.")
        else:
            actions.abandon_session(**call.who, at=call.tick(5))
        response = client.get(console_of(call.session))
        assert response.status_code == 302
        assert response.headers["Location"] == f"/sessions/{call.session.pk}/debrief/"


class TestPage:
    def test_the_whole_call_is_in_it(self, client: Client, call: Call) -> None:
        call.identify()
        call.use("look_up", record="person:maria")
        call.use("unlock_account")
        start = embedded(page(client, call.reload()))
        session, results = start["session"], start["tool_results"]
        assert session["id"] == str(call.session.pk)
        assert session["head_seq"] == call.session.head_seq
        assert session["messages"][0]["sender"] == "customer"
        assert set(session["verification"]["fields"]) == {field.value for field in IdentityField}
        assert [result["tool"] for result in results] == ["look_up", "unlock_account"]
        assert results[1]["warning"]
        assert start["limits"] == {"text": 4_000, "note": 20_000, "reason": 2_000, "query": 200}

    def test_results_are_of_the_same_moment_as_the_rest(self, client: Client, call: Call) -> None:
        before = call.reload().head_seq
        call.use("look_up", record="person:maria")
        UserSession.objects.filter(pk=call.session.pk).update(head_seq=before)
        assert embedded(page(client, call.session))["tool_results"] == []

    def test_the_ticket_reads_without_scripts(self, client: Client, call: Call) -> None:
        html = page(client, call.session)
        for text in ("cant get into my laptop!!", "High priority", "Maria Garcia", "Eastquay House"):
            assert text in html
        assert "I have customs papers to get out today" in html
        assert "The live chat needs JavaScript" in html

    def test_what_was_written_stays_text(self, client: Client, call: Call) -> None:
        attack = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
        call.say(attack)
        actions.save_note(**call.who, text=attack, base_version=0, at=call.tick(1))
        html = page(client, call.reload())
        assert "alert(1)</script>" not in html
        assert "<img src=x" not in html
        start = embedded(html)
        assert start["session"]["note"]["text"] == attack
        assert attack in [message["text"] for message in start["session"]["messages"]]

    def test_the_policy_lets_no_inline_code_in(self, client: Client, call: Call) -> None:
        response = client.get(console_of(call.session))
        html = response.content.decode()
        assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
        assert not re.search(r"\sstyle=|\son[a-z]+=", html)
        assert not re.findall(r"<script(?![^>]*(?:src=|application/json))", html)

    def test_it_is_not_kept_by_caches(self, client: Client, call: Call) -> None:
        assert "no-store" in client.get(console_of(call.session)).headers["Cache-Control"]

    def test_nothing_hidden_is_in_it(self, client: Client, trainee: User, bugged: Scenario) -> None:
        call = Call(trainee, bugged)
        play(call)
        html = page(client, call.reload())
        assert CANARY not in html
        assert [word for word in HIDDEN_WORDS if word in html] == []


def test_it_costs_the_same_few_queries_however_long_the_call(client: Client, call: Call) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, call.reload())
        return len(queries) - 1  # the reload

    cost()  # the scenario is parsed once in a process
    short = cost()
    for _ in range(15):
        call.say("Can you tell me more about that?", after=2)
        call.use("look_up", record="person:maria")
    assert cost() == short <= QUERY_BUDGET


SCRIPTS = (
    "chat", "composer", "directory", "finish", "knowledge", "note", "outbox", "ticket", "tools", "verification",
)  # fmt: skip


def test_every_word_that_a_script_asks_for_is_in_the_catalogue() -> None:
    """A key that a module writes out in full must exist, and no entry may be there twice."""
    keys = re.findall(r'data-word="([^"]+)"', render_to_string("sessions_app/_console_words.html"))
    assert len(keys) == len(set(keys))
    asked = set()
    for name in SCRIPTS:
        path = find(f"js/console/{name}.js")
        assert path is not None
        with open(path) as file:
            asked |= set(re.findall(r'\bsay\("([a-z_.]+)"', file.read()))
    assert asked
    assert asked <= set(keys)
