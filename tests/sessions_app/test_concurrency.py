"""What happens at the same moment happens once, in one order. Real threads, real locks."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from gamification.models import XpEntry
from scenarios.models import Scenario
from sessions_app import actions
from sessions_app.errors import SessionOver
from sessions_app.models import (
    ChatMessage,
    CriterionResult,
    PerformanceMetric,
    SessionEvent,
    Ticket,
    UserSession,
)
from tests.sessions_app.conftest import Call

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 20


def at_once[T](work: Callable[[int], T], threads: int = THREADS) -> list[T]:
    """Run `work` in many threads that start at the same moment, and return what each gave."""
    barrier = threading.Barrier(threads)

    def run(number: int) -> T:
        try:
            barrier.wait(timeout=20)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def order_of(session: UserSession) -> list[int]:
    rows: list[Any] = [
        *ChatMessage.objects.filter(session=session),
        *SessionEvent.objects.filter(session=session),
    ]
    return sorted(row.seq for row in rows)


def test_one_message_however_often_it_is_sent(call: Call) -> None:
    client_id = uuid.uuid4()
    posted = at_once(
        lambda _: actions.post_message(**call.who, client_id=client_id, text="What does the error say?")
    )
    assert sum(one.created for one in posted) == 1
    assert all((one.message, one.events) == (posted[0].message, posted[0].events) for one in posted)
    assert ChatMessage.objects.filter(session=call.session, sender="trainee").count() == 1
    assert ChatMessage.objects.filter(session=call.session, sender="customer").count() == 2


def test_every_message_gets_its_own_turn_in_one_order(call: Call) -> None:
    at_once(
        lambda number: actions.post_message(
            **call.who, client_id=uuid.uuid4(), text=f"Question {number}: since when does it happen?"
        )
    )
    session = call.reload()
    assert order_of(session) == list(range(1, session.head_seq + 1))
    said = list(ChatMessage.objects.filter(session=session).order_by("seq").values_list("sender", flat=True))
    assert said[1:3] == ["trainee", "customer"]
    assert said.count("trainee") == THREADS
    times = list(
        ChatMessage.objects.filter(session=session).order_by("seq").values_list("created_at", flat=True)
    )
    assert times[1:] == sorted(times[1:])


def test_different_commands_do_not_disturb_each_other(call: Call) -> None:
    wishes: list[Callable[[], object]] = [
        lambda: actions.post_message(**call.who, client_id=uuid.uuid4(), text="What is your username?"),
        lambda: actions.run_tool(**call.who, tool="look_up", arguments={"record": "person:maria"}),
        lambda: actions.save_note(**call.who, text=str(uuid.uuid4()), base_version=0),
        lambda: actions.search_knowledge(**call.who, query="account"),
    ]
    at_once(lambda number: wishes[number % 4]())
    session = call.reload()
    assert order_of(session) == list(range(1, session.head_seq + 1))
    assert Ticket.objects.get(session=session).note_version == 1


def test_starting_twice_is_one_session(trainee: User, scenario: Scenario) -> None:
    started = at_once(lambda _: actions.start_session(user_id=trainee.pk, scenario=scenario))
    assert len({session.pk for session, _created in started}) == 1
    assert sum(created for _session, created in started) == 1
    assert UserSession.objects.count() == Ticket.objects.count() == ChatMessage.objects.count() == 1


def test_finishing_twice_is_one_result(call: Call) -> None:
    call.identify()
    finished = at_once(lambda _: call.finish(), threads=10)
    assert sum(one.created for one in finished) == 1
    assert len({one.scores.model_dump_json() for one in finished}) == 1
    assert PerformanceMetric.objects.count() == 1
    assert XpEntry.objects.filter(rule="session").count() == 1
    criteria = CriterionResult.objects.values_list("criterion", flat=True)
    assert len(criteria) == len(set(criteria))
    assert SessionEvent.objects.filter(type="session.finished").count() == 1


def test_ending_and_giving_up_at_once_is_one_of_the_two(call: Call) -> None:
    def end(number: int) -> str:
        try:
            if number % 2:
                actions.abandon_session(**call.who)
                return "abandoned"
            call.finish("refused", reason="Not verified")
        except SessionOver:
            return "too late"
        return "completed"

    said = at_once(end, threads=8)
    assert set(said) - {"too late"} == {call.reload().status}
