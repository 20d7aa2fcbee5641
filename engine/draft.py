"""A step in the making: the state as it changes, the events as they happen, the moves of the reply as found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.definition import Scenario
from engine.events import Event
from engine.parts import Part
from engine.state import CallState


class Move(Part):
    """One thing that the customer conveys. `kind` names it for the voice and the audit, `key` what it is about.

    `lines` are the author's own wordings; without any the voice has wordings of its own for the kind.
    """

    kind: str
    key: str = ""
    lines: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind


class Draft:
    """Collects what one step does. Lives for that step only; what leaves it is frozen."""

    def __init__(self, scenario: Scenario, state: CallState) -> None:
        self.scenario = scenario
        self.state = state
        self.events: list[Event] = []
        self.moves: list[Move] = []

    def change(self, **changes: Any) -> None:
        self.state = self.state.with_(**changes)

    def record(self, event: Event) -> None:
        self.events.append(event)

    def say(self, kind: str, key: str = "", lines: Sequence[str] = ()) -> None:
        """Plan a move; the same move is conveyed once a turn."""
        if any(move.kind == kind and move.key == key for move in self.moves):
            return
        self.moves.append(Move(kind=kind, key=key, lines=tuple(lines)))

    def count(self, counter: str, key: str) -> int:
        """Add one to an entry of one of the state's counters and give the new figure."""
        counts = dict(getattr(self.state, counter))
        counts[key] = counts.get(key, 0) + 1
        self.change(**{counter: counts})
        return int(counts[key])
