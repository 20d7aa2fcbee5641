"""The same good call through the API alone and through the actions is worth the same."""

import uuid
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

from accounts.models import User
from engine.vocabulary import Ending, IdentityField, Outcome
from scenarios.models import Scenario
from sessions_app import actions
from tests.clients import ApiClient
from tests.factories import UserFactory
from tests.sessions_app.conftest import SLUG

pytestmark = pytest.mark.django_db

SEED = 7
DOCUMENTATION = """Caller: María García (m.garcia), LT-20417, identified by three details, proven by call back.
Problem: account locked, no sign-in since this morning; unlocked once by the early shift, locked again.
Cause: new password on Friday; the company phone MB-7731 kept trying the old password from its mail app.
Done: new password entered in the phone's mail app, then account unlocked.
Check: user signed in on the laptop and mail arrives on the phone.
Advice: enter a new password on the phone right after changing it."""

type Step = tuple[str, Any]

GOOD_CALL: list[Step] = [
    ("say", "Good morning, this is Sam from the service desk. I am sorry that you cannot work. What happens exactly?"),
    ("say", "Can I take your full name, please?"),
    ("say", "What is your username?"),
    ("say", "What does the asset tag on the sticker of your laptop say?"),
    ("use", ("look_up", {"record": "person:maria"})),
    ("mark", "name"),
    ("mark", "username"),
    ("mark", "asset_tag"),
    ("use", ("call_back", {})),
    ("say", "What does the error message say, word for word?"),
    ("say", "Since when does it happen, and did anything change lately, a new password perhaps?"),
    ("search", "account locks again after password change"),
    ("read", 0),
    ("say", "Do you have another device with your mail on it, such as a phone?"),
    ("use", ("read_sign_in_log", {})),
    ("say", "Please enter the new password in the mail app of your phone."),
    ("use", ("unlock_account", {})),
    ("say", "Please sign in on the laptop now. Does it work?"),
    ("say", "Does mail arrive on the phone? Thank you. Next time enter a new password on the phone straight away."),
    ("note", DOCUMENTATION),
]  # fmt: skip


@pytest.fixture(autouse=True)
def same_luck() -> Iterator[None]:
    """Both calls draw from the same seed."""
    with mock.patch("sessions_app.actions.starting.secrets.randbits", return_value=SEED):
        yield


def play_with_actions(user: User, scenario: Scenario) -> dict[str, Any]:
    session, _created = actions.start_session(user_id=user.pk, scenario=scenario)
    who: Any = {"user_id": user.pk, "session_id": session.pk}
    found: list[str] = []
    for verb, detail in GOOD_CALL:
        match verb:
            case "say":
                actions.post_message(**who, client_id=uuid.uuid4(), text=detail)
            case "use":
                actions.run_tool(**who, tool=detail[0], arguments=detail[1])
            case "mark":
                actions.mark_verification(**who, field=IdentityField(detail), outcome=Outcome.MATCHES)
            case "search":
                found = [hit.key for hit in actions.search_knowledge(**who, query=detail).hits]
            case "read":
                actions.open_article(**who, article=found[detail])
                actions.cite_article(**who, article=found[detail])
            case "note":
                actions.save_note(**who, text=detail, base_version=0)
    finished = actions.finish_session(**who, ending=Ending.RESOLVED, documentation=DOCUMENTATION)
    return finished.scores.model_dump(mode="json")


def play_with_the_api(client: ApiClient) -> dict[str, Any]:
    started = client.post(f"scenarios/{SLUG}/start")
    assert started.status == 201
    session = f"sessions/{started.body['id']}"
    found: list[str] = []
    for verb, detail in GOOD_CALL:
        match verb:
            case "say":
                body = {"client_id": str(uuid.uuid4()), "text": detail}
                answered = client.post(f"{session}/messages", body)
            case "use":
                answered = client.post(f"{session}/tools/{detail[0]}", {"arguments": detail[1]})
            case "mark":
                answered = client.post(f"{session}/verification", {"field": detail, "outcome": "matches"})
            case "search":
                answered = client.get(f"{session}/knowledge", q=detail)
                found = [hit["key"] for hit in answered.body["results"]]
            case "read":
                client.get(f"{session}/knowledge/{found[detail]}")
                answered = client.post(f"{session}/knowledge/{found[detail]}/cite")
            case _:
                answered = client.put(f"{session}/notes", {"text": detail, "base_version": 0})
        assert answered.status in (200, 201), (verb, detail, answered)
    ended = client.post(f"{session}/resolve", {"resolution_type": "resolved", "documentation": DOCUMENTATION})
    assert ended.status == 200, ended
    scores: dict[str, Any] = ended.body["scores"]
    return scores


def test_a_good_call_through_the_api_alone_is_worth_the_same(trainee: User, scenario: Scenario) -> None:
    by_api = play_with_the_api(ApiClient.of(trainee))
    by_actions = play_with_actions(UserFactory(), scenario)
    assert by_api == by_actions
    assert by_api["passed"], by_api


def test_what_it_was_worth_is_told_everywhere_alike(trainee: User, scenario: Scenario) -> None:
    client = ApiClient.of(trainee)
    scores = play_with_the_api(client)
    (session,) = client.get("sessions").body["results"]
    assert session["overall"] == scores["overall"]
    debrief = client.get(f"sessions/{session['id']}/debrief").body
    assert debrief["call"]["scores"]["overall"] == scores["overall"]
    assert client.get("users/me/performance").body["overall"]["latest"] == scores["overall"]
    assert client.get("users/me").body["xp"] == scores["xp"]
    assert client.get("leaderboard").body["results"][0]["xp"] == scores["xp"]
    assert client.get("scenarios").body["results"][0]["best_score"] == scores["overall"]
