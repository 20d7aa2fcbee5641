"""What the database itself refuses."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sessions_app.models import ChatMessage, SessionEvent, UserSession
from tests.sessions_app.conftest import Call

pytestmark = pytest.mark.django_db


def refused(constraint: str, work: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        work()


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("session_status_known", {"status": "paused", "completed_at": "2026-01-01T00:00Z"}),
        ("session_ended_has_a_time", {"status": "abandoned"}),
        ("session_completed_has_scores", {"status": "completed", "completed_at": "2026-01-01T00:00Z"}),
        ("session_satisfaction_on_scale", {"satisfaction": 6}),
        ("session_assurance_known", {"assurance": "sure"}),
        ("session_name_check_known", {"name_check": "maybe"}),
        ("session_reading_has_a_time", {"reading_article": "x"}),
    ],
)
def test_a_session_out_of_shape(call: Call, constraint: str, change: dict[str, Any]) -> None:
    refused(constraint, lambda: UserSession.objects.filter(pk=call.session.pk).update(**change))


def test_a_second_running_session_of_a_scenario(call: Call) -> None:
    twin = UserSession(
        user=call.user,
        scenario=call.session.scenario,
        scenario_version=call.session.scenario_version,
        seed=2,
        engine_version="1",
    )
    refused("session_one_active_per_scenario", twin.save)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("message_seq_unique", {"seq": 1, "text": "x"}),
        ("message_seq_from_one", {"seq": 0, "text": "x"}),
        ("message_text_length", {"seq": 2, "text": ""}),
        ("message_text_length", {"seq": 2, "text": "x" * 4001}),
        ("message_sender_known", {"seq": 2, "text": "x", "sender": "robot"}),
    ],
)
def test_a_message_out_of_shape(call: Call, constraint: str, values: dict[str, Any]) -> None:
    refused(constraint, ChatMessage(session=call.session, **values).save)


def test_two_events_in_one_place(call: Call) -> None:
    def twice() -> None:
        for _ in range(2):
            SessionEvent.objects.create(session=call.session, seq=99, type="note.saved")

    refused("event_seq_unique", twice)
