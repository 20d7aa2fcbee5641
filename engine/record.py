"""A finished session as the scoring reads it: everything that was said and done, in one order."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from engine.events import Event
from engine.parts import Part, Verbatim
from engine.state import CallState
from engine.vocabulary import Ending

Sender = Literal["trainee", "customer", "system", "instructor"]


class SaidMessage(Verbatim):
    """A message as stored. `visible_at` is when its reader could see it: `at` plus the time shown as typing."""

    id: str
    seq: int
    sender: Sender
    text: str
    at: dt.datetime
    typing_ms: int = 0

    @property
    def visible_at(self) -> dt.datetime:
        return self.at + dt.timedelta(milliseconds=self.typing_ms)


class HappenedEvent(Part):
    """An event as stored. `message_read` events follow the message that they read, by `seq`."""

    id: str
    seq: int
    at: dt.datetime
    event: Event


class CallRecord(Verbatim):
    """All that a score depends on, besides the scenario. `note` is the documentation as handed in with the ending."""

    started_at: dt.datetime
    ended_at: dt.datetime
    messages: tuple[SaidMessage, ...]
    events: tuple[HappenedEvent, ...]
    state: CallState
    note: str
    ending: Ending | None
    team: str | None = None
    reason: str = ""
