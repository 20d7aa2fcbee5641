"""A call played without a server: a clock that only the player moves, and the record of a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from engine.definition import Scenario
from engine.desk import ToolResult, end_call, mark_field, run_tool
from engine.events import ArticleCited, ArticleClosed, ArticleOpened, Event, KnowledgeSearched, NoteSaved
from engine.record import CallRecord, HappenedEvent, SaidMessage, Sender
from engine.state import CallState
from engine.turn import Turn, fall_silent, open_call, take_turn
from engine.vocabulary import Ending, IdentityField, Outcome
from engine.voice import Reply

START = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)


class Practice:
    """One session of a bot. Every step takes the time that its player needs, and the customer notices."""

    def __init__(self, scenario: Scenario, *, seed: int, pace: float) -> None:
        """`pace`: seconds that the player thinks before each message."""
        self.scenario = scenario
        self.pace = pace
        self.now = START
        self._seq = 0
        self._messages: list[SaidMessage] = []
        self._events: list[HappenedEvent] = []
        opening = open_call(scenario, seed=seed, at=self.now)
        self.state: CallState = opening.state
        self._note_turn(opening)

    @property
    def left(self) -> bool:
        return self.state.left

    def wait(self, seconds: float) -> None:
        """Let time pass; a customer whose patience ends meanwhile asks whether anyone is there."""
        until = self.now + dt.timedelta(seconds=seconds)
        while self.now < until:
            self.now = min(until, self.now + dt.timedelta(seconds=10))
            turn = fall_silent(self.scenario, self.state, self.now)
            self.state = turn.state
            self._note_turn(turn)

    def say(self, text: str) -> None:
        """Read what the customer wrote, think, and answer. Nothing is said to a customer who has left."""
        if self.left:
            return
        last = self._messages[-1]
        self.now = max(self.now, last.visible_at)
        self.wait(self.pace)
        self._store_message("trainee", text)
        turn = take_turn(self.scenario, self.state, text, self.now)
        self.state = turn.state
        self._note_turn(turn)

    def use(self, tool: str, *, force: bool = False) -> ToolResult:
        self.wait(5)
        run = run_tool(self.scenario, self.state, tool, {"force": True} if force else {}, self.now)
        self.state = run.state
        self._store_events(run.events)
        if run.reply:
            self._store_reply(run.reply)
        return run.result

    def look_up(self, record: str) -> None:
        run = run_tool(self.scenario, self.state, "look_up", {"record": record}, self.now)
        self._store_events(run.events)

    def mark(self, field: IdentityField, outcome: Outcome) -> None:
        step = mark_field(self.scenario, self.state, field, outcome)
        self.state = step.state
        self._store_events(step.events)

    def search(self, query: str, found: int) -> None:
        self._store_events([KnowledgeSearched(query=query, found=found)])

    def read(self, article: str, seconds: float) -> None:
        self._store_events([ArticleOpened(article=article)])
        self.wait(seconds)
        self._store_events([ArticleClosed(article=article, seconds=seconds)])

    def cite(self, article: str) -> None:
        self._store_events([ArticleCited(article=article)])

    def end(self, ending: Ending, *, note: str, team: str | None = None, reason: str = "") -> CallRecord:
        """Hand the note in and end the session. Raises VerificationRequired as the desk does."""
        step = end_call(self.scenario, self.state, ending=ending, team=team, reason=reason)
        self.wait(self.pace)
        self._store_events([NoteSaved(version=1, characters=len(note)), *step.events])
        return CallRecord(
            started_at=START,
            ended_at=self.now,
            messages=tuple(self._messages),
            events=tuple(self._events),
            state=step.state,
            note=note,
            ending=ending,
            team=team,
            reason=reason,
        )

    def _note_turn(self, turn: Turn) -> None:
        self._store_events(turn.events)
        if turn.reply:
            self._store_reply(turn.reply)

    def _store_reply(self, reply: Reply) -> None:
        self._store_message("customer", reply.text, reply.typing_ms)

    def _store_message(self, sender: Sender, text: str, typing_ms: int = 0) -> None:
        self._seq += 1
        self._messages.append(
            SaidMessage(
                id=f"m{self._seq}", seq=self._seq, sender=sender, text=text, at=self.now, typing_ms=typing_ms
            )
        )

    def _store_events(self, events: Iterable[Event]) -> None:
        for event in events:
            self._seq += 1
            self._events.append(HappenedEvent(id=f"e{self._seq}", seq=self._seq, at=self.now, event=event))
