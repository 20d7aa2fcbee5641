"""What holds in every call, however it goes: over random calls of every shipped scenario."""

from __future__ import annotations

import json
from random import Random

import pytest

from engine.bots.fuzz import fuzz
from engine.definition import Scenario
from engine.state import CallState
from engine.turn import Turn, open_call, take_turn
from engine.understanding.store import read_writers
from engine.variation import vary
from tests.engine.calls import START, shipped_file, shipped_slugs

SEEDS = range(12)
slugs = pytest.mark.parametrize("slug", shipped_slugs())


@pytest.fixture(scope="module")
def wordings() -> list[str]:
    return [wording.text for writer in read_writers().values() for wording in writer]


def talk(scenario: Scenario, wordings: list[str], seed: int) -> list[tuple[str, Turn]]:
    """A random conversation: the author's own questions among everything that people type."""
    chance = Random(seed)
    asks = [text for fact in scenario.facts.values() for text in fact.asks]
    steps = [text for action in scenario.chores.values() for text in action.examples]
    turn = open_call(scenario, seed=seed, at=START)
    turns = [("", turn)]
    for _ in range(14):
        if turn.state.left:
            break
        text = chance.choice(chance.choice((wordings, asks, asks, steps)))
        turn = take_turn(scenario, turn.state, text, START)
        turns.append((text, turn))
    return turns


@slugs
def test_nothing_breaks(slug: str, wordings: list[str]) -> None:
    scenario = shipped_file(slug)
    found = {call.seed: call.findings for seed in SEEDS if (call := fuzz(scenario, wordings, seed)).findings}
    assert not found


@slugs
def test_a_replay_is_exact(slug: str, wordings: list[str]) -> None:
    scenario = vary(shipped_file(slug), 3)
    first, again = talk(scenario, wordings, 3), talk(scenario, wordings, 3)
    assert [turn for _, turn in first] == [turn for _, turn in again]


@slugs
def test_a_state_returns_from_its_stored_form(slug: str, wordings: list[str]) -> None:
    for _, turn in talk(vary(shipped_file(slug), 4), wordings, 4):
        stored = json.dumps(turn.state.model_dump(mode="json"))
        assert CallState.model_validate(json.loads(stored)) == turn.state


@slugs
def test_no_fact_is_told_before_its_condition_holds(slug: str, wordings: list[str]) -> None:
    for seed in SEEDS:
        scenario = vary(shipped_file(slug), seed)
        for (_, before), (_, turn) in zip(talks := talk(scenario, wordings, seed), talks[1:], strict=False):
            for name in turn.state.told.keys() - before.state.told.keys():
                when = scenario.facts[name].when
                # What the turn itself brought about may be what the fact was waiting for.
                assert before.state.fulfils(when) or turn.state.fulfils(when), name


@slugs
def test_no_reply_is_empty_repeated_or_unfinished(slug: str, wordings: list[str]) -> None:
    for seed in SEEDS:
        said: set[str] = set()
        for _, turn in talk(vary(shipped_file(slug), seed), wordings, seed):
            if turn.reply is None:
                continue
            assert turn.reply.text.strip()
            assert "{value}" not in turn.reply.text
            assert "${" not in turn.reply.text
            assert len(turn.reply.text) <= 1_000
            fresh = [line for line in turn.state.said if line not in said]
            assert len(fresh) == len(set(fresh))
            said.update(turn.state.said)


@slugs
def test_what_is_reported_is_what_the_estate_says(slug: str) -> None:
    """After an action's effects, the customer reports the first report that holds, in every case left open."""
    for seed in SEEDS:
        scenario = vary(shipped_file(slug), seed)
        for name, action in scenario.chores.items():
            state = open_call(scenario, seed=seed, at=START).state.with_(instructed={name: 1})
            turn = take_turn(scenario, state, action.examples[0], START)
            if turn.reply is None or f"reports:{name}" not in turn.reply.moves:
                continue
            true_then = (
                action.otherwise
                if not state.fulfils(action.when)
                else next(report.says for report in action.reports if turn.state.fulfils(report.when))
            )
            spoken = turn.reply.text.casefold()
            assert any(line.casefold()[:30] in spoken for line in true_then)
