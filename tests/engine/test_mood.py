"""Mood: named rules push it, kindness wears off, and the impatient lose patience sooner."""

from __future__ import annotations

import pytest

from engine.draft import Draft
from engine.mood import BY_ACT, RULES, has_jargon, move_mood
from engine.state import Mood, first_state
from tests.engine.calls import START, shipped

CALM = "the-printer-that-prints-nothing"
CURT = "vpn-drops-every-ten-minutes"


def draft_of(slug: str, mood: Mood | None = None) -> Draft:
    state = first_state(shipped(slug), seed=1, at=START)
    return Draft(shipped(slug), state.with_(mood=mood or Mood()))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_moves_what_it_says_and_names_itself(rule: str) -> None:
    draft = draft_of(CALM, Mood(patience=0.5, trust=0.5, confusion=0.5))
    move_mood(draft, rule)
    for scale, push in RULES[rule]._asdict().items():
        moved = getattr(draft.state.mood, scale) - 0.5
        assert (moved > 0) == (push > 0)
        assert (moved < 0) == (push < 0)
    assert [event.rule for event in draft.events if event.type == "mood_moved"] == [rule]


def test_every_act_that_moves_the_mood_names_a_rule() -> None:
    assert set(BY_ACT.values()) <= set(RULES)


def test_the_third_kind_word_is_worth_less_than_the_first() -> None:
    draft = draft_of(CALM)
    gains = []
    for _ in range(3):
        before = draft.state.mood.trust
        move_mood(draft, "cared")
        gains.append(draft.state.mood.trust - before)
    assert gains[0] > gains[1] > gains[2] > 0


def test_the_impatient_lose_more_by_the_same_fault() -> None:
    calm, curt = draft_of(CALM), draft_of(CURT)
    for draft in (calm, curt):
        move_mood(draft, "blamed")
    assert shipped(CURT).persona.traits.patience < shipped(CALM).persona.traits.patience
    assert curt.state.mood.patience < calm.state.mood.patience


def test_scales_stay_between_nought_and_one() -> None:
    draft = draft_of(CURT)
    for rule in ("blamed", "fixed"):
        for _ in range(20):
            move_mood(draft, rule)
            mood = draft.state.mood
            assert all(0 <= scale <= 1 for scale in (mood.patience, mood.trust, mood.confusion))


def test_a_mood_that_cannot_move_further_makes_no_event() -> None:
    draft = draft_of(CALM, Mood(patience=1.0, trust=1.0))
    move_mood(draft, "cared")
    assert not draft.events


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Flush your DNS, please.", True), ("Turn it off and on.", False), ("the kernel panicked!", True)],
)
def test_jargon(text: str, expected: bool) -> None:
    assert has_jargon(text) is expected
