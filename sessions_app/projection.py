"""What a trainee's screen may know of what is stored. Nothing reaches a socket or a page of a running session
except through here: no mood, no rightness of a mark, no untold fact, no variable that no screen shows.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from engine.definition import Scenario
from engine.records import RecordView, list_records
from engine.state import CallState
from engine.vocabulary import IdentityField
from sessions_app.events import FieldView, StoredFrame, TicketView, VerificationView
from sessions_app.models import ChatMessage, SessionEvent, Ticket

COMMON_FIELDS = {"type", "seq", "at", "client_id"}
"""Fields of a stored frame that are columns of its row; the others are its `data`."""


def moment(at: dt.datetime) -> str:
    """Write a moment as frames do: ISO 8601 in UTC with a `Z`."""
    return at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def message_frame(message: ChatMessage) -> dict[str, Any]:
    """Return the `message.created` frame of a stored message."""
    return {
        "type": "message.created",
        "seq": message.seq,
        "id": str(message.pk),
        "sender": str(message.sender),
        "text": message.text,
        "at": moment(message.created_at),
        "typing_ms": message.metadata.get("typing_ms", 0),
        "ends_call": message.metadata.get("ends_call", False),
        "client_id": _text(message.client_id),
    }


def event_frame(event: SessionEvent) -> dict[str, Any]:
    """Return the frame of a stored event whose type is one of `events.SHOWN_TYPES`."""
    return {
        "type": event.type,
        "seq": event.seq,
        "at": moment(event.at),
        "client_id": _text(event.client_id),
        **event.data,
    }


def data_of(frame: StoredFrame) -> dict[str, Any]:
    """Return what a frame's row keeps in `data`."""
    return frame.model_dump(mode="json", exclude=COMMON_FIELDS)


def ticket_view(ticket: Ticket) -> TicketView:
    """Return the ticket as the console shows it."""
    return TicketView.model_validate({field: getattr(ticket, field) for field in TicketView.model_fields})


def verification_view(state: CallState) -> VerificationView:
    """Return the checklist: what the caller said and what the trainee made of it, never what is right."""
    fields = {
        field: FieldView(given=state.given.get(field), outcome=state.marks.get(field))
        for field in IdentityField
    }
    return VerificationView(fields=fields, assurance=state.assurance, proofs=dict(state.proofs))


def changed_records(scenario: Scenario, before: CallState, after: CallState) -> tuple[RecordView, ...]:
    """Return the records whose screens read differently now, each whole."""
    if before.values == after.values:
        return ()
    old = {record.id: record for record in list_records(scenario, before)}
    return tuple(record for record in list_records(scenario, after) if record != old.get(record.id))


def debrief_path(session_id: UUID) -> str:
    """Return the address of a session's debrief."""
    return f"/sessions/{session_id}/debrief/"


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
