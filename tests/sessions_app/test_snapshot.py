"""A session as one structure."""

import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from sessions_app import actions
from sessions_app.access import session_for
from sessions_app.queries import transcript
from sessions_app.snapshot import SessionSnapshot, session_snapshot
from tests.sessions_app.conftest import Call

pytestmark = pytest.mark.django_db


def snapshot_of(call: Call) -> SessionSnapshot:
    return session_snapshot(session_for(call.user, call.session.pk))


def test_a_fresh_session(call: Call) -> None:
    snapshot = snapshot_of(call)
    assert (snapshot.status, snapshot.outcome, snapshot.debrief, snapshot.call_over) == (
        "active",
        None,
        None,
        False,
    )
    assert snapshot.head_seq == call.reload().head_seq
    assert [message.sender for message in snapshot.messages] == ["customer"]
    assert snapshot.ticket.subject == "cant get into my laptop!!"
    assert snapshot.ticket.status == "open"
    assert {tool.id for tool in snapshot.tools} >= {"call_back", "unlock_account"}
    assert "person:maria" in {record.id for record in snapshot.records}
    assert snapshot.verification.fields["name"].given is None
    assert "Network Operations" in snapshot.teams


def test_it_follows_the_call(call: Call) -> None:
    call.say("What is your username?")
    call.mark("username", "mismatch")
    actions.save_note(**call.who, text="mine", base_version=0)
    key = actions.search_knowledge(**call.who, query="locked").hits[0].key
    actions.open_article(**call.who, article=key)
    actions.cite_article(**call.who, article=key)
    snapshot = snapshot_of(call)
    field = snapshot.verification.fields["username"]
    assert (field.given, field.outcome) == ("m.garcia", "mismatch")
    assert (snapshot.note.text, snapshot.note.version) == ("mine", 1)
    assert snapshot.reading.model_dump() == {"opened": (key,), "cited": (key,), "open": key}
    assert snapshot.ticket.waited_ms == sum(message.typing_ms for message in snapshot.messages)
    assert [m.model_dump(mode="json") for m in snapshot.messages] == transcript(call.session.pk)


def test_after_the_end_it_names_the_debrief(call: Call) -> None:
    call.finish("refused", reason="Not verified")
    snapshot = snapshot_of(call)
    assert (snapshot.status, snapshot.outcome) == ("completed", "refused")
    assert snapshot.debrief == f"/sessions/{call.session.pk}/debrief/"


def test_what_came_after_the_session_was_read_is_left_out(call: Call) -> None:
    read = session_for(call.user, call.session.pk)
    call.say("Hello?")
    assert [message.seq for message in session_snapshot(read).messages] == [1]


def test_as_many_queries_for_a_long_call(
    call: Call, trainee: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    snapshot_of(call)  # the definition is parsed once in a process
    for _ in range(2):
        with django_assert_num_queries(3):
            snapshot_of(call)
        for number in range(6):
            call.say(f"Question {number}: since when does it happen?", client_id=uuid.uuid4())
            call.use("look_up", record="person:maria")


def test_a_turn_costs_few_queries(call: Call, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    call.say("Hello, what is going on?")
    # Savepoint, lock, messages, events, session, release: this test runs inside a transaction.
    with django_assert_num_queries(4):
        call.say("Since when does it happen?")
