"""A reply that a language model words: held back with what the built-in voice would say, and stored once.

Whoever comes first stores it, under the lock of the session's row: the worker that asked the model, or, with the
built-in words, the next step of the session or anybody who looks after the worker's time has run out.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from assistant.providers import is_configured
from assistant.queries import is_within_budget
from engine.state import CallState
from engine.turn import Turn
from engine.voice import Reply
from engine.voice.brief import build_brief
from sessions_app.access import lock_session
from sessions_app.actions.ledger import Ledger
from sessions_app.errors import SessionNotFound
from sessions_app.live import Batch
from sessions_app.models import ChatMessage, PendingReply, Sender, UserSession
from sessions_app.queries import heard_until

MARGIN_SECONDS = 3.0
"""What a worker has beyond the model's time, to store what it got."""


class Voice(StrEnum):
    """Who worded a reply."""

    MODEL = "model"
    BUILT_IN = "built_in"


class Why(StrEnum):
    """Why it was not the model, besides the troubles of `assistant.answers.Trouble`."""

    BUDGET = "budget"
    """The tokens of the session or of the day are used up."""
    BUSY = "busy"
    """This process asks for as many replies as it may."""
    FAULTY = "faulty"
    """What the model wrote did not pass the check, twice."""
    OVERTAKEN = "overtaken"
    """The call went on before the reply was there."""
    LOST = "lost"
    """Whoever worded it is gone, or failed."""
    IN_TRANSACTION = "in_transaction"
    """The message came in a larger transaction, in which nobody may wait for a model."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who words a reply, and why."""

    voice: Voice
    why: str = ""

    @property
    def metadata(self) -> dict[str, str]:
        """What the message remembers of it."""
        return {"voice": self.voice.value, **({"why": self.why} if self.why else {})}


MODEL = Speaker(Voice.MODEL)


def built_in(why: str) -> Speaker:
    """The built-in voice in the model's place."""
    return Speaker(Voice.BUILT_IN, str(why))


def speaker_for(session_id: UUID) -> Speaker | None:
    """Return who words the next reply; None where no model is configured, of which nothing is said then."""
    if not is_configured():
        return None
    if connection.in_atomic_block:
        return built_in(Why.IN_TRANSACTION)
    return MODEL if is_within_budget(session_id) else built_in(Why.BUDGET)


def lease_time() -> dt.timedelta:
    """Return how long a worker has for a reply."""
    return dt.timedelta(seconds=settings.LLM_ANSWER_SECONDS + MARGIN_SECONDS)


def hold_reply(ledger: Ledger, turn: Turn, reply: Reply, message: ChatMessage) -> PendingReply:
    """Store what a turn gave, but for its reply and what follows from it, which wait for the model's words."""
    ledger.happen(turn.events)
    heard = heard_until(ledger.session.pk, message.seq, message.text)
    brief = build_brief(ledger.scenario, turn.state, reply.plan, heard)
    ledger.session.reply_pending = True
    return PendingReply.objects.create(
        session=ledger.session,
        answers=message.seq,
        asked_at=ledger.at,
        reply=reply.model_dump(mode="json"),
        state=turn.state.model_dump(mode="json"),
        brief=brief.model_dump(mode="json"),
        lease_owner=uuid4(),
        lease_until=timezone.now() + lease_time(),
    )


# ---------------------------------------------------------------- settling


def store_reply(
    *, session_id: UUID, owner: UUID, text: str | None, speaker: Speaker, at: dt.datetime | None = None
) -> Batch | None:
    """Store a worker's reply, the built-in one where `text` is None; does nothing if the turn is not its own any
    more."""
    with transaction.atomic():
        try:
            session = lock_session(session_id=session_id)
        except SessionNotFound:
            return None
        pending = _pending_of(session)
        if pending is None or pending.lease_owner != owner:
            return None
        ledger = Ledger(session, at=at)
        _settle(ledger, pending, text, speaker)
        return ledger.close()


def settle_first(ledger: Ledger) -> None:
    """Give a reply that is still being worded its built-in words, before the step that the ledger is for."""
    pending = _pending_of(ledger.session)
    if pending is not None:
        _settle(ledger, pending, None, built_in(Why.OVERTAKEN))


def settle_overdue(*, session_id: UUID, at: dt.datetime | None = None) -> Batch | None:
    """Store the built-in reply where the worker's time has run out. Called whenever somebody looks at a session whose
    reply is pending, so a reply comes also when its worker is dead."""
    if not PendingReply.objects.filter(session_id=session_id, lease_until__lte=timezone.now()).exists():
        return None
    with transaction.atomic():
        session = lock_session(session_id=session_id)
        pending = _pending_of(session)
        if pending is None or pending.lease_until > timezone.now():
            return None
        ledger = Ledger(session, at=at)
        _settle(ledger, pending, None, built_in(Why.LOST))
        return ledger.close()


def carry_over(ledger: Ledger, **changes: object) -> None:
    """Let what a step changed about the state hold also after the reply that is being worded."""
    pending = _pending_of(ledger.session)
    if pending is not None:
        state = CallState.model_validate(pending.state).with_(**changes)
        pending.state = state.model_dump(mode="json")
        pending.save(update_fields=["state", "updated_at"])


def _pending_of(session: UserSession) -> PendingReply | None:
    return PendingReply.objects.get(session=session) if session.reply_pending else None


def _settle(ledger: Ledger, pending: PendingReply, text: str | None, speaker: Speaker) -> None:
    """Add the reply, and what was held back with it, to a ledger of the locked session."""
    reply = Reply.model_validate(pending.reply)
    state = CallState.model_validate(pending.state)
    since, typing = _typed(ledger, pending, 0 if text is not None else round(reply.typing_ms * ledger.pace))
    message = ledger.say(
        Sender.CUSTOMER,
        reply.text if text is None else text,
        message_id=pending.pk,
        at=since,
        typing_ms=typing,
        moves=list(reply.moves),
        **speaker.metadata,
    )
    shown = since + dt.timedelta(milliseconds=typing)
    ledger.move(state.with_(last_customer_at=shown), follows=message.seq)
    ledger.session.reply_pending = False
    ledger.store_rows()
    _close_turn(ledger, pending)


def _typed(ledger: Ledger, pending: PendingReply, least: int) -> tuple[dt.datetime, int]:
    """Since when the customer has been typing, and for how many milliseconds, but `least` so many.

    They have since they were asked, so the clocks of the call stood still for that long; but no longer than a worker
    has: what a dead one left may be found days later.
    """
    waited = min(max(timezone.now() - pending.created_at, dt.timedelta(0)), lease_time())
    return max(pending.asked_at, ledger.at - waited), max(least, waited // dt.timedelta(milliseconds=1))


def _close_turn(ledger: Ledger, pending: PendingReply) -> None:
    """Let the trainee's message know how far its turn goes, and forget that anything was pending."""
    asked = ChatMessage.objects.get(session=ledger.session, seq=pending.answers)
    asked.metadata["until"] = ledger.head
    asked.save(update_fields=["metadata", "updated_at"])
    pending.delete()
