"""What is said: the trainee's messages with the customer's answers, and the customer who wonders at a
silence."""

import datetime as dt
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assistant.providers import is_configured
from engine.state import CallState
from engine.turn import Turn, fall_silent, take_turn
from sessions_app.access import lock_own_session, lock_session
from sessions_app.actions.ledger import Ledger, refuse_when_over
from sessions_app.actions.replying import (
    MODEL,
    Speaker,
    hold_reply,
    lease_time,
    settle_first,
    settle_overdue,
    speaker_for,
)
from sessions_app.actions.wording import begin_wording
from sessions_app.definitions import scenario_of
from sessions_app.errors import SessionError, engine_refusals
from sessions_app.live import Batch
from sessions_app.models import (
    TEXT_LIMIT,
    ChatMessage,
    PendingReply,
    Sender,
    SessionStatus,
    Ticket,
    TicketStatus,
    UserSession,
)
from sessions_app.projection import message_frame
from sessions_app.queries import frames_between
from sessions_app.texts import clean_text

LOOK_SECONDS = 0.1
"""How often whoever waits for a reply looks whether it is there."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A stored message with the frames of its turn: the customer's reply and what it changed on the
    screens. `pending`: a language model is still wording the reply."""

    message: dict[str, Any]
    events: tuple[dict[str, Any], ...]
    created: bool
    batch: Batch | None = None
    pending: bool = False


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
    speaker = speaker_for(session_id)
    try:
        with transaction.atomic():
            session = lock_own_session(user_id=user_id, session_id=session_id)
            return _take_turn(session, client_id, text, at, speaker)
    except (IntegrityError, SessionError):
        # The unique client_id settles a repeat: looking it up first would cost every message a query.
        stored = _stored_turn(user_id, session_id, client_id)
        if stored is None:
            raise
        return stored


def _take_turn(
    session: UserSession, client_id: UUID, text: str, at: dt.datetime | None, speaker: Speaker | None
) -> Posted:
    refuse_when_over(session)
    ledger = Ledger(session, at=at)
    settle_first(ledger)
    first = ledger.state.last_trainee_at is None
    with engine_refusals():
        turn = take_turn(ledger.scenario, ledger.state, text, ledger.at)
    message = ledger.say(Sender.TRAINEE, text, client_id=client_id)
    pending = _answer(ledger, turn, message, speaker)
    if first:
        _begin_work(ledger)
    message.metadata["until"] = ledger.head
    batch = ledger.close()
    own, *events = (frame for frame in batch.frames if frame["seq"] >= message.seq)
    return Posted(message=own, events=tuple(events), created=True, batch=batch, pending=pending)


def _answer(ledger: Ledger, turn: Turn, message: ChatMessage, speaker: Speaker | None) -> bool:
    """Add what the turn gave; return whether its reply is left to a language model."""
    if turn.reply is None or speaker is not MODEL:
        ledger.answer(turn, **(speaker.metadata if speaker else {}))
        return False
    pending = hold_reply(ledger, turn, turn.reply, message)
    transaction.on_commit(partial(begin_wording, ledger.session.pk, pending.lease_owner), robust=True)
    return True


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
    pending = is_configured() and _is_pending(session_id, message.seq)
    return Posted(message=message_frame(message), events=tuple(events), created=False, pending=pending)


def _is_pending(session_id: UUID, seq: int) -> bool:
    return PendingReply.objects.filter(session_id=session_id, answers=seq).exists()


def await_reply(*, user_id: UUID, session_id: UUID, posted: Posted) -> Posted:
    """Wait for the reply to a message that was posted, and return it with its whole turn.

    For whoever cannot be told later. Takes no longer than a worker has for a reply; then the built-in words are
    stored.
    """
    if not posted.pending:
        return posted
    seq, latest = posted.message["seq"], time.monotonic() + lease_time().total_seconds()
    while time.monotonic() < latest and _is_pending(session_id, seq):
        if not connection.in_atomic_block:
            connection.close()  # back to the pool: nobody holds one while waiting for a model
        time.sleep(LOOK_SECONDS)
    settle_overdue(session_id=session_id)
    stored = _stored_turn(user_id, session_id, UUID(posted.message["client_id"]))
    return posted if stored is None else replace(stored, created=posted.created)


def wonder(*, session_id: UUID, at: dt.datetime | None = None) -> Batch | None:
    """Let the customer ask whether anyone is there, if the silence has outlasted their patience; one whose reply is
    still being worded says that first, in any case once its time has run out.

    Cheap while there is nothing to do: a look without a lock. Called whenever somebody looks at the session,
    so no server has to sleep.
    """
    at = at or timezone.now()
    session = UserSession.objects.filter(pk=session_id, status=SessionStatus.ACTIVE).first()
    if session is not None and session.reply_pending:
        return settle_overdue(session_id=session_id, at=at)
    if session is None or not _wonders(session, at):
        return None
    with transaction.atomic():
        session = lock_session(session_id=session_id)
        if not session.is_active or session.reply_pending or not _wonders(session, at):
            return None
        ledger = Ledger(session, at=at)
        ledger.answer(fall_silent(ledger.scenario, ledger.state, at))
        return ledger.close()


def _wonders(session: UserSession, at: dt.datetime) -> bool:
    state = CallState.model_validate(session.state)
    return bool(fall_silent(scenario_of(session), state, at).events)
