"""The arithmetic of XP. Pure: what a run earns, given what was earned before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from engine.vocabulary import Dimension
from gamification.runs import Run

XP_PER_LEVEL = 100
PERFECT_VERIFICATION = 10
PASSED_FIRST_TIME = 15

LEVEL_NAMES = (
    "Newcomer",
    "Call taker",
    "Desk agent",
    "Steady hand",
    "Troubleshooter",
    "Trusted agent",
    "Senior agent",
    "Shift lead",
    "Mentor",
    "Floor master",
)
"""Each name lasts three levels; the last one for ever."""


class Earning(NamedTuple):
    """One line of XP: `rule` and `source` together are earned once a user; `words` tell how it came about."""

    rule: str
    source: str
    points: int
    words: str


def level_at(xp: int) -> int:
    """The level that an amount of XP stands for, from 1."""
    return 1 + xp // XP_PER_LEVEL


def level_name(level: int) -> str:
    return LEVEL_NAMES[min((level - 1) // 3, len(LEVEL_NAMES) - 1)]


def worth_of(run: Run, xp_reward: int) -> int:
    """What a run is worth by itself: half of the reward for finishing, the rest by the overall score."""
    return round(xp_reward * (0.5 + run.overall / 200)) if run.valid else 0


def earnings(
    run: Run,
    *,
    xp_reward: int,
    session_id: str,
    best_before: int | None,
    bonuses_before: frozenset[tuple[str, str]],
) -> Iterator[Earning]:
    """What a run earns. `best_before`: the best worth of its scenario's earlier valid runs, or None.

    A repeat earns only what beats the best so far; a void run earns nothing and costs nothing.
    """
    worth = worth_of(run, xp_reward)
    points = max(0, worth - (best_before or 0))
    yield Earning("session", session_id, points, _in_words(run, xp_reward, worth, best_before))
    if not run.valid:
        return
    for rule, deserved, bonus, words in (
        (
            "perfect_verification",
            run.dimensions.get(Dimension.VERIFICATION) == 100,
            PERFECT_VERIFICATION,
            _("Bonus: not a gap in the verification"),
        ),
        (
            "passed_first_time",
            run.passed and best_before is None,
            PASSED_FIRST_TIME,
            _("Bonus: passed at the first attempt"),
        ),
    ):
        if deserved and (rule, run.scenario) not in bonuses_before:
            yield Earning(rule, run.scenario, bonus, words)


def _in_words(run: Run, xp_reward: int, worth: int, best_before: int | None) -> str:
    if not run.valid:
        return _("This run was void: it earns nothing and costs nothing.")
    sum_ = f"{xp_reward} × (0.5 + {run.overall:g} / 200) = {worth}"
    if best_before is None:
        return sum_
    return _("%(sum)s, less the %(best)s of your best run so far") % {
        "sum": sum_,
        "best": best_before,
    }
