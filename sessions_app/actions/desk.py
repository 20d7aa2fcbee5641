"""What the trainee does at the desk: compares identities, uses tools, keeps the note."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from engine import desk
from engine.events import NoteSaved as NoteSavedEvent
from engine.vocabulary import IdentityField, Outcome
from sessions_app import events
from sessions_app.access import lock_own_session
from sessions_app.actions.ledger import Ledger, refuse_when_over
from sessions_app.actions.replying import carry_over, settle_first
from sessions_app.errors import engine_refusals
from sessions_app.live import Batch
from sessions_app.models import NOTE_LIMIT, SessionEvent, Ticket, UserSession
from sessions_app.projection import event_frame
from sessions_app.texts import clean_text


@dataclass(frozen=True, slots=True)
class Answered:
    """The frame that answers a command, with every frame of the step; `created` is False for a repeat."""

    frame: dict[str, Any]
    events: tuple[dict[str, Any], ...]
    created: bool
    batch: Batch | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The note that was edited is not the newest any more; this is the newest."""

    text: str
    version: int


def mark_verification(
    *,
    user_id: UUID,
    session_id: UUID,
    field: IdentityField,
    outcome: Outcome,
    client_id: UUID | None = None,
    at: dt.datetime | None = None,
) -> Answered:
    """Store whether what the caller gave for a field is what the records hold, as the trainee sees it.

    Raises:
        SessionNotFound, SessionOver.
        NotAnswered: the caller has not given it yet.
    """
    with transaction.atomic():
        session = lock_own_session(user_id=user_id, session_id=session_id)
        if repeat := answered_before(session, client_id):
            return repeat
        refuse_when_over(session)
        ledger = Ledger(session, at=at)
        with engine_refusals():
            step = desk.mark_field(ledger.scenario, ledger.state, field, outcome)
        ledger.happen(step.events)
        carry_over(ledger, marks=step.state.marks)
        ledger.move(step.state, answers=True, client_id=client_id)
        return answered(ledger.close(), "verification.updated")


def run_tool(
    *,
    user_id: UUID,
    session_id: UUID,
    tool: str,
    arguments: dict[str, Any],
    client_id: UUID | None = None,
    at: dt.datetime | None = None,
) -> Answered:
    """Use a tool and store its result; the same `client_id` again returns the stored one.

    Raises:
        SessionNotFound, SessionOver, UnknownTool, BadArguments.
    """
    with transaction.atomic():
        session = lock_own_session(user_id=user_id, session_id=session_id)
        if repeat := answered_before(session, client_id):
            return repeat
        refuse_when_over(session)
        ledger = Ledger(session, at=at)
        if tool != desk.LOOK_UP:  # reading a record while the customer types is no step of the call
            settle_first(ledger)
        with engine_refusals():
            run = desk.run_tool(ledger.scenario, ledger.state, tool, arguments, ledger.at)
        ledger.happen(run.events)
        result = run.result.model_dump(mode="json")
        ledger.show(events.ToolResult, client_id=client_id, tool=tool, arguments=arguments, **result)
        ledger.reply_and_move(run.reply, run.state)
        return answered(ledger.close(), "tool.result")


def save_note(
    *,
    user_id: UUID,
    session_id: UUID,
    text: str,
    base_version: int,
    client_id: UUID | None = None,
    at: dt.datetime | None = None,
) -> Answered | Conflict:
    """Keep the note, or return the newest one where `base_version` is older than that.

    A text that is stored already changes nothing and is no conflict.

    Raises:
        InvalidText, SessionNotFound, SessionOver.
    """
    text = clean_text(text, field="text", limit=NOTE_LIMIT, required=False, trim=False)
    with transaction.atomic():
        session = lock_own_session(user_id=user_id, session_id=session_id)
        if repeat := answered_before(session, client_id):
            return repeat
        refuse_when_over(session)
        ticket = Ticket.objects.get(session=session)
        if text != ticket.note and base_version != ticket.note_version:
            return Conflict(text=ticket.note, version=ticket.note_version)
        ledger = Ledger(session, at=at)
        if text != ticket.note:
            ticket.note, ticket.note_version = text, ticket.note_version + 1
            ticket.save(update_fields=["note", "note_version", "updated_at"])
            ledger.happen([NoteSavedEvent(version=ticket.note_version, characters=len(text))])
        ledger.show(events.NoteSaved, client_id=client_id, version=ticket.note_version, text=text)
        return answered(ledger.close(), "note.saved")


def answered(batch: Batch, kind: str) -> Answered:
    """Return the answer among the frames of a step: the first one of this type."""
    frame = next(frame for frame in batch.frames if frame["type"] == kind)
    return Answered(frame=frame, events=batch.frames, created=True, batch=batch)


def answered_before(session: UserSession, client_id: UUID | None) -> Answered | None:
    """Return the stored answer to a command that was sent before, or None."""
    if client_id is None:
        return None
    event = SessionEvent.objects.filter(session=session, client_id=client_id).first()
    if event is None:
        return None
    frame = event_frame(event)
    return Answered(frame=frame, events=(frame,), created=False)
