"""A finished session, indexed: who said what, what each sentence did, what was done and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.definition import Scenario
from engine.events import ActionTaken, MessageRead
from engine.parts import Part
from engine.record import CallRecord, HappenedEvent, SaidMessage
from engine.understanding.acts import Act

type Place = tuple[int, int]
"""Where in the session something stands: its `seq`, and for a sentence its place within the message."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a trainee message. `number` counts the trainee's messages from 1."""

    message: SaidMessage
    number: int
    place: Place
    start: int
    end: int
    acts: frozenset[Act]

    @property
    def text(self) -> str:
        return self.message.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Happened[E: Part]:
    """An event of one kind, with where it is stored."""

    stored: HappenedEvent
    event: E

    @property
    def seq(self) -> int:
        return self.stored.seq


class Call:
    """The record of a session together with its scenario; everything is in the order in which it happened."""

    def __init__(self, scenario: Scenario, record: CallRecord) -> None:
        self.scenario = scenario
        self.record = record

    @cached_property
    def messages(self) -> tuple[SaidMessage, ...]:
        return tuple(sorted(self.record.messages, key=lambda message: message.seq))

    @cached_property
    def trainee_messages(self) -> tuple[SaidMessage, ...]:
        return tuple(message for message in self.messages if message.sender == "trainee")

    @cached_property
    def customer_messages(self) -> tuple[SaidMessage, ...]:
        return tuple(message for message in self.messages if message.sender == "customer")

    @cached_property
    def events(self) -> tuple[HappenedEvent, ...]:
        return tuple(sorted(self.record.events, key=lambda stored: stored.seq))

    def happened[E: Part](self, kind: type[E]) -> list[Happened[E]]:
        """Every event of this kind."""
        return [Happened(stored, stored.event) for stored in self.events if isinstance(stored.event, kind)]

    @cached_property
    def readings(self) -> tuple[tuple[SaidMessage, MessageRead], ...]:
        """Each trainee message that was read, with its reading."""
        pairs = []
        for reading in self.happened(MessageRead):
            earlier = [message for message in self.trainee_messages if message.seq < reading.seq]
            if earlier:
                pairs.append((earlier[-1], reading.event))
        return tuple(pairs)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        numbers = {message.id: number for number, message in enumerate(self.trainee_messages, start=1)}
        return tuple(
            Sentence(
                message=message,
                number=numbers[message.id],
                place=(message.seq, index),
                start=span.start,
                end=span.end,
                acts=frozenset(span.acts),
            )
            for message, reading in self.readings
            for index, span in enumerate(reading.sentences)
        )

    def doing(self, acts: Iterable[Act]) -> list[Sentence]:
        """The sentences that did one of these acts."""
        wanted = frozenset(acts)
        return [sentence for sentence in self.sentences if sentence.acts & wanted]

    def taken(self, actions: Iterable[str]) -> list[Happened[ActionTaken]]:
        """Every time one of these actions was tried or done, but not those that the customer only claimed."""
        wanted = frozenset(actions)
        return [
            happened
            for happened in self.happened(ActionTaken)
            if happened.event.action in wanted and not happened.event.claimed
        ]

    def done(self, actions: Iterable[str]) -> list[Happened[ActionTaken]]:
        """Every time one of these actions was really done: carried out, with its effects."""
        return [happened for happened in self.taken(actions) if happened.event.effective]

    def turn_of(self, seq: int) -> int:
        """How many trainee messages had been sent when this was stored: 0 is the opening."""
        return sum(1 for message in self.trainee_messages if message.seq <= seq)
