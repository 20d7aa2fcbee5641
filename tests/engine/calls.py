"""A call driven from a test: a clock that moves, and the state that the last step left."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from engine.definition import Scenario
from engine.desk import ToolRun, mark_field, run_tool
from engine.events import Event
from engine.state import CallState
from engine.turn import Turn, fall_silent, open_call, take_turn
from engine.variation import vary
from engine.vocabulary import IdentityField, Outcome
from scenarios.loader import read_paths

SCENARIOS = Path(__file__).parents[2] / "fixtures" / "scenarios"
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@cache
def shipped_file(slug: str) -> Scenario:
    """One of the scenarios that come with the project, with all that it leaves open."""
    return read_paths([SCENARIOS / f"{slug}.yaml"])[0].definition


@cache
def shipped(slug: str) -> Scenario:
    """The same, as it is drawn by the seed 1."""
    return vary(shipped_file(slug), 1)


def shipped_slugs() -> list[str]:
    return sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


class Call:
    """Plays one call and keeps everything that came of it."""

    def __init__(self, scenario: Scenario, seed: int = 1) -> None:
        self.scenario = vary(scenario, seed)
        self.at = START
        self.events: list[Event] = []
        self.replies: list[str] = []
        self._keep(open_call(self.scenario, seed=seed, at=self.at))

    state: CallState

    def say(self, text: str, after: float = 20) -> Turn:
        self.at += dt.timedelta(seconds=after)
        return self._keep(take_turn(self.scenario, self.state, text, self.at))

    def wait(self, seconds: float) -> Turn:
        self.at += dt.timedelta(seconds=seconds)
        return self._keep(fall_silent(self.scenario, self.state, self.at))

    def mark(self, field: str, outcome: str = "matches") -> None:
        step = mark_field(self.scenario, self.state, IdentityField(field), Outcome(outcome))
        self.state = step.state
        self.events += step.events

    def use(self, tool: str, **arguments: Any) -> ToolRun:
        self.at += dt.timedelta(seconds=5)
        run = run_tool(self.scenario, self.state, tool, arguments, self.at)
        self.state = run.state
        self.events += run.events
        if run.reply:
            self.replies.append(run.reply.text)
        return run

    def identify(self) -> None:
        """Ask for the three details until each was given, and mark them as matching."""
        for question, field in (
            ("Can I take your full name, please?", "name"),
            ("What is your username?", "username"),
            ("What does the asset tag on the sticker say?", "asset_tag"),
        ):
            for _ in range(3):
                if field not in self.state.given:
                    self.say(question)
            self.mark(field)

    def kinds(self) -> list[str]:
        return [event.type for event in self.events]

    def _keep(self, turn: Turn) -> Turn:
        self.state = turn.state
        self.events += turn.events
        if turn.reply:
            self.replies.append(turn.reply.text)
        return turn
