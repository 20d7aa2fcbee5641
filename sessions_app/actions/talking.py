"""What is said: the trainee's messages with the customer's answers, and the customer who wonders at a
silence."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from engine.state import CallState
from engine.turn import fall_silent, take_turn
from sessions_app.access import lock_own_session, lock_session
from sessions_app.actions.ledger import Ledger, refuse_when_over
from sessions_app.definitions import scenario_of
from sessions_app.errors import SessionError, engine_refusals
from sessions_app.live import Batch
from sessions_app.models import (
    TEXT_LIMIT,
    ChatMessage,
    Sender,
    SessionStatus,
    Ticket,
    TicketStatus,
    UserSession,
)
from sessions_app.projection import message_frame
from sessions_app.queries import frames_between
from sessions_app.texts import clean_text


@dataclass(frozen=True, slots=True)
class Posted:
    """A stored message with the frames of its turn: the customer's reply and what it changed on the
    screens."""

    message: dict[str, Any]
    events: tuple[dict[str, Any], ...]
    created: bool
    batch: Batch | None = None


def post_message(
    *, user_id: UUID, session_id: UUID, client_id: UUID, text: str, at: dt.datetime | None = None
) -> Posted:
    """Store what the trainee says and the customer's answer to it.

    The same `client_id` again returns what was stored the first time, also after the session ended.

    Raises:
        InvalidText: blank, longer than 4,000 characters, or not storable.
        SessionNotFound, SessionOver, CallOver.
    """
    text = clean_text(text, field="text", limit=TEXT_LIMIT)
    try:
        with transaction.atomic():
            return _take_turn(lock_own_session(user_id=user_id, session_id=session_id), client_id, text, at)
    except (IntegrityError, SessionError):
        # The unique client_id settles a repeat: looking it up first would cost every message a query.
        stored = _stored_turn(user_id, session_id, client_id)
        if stored is None:
            raise
        return stored


def _take_turn(session: UserSession, client_id: UUID, text: str, at: dt.datetime | None) -> Posted:
    refuse_when_over(session)
    ledger = Ledger(session, at=at)
    first = ledger.state.last_trainee_at is None
    with engine_refusals():
        turn = take_turn(ledger.scenario, ledger.state, text, ledger.at)
    message = ledger.say(Sender.TRAINEE, text, client_id=client_id)
    ledger.answer(turn)
    if first:
        _begin_work(ledger)
    message.metadata["until"] = ledger.head
    batch = ledger.close()
    return Posted(message=batch.frames[0], events=batch.frames[1:], created=True, batch=batch)


def _begin_work(ledger: Ledger) -> None:
    ticket = Ticket.objects.get(session=ledger.session)
    ledger.change_ticket(ticket, status=TicketStatus.IN_PROGRESS, first_responded_at=ledger.at)


def _stored_turn(user_id: UUID, session_id: UUID, client_id: UUID) -> Posted | None:
    message = ChatMessage.objects.filter(
        session_id=session_id, session__user_id=user_id, client_id=client_id
    ).first()
    if message is None:
        return None
    events = frames_between(session_id, message.seq, message.metadata["until"])
    return Posted(message=message_frame(message), events=tuple(events), created=False)


def wonder(*, session_id: UUID, at: dt.datetime | None = None) -> Batch | None:
    """Let the customer ask whether anyone is there, if the silence has outlasted their patience.

    Cheap while there is nothing to do: a look without a lock. Called whenever somebody looks at the session,
    so no server has to sleep.
    """
    at = at or timezone.now()
    session = UserSession.objects.filter(pk=session_id, status=SessionStatus.ACTIVE).first()
    if session is None or not _wonders(session, at):
        return None
    with transaction.atomic():
        session = lock_session(session_id=session_id)
        if not session.is_active or not _wonders(session, at):
            return None
        ledger = Ledger(session, at=at)
        ledger.answer(fall_silent(ledger.scenario, ledger.state, at))
        return ledger.close()


def _wonders(session: UserSession, at: dt.datetime) -> bool:
    state = CallState.model_validate(session.state)
    return bool(fall_silent(scenario_of(session), state, at).events)
