"""One step of a session on its way into the database: what it stores, in which order, and who is told."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.base_models import new_id
from accounts.preferences import TypingPace
from engine.definition import Scenario
from engine.events import Event
from engine.state import CallState
from engine.turn import Turn
from engine.vocabulary import IdentityField
from engine.voice import Reply
from sessions_app.definitions import scenario_of
from sessions_app.errors import SessionOver
from sessions_app.events import EstateUpdated, StoredFrame, TicketUpdated, VerificationUpdated
from sessions_app.live import Batch, announce
from sessions_app.models import ChatMessage, MessageType, Sender, SessionEvent, Ticket, UserSession
from sessions_app.projection import (
    changed_records,
    data_of,
    event_frame,
    message_frame,
    ticket_view,
    verification_view,
)
from sessions_app.storage import change, count_as_stored, insert_rows, insertion, write

PACES = {TypingPace.HUMAN: 1.0, TypingPace.FAST: 0.35, TypingPace.INSTANT: 0.0}
"""How much of a human's typing time each preference keeps."""

STATE_COLUMNS = (
    "state",
    "head_seq",
    "name_check",
    "username_check",
    "asset_tag_check",
    "assurance",
    "reply_pending",
    "updated_at",
)


class Ledger:
    """Collects what one step stores, under the lock of the session's row, and gives each thing its `seq`."""

    def __init__(self, session: UserSession, *, at: dt.datetime | None = None) -> None:
        self.session = session
        self.at = at or timezone.now()
        self.after = session.head_seq
        self.scenario: Scenario = scenario_of(session)
        self.state = CallState.model_validate(session.state) if session.state else CallState()
        self.messages: list[ChatMessage] = []
        self.events: list[SessionEvent] = []
        self._frames: list[dict[str, Any]] = []

    @property
    def head(self) -> int:
        """The last `seq` given."""
        return self.after + len(self.messages) + len(self.events)

    def say(
        self,
        sender: Sender,
        text: str,
        *,
        client_id: UUID | None = None,
        kind: MessageType = MessageType.CHAT,
        message_id: UUID | None = None,
        at: dt.datetime | None = None,
        **metadata: Any,
    ) -> ChatMessage:
        """Add a message, as of now and with a new id unless told otherwise."""
        message = ChatMessage(
            id=message_id or new_id(),
            session=self.session,
            seq=self.head + 1,
            client_id=client_id,
            sender=sender,
            type=kind,
            text=text,
            metadata=metadata,
            created_at=at or self.at,
        )
        self.messages.append(message)
        self._frames.append(message_frame(message))
        return message

    def happen(self, events: Iterable[Event]) -> None:
        """Add events that are scored and hidden until the debrief."""
        for event in events:
            self._add(event.type, event.model_dump(mode="json", exclude={"type"}))

    def show(
        self, kind: type[StoredFrame], *, client_id: UUID | None = None, **fields: Any
    ) -> dict[str, Any]:
        """Add an event that the trainee's screen is shown, and return its frame."""
        frame = kind(seq=self.head + 1, at=self.at, client_id=client_id, **fields)
        row = self._add(frame.type, data_of(frame), client_id)  # type: ignore[attr-defined]
        shown = event_frame(row)
        self._frames.append(shown)
        return shown

    def _add(self, kind: str, data: dict[str, Any], client_id: UUID | None = None) -> SessionEvent:
        event = SessionEvent(
            session=self.session, seq=self.head + 1, client_id=client_id, type=kind, data=data, at=self.at
        )
        self.events.append(event)
        return event

    def answer(self, turn: Turn, **metadata: Any) -> None:
        """Add what a turn of the engine gave: its events, the customer's reply with this metadata, and what changed
        on the screens."""
        self.happen(turn.events)
        self.reply_and_move(turn.reply, turn.state, **metadata)

    def reply_and_move(self, reply: Reply | None, state: CallState, **metadata: Any) -> None:
        """Add the customer's reply, if there is one, and go over to the next state."""
        follows = None
        if reply is not None:
            typing_ms = round(reply.typing_ms * self.pace)
            metadata = {"typing_ms": typing_ms, "moves": list(reply.moves), **metadata}
            message = self.say(Sender.CUSTOMER, reply.text, **metadata)
            follows = message.seq
            state = state.with_(last_customer_at=self.at + dt.timedelta(milliseconds=typing_ms))
        self.move(state, follows=follows)

    def move(
        self,
        state: CallState,
        *,
        follows: int | None = None,
        answers: bool = False,
        client_id: UUID | None = None,
    ) -> None:
        """Go over to the next state; screens that read differently are shown anew.

        With `answers` the checklist is shown in any case, as the answer to the command `client_id`.
        """
        before, self.state = self.state, state
        verification = verification_view(state)
        if answers or verification != verification_view(before):
            self.show(VerificationUpdated, verification=verification, follows=follows, client_id=client_id)
        if records := changed_records(self.scenario, before, state):
            self.show(EstateUpdated, records=records, follows=follows)
        if state.left and not before.left:
            self.say(
                Sender.SYSTEM, "The customer has left the chat.", kind=MessageType.NOTICE, ends_call=True
            )

    def change_ticket(self, ticket: Ticket, **changes: Any) -> None:
        """Store what changes about the ticket and show it."""
        for name, value in changes.items():
            setattr(ticket, name, value)
        ticket.save(update_fields=[*changes, "updated_at"])
        self.show(TicketUpdated, ticket=ticket_view(ticket))

    @property
    def pace(self) -> float:
        """The share of a human's typing time that this trainee wants to wait."""
        return PACES.get(getattr(self.session, "typing_pace", None) or TypingPace.HUMAN, 1.0)

    def store_rows(self) -> None:
        """Write the messages and events that are not written yet."""
        for rows in self._new_rows():
            insert_rows(rows)

    def _new_rows(self) -> list[Sequence[Model]]:
        kinds: tuple[Sequence[Model], ...] = (self.messages, self.events)
        new = [[row for row in rows if row._state.adding] for rows in kinds]
        return [rows for rows in new if rows]

    def close(self, *columns: str) -> Batch:
        """Write everything, with these further columns of the session, and tell the open sockets on
        commit."""
        session = self.session
        session.state = self.state.model_dump(mode="json")
        session.head_seq = self.head
        for field in IdentityField:
            setattr(session, f"{field}_check", self.state.marks.get(field, ""))
        session.assurance = self.state.assurance
        session.updated_at = timezone.now()
        new = self._new_rows()
        write(*map(insertion, new), change(session, (*STATE_COLUMNS, *columns)))
        for rows in new:
            count_as_stored(rows)
        batch = Batch(session.pk, self.after, self.head, tuple(self._frames))
        transaction.on_commit(partial(announce, batch), robust=True)
        return batch


def refuse_when_over(session: UserSession) -> None:
    """Raise `SessionOver` for a session that has ended."""
    if not session.is_active:
        raise SessionOver("This session has ended. Read its debrief, or start the scenario again.")
