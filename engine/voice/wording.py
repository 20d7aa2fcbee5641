"""From moves to one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.definition import Scenario
from engine.draft import Move
from engine.state import CallState
from engine.voice.banks import lines_for, spare_lines
from engine.voice.reply import Reply, Worded
from engine.voice.style import styled, typing_time

LONGEST_REPLY = 900
"""Characters; moves that would not fit are left for another turn."""
_ENDS = (".", "!", "?", "…", ":", ",", ")", "”", '"')


def word(scenario: Scenario, state: CallState, moves: Sequence[Move]) -> tuple[Reply, tuple[str, ...]]:
    """The reply for these moves, and the lines used for it, which the state has to remember."""
    said: list[str] = []
    plan: list[Worded] = []
    for move in moves:
        line = _choose(scenario, state, move, taken=(*state.said, *said))
        if sum(map(len, said)) + len(line) <= LONGEST_REPLY:
            said.append(line)
            plan.append(Worded(move=move.label, line=line))
    text = styled(_joined(said), scenario.persona.style, state)
    reply = Reply(
        text=text,
        typing_ms=typing_time(text, scenario.persona.style),
        moves=tuple(move.label for move in moves),
        plan=tuple(plan),
    )
    return reply, tuple(said)


def _joined(lines: Sequence[str]) -> str:
    """One text; a line without an end of its own gets one, so that the next does not run into it."""
    closed = [line if line.endswith(_ENDS) else f"{line}." for line in lines[:-1]]
    return " ".join([*closed, *lines[-1:]])


def _choose(scenario: Scenario, state: CallState, move: Move, *, taken: Sequence[str]) -> str:
    """A line that was not used yet, drawn by the session's seed."""
    used = set(taken)
    for options in _options(scenario, move):
        fresh = [line for line in options if line not in used]
        if fresh:
            return fresh[int(state.draw("line", state.turn, move.label) * len(fresh))]
    # Every wording and every lead-in is used up: somebody has asked the same thing dozens of times.
    return f"{len(used)} messages in, and my answer is still the same: {_plain_lines(scenario, move)[0]}"


def _options(scenario: Scenario, move: Move) -> Iterator[list[str]]:
    """Wordings, the best kind first."""
    plain = _plain_lines(scenario, move)
    leads = lines_for(scenario.persona.archetype, "leads_again")
    behind_lead = [f"{lead} {line}" for line in plain for lead in leads]
    if move.kind == "still_wonders":
        leads = lines_for(scenario.persona.archetype, move.kind)
        yield [f"{lead} {line}" for line in plain for lead in leads]
    if move.kind not in ("repeats", "still_wonders"):
        yield plain
        if not move.lines:
            yield [_with_value(line, move.key) for line in spare_lines(scenario.persona.archetype, move.kind)]
    yield behind_lead


def _plain_lines(scenario: Scenario, move: Move) -> list[str]:
    lines = list(move.lines) or list(lines_for(scenario.persona.archetype, move.kind))
    return [_with_value(line, move.key) for line in lines]


def _with_value(line: str, value: str) -> str:
    """The line with its value; at its start a value begins with a capital."""
    if line.startswith("{value}") and value[:1].islower() and " " in value:
        value = value[0].upper() + value[1:]
    return line.replace("{value}", value)
