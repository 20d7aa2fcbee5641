"""XP: the arithmetic, and that a repeat earns only what is better."""

from __future__ import annotations

import pytest

from gamification.experience import earnings, level_at, level_name, worth_of
from tests.gamification.runs import run


@pytest.mark.parametrize(("overall", "worth"), [(0, 50), (50, 75), (100, 100), (87.5, 94)])
def test_a_run_is_worth_half_the_reward_and_the_rest_by_its_score(overall: float, worth: int) -> None:
    assert worth_of(run(overall=overall), 100) == worth


def test_a_void_run_earns_nothing() -> None:
    lines = list(earn(run(valid=False, overall=100)))
    assert [line.points for line in lines] == [0]


def earn(what, *, best=None, had=frozenset()):
    return earnings(what, xp_reward=100, session_id="s", best_before=best, bonuses_before=had)


def test_a_repeat_earns_only_what_beats_the_best() -> None:
    assert next(earn(run(overall=80), best=80)).points == 10
    assert next(earn(run(overall=40), best=80)).points == 0


def test_bonuses_come_once_a_scenario() -> None:
    good = run(overall=90, verification=100)
    first = {line.rule: line.points for line in earn(good)}
    assert first == {"session": 95, "perfect_verification": 10, "passed_first_time": 15}
    again = {
        line.rule for line in earn(good, best=95, had=frozenset({("perfect_verification", good.scenario)}))
    }
    assert again == {"session"}


def test_the_words_hold_the_arithmetic() -> None:
    assert next(earn(run(overall=80))).words == "100 × (0.5 + 80 / 200) = 90"
    assert "less the 75" in next(earn(run(overall=80), best=75)).words


@pytest.mark.parametrize(("xp", "level"), [(0, 1), (99, 1), (100, 2), (1234, 13)])
def test_a_level_every_hundred(xp: int, level: int) -> None:
    assert level_at(xp) == level


def test_every_level_has_a_name() -> None:
    assert level_name(1) == level_name(3) != level_name(4)
    assert level_name(10_000)
