"""Which scenario to practise next, and why: a rule that can be told in a sentence.

1. What was never tried and is open: the easiest first; among those, the one whose rubric weighs the trainee's
   weakest dimension most.
2. Once everything was tried: the scenario with the lowest best score.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, Max, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from engine.vocabulary import Difficulty, Dimension
from scenarios.access import scenarios_for
from scenarios.models import Scenario, ScenarioVersion
from sessions_app.events import Frame
from sessions_app.models import DimensionName, PerformanceMetric

WEAK_BELOW = 90.0
"""A dimension in which somebody averages this much is no weakness to speak of."""
RANKS = {level.value: rank for rank, level in enumerate(Difficulty)}


class NextStep(Frame):
    """What to do next, with its reason. `retry`: the same scenario again."""

    slug: str
    title: str
    difficulty: str
    minutes: int
    xp: int
    reason: str
    retry: bool


class Weakness(NamedTuple):
    """The dimension in which somebody is weakest now, and their average in it."""

    dimension: Dimension
    average: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A trainee's valid runs of one scenario. `best_before` leaves out what came at or after a moment."""

    runs: int
    best: float
    passed: bool
    last_at: dt.datetime
    best_before: float | None


def standings_of(user_id: UUID, *, before: dt.datetime | None = None) -> dict[UUID, Standing]:
    """Return where a trainee stands with each scenario that they have a valid run of; one query."""
    earlier = Q(created_at__lt=before) if before else Q()
    rows = (
        PerformanceMetric.objects.filter(user_id=user_id)
        .order_by()
        .values("scenario_id")
        .annotate(
            runs=Count("*"),
            best=Max("overall"),
            passes=Count("overall", filter=Q(passed=True)),
            last_at=Max("created_at"),
            best_before=Max("overall", filter=earlier),
        )
    )
    return {
        row["scenario_id"]: Standing(
            runs=row["runs"],
            best=float(row["best"]),
            passed=row["passes"] > 0,
            last_at=row["last_at"],
            best_before=None if row["best_before"] is None else float(row["best_before"]),
        )
        for row in rows
    }


def recommend(
    user: User,
    standings: Mapping[UUID, Standing],
    strengths: Iterable[tuple[Dimension, float]],
    *,
    leave_out: UUID | None = None,
) -> NextStep | None:
    """Return what a trainee should practise next; None where nothing is open to them.

    `strengths` is what `performance.strengths_of` returns. Two queries, and a third once for each new version.
    """
    offered = [
        scenario
        for scenario in scenarios_for(user).prefetch_related("prerequisites")
        if scenario.pk != leave_out and _is_open(scenario, standings)
    ]
    weakness = _weakness(strengths)
    untried = [scenario for scenario in offered if scenario.pk not in standings]
    if untried:
        weights = _weights_of(untried)
        scenario = min(untried, key=lambda each: (_rank(each), -_weight(each, weakness, weights), each.title))
        return step_to(scenario, _why_untried(scenario, weakness, first=not standings))
    if not offered:
        return None
    scenario = min(offered, key=lambda each: (standings[each.pk].best, each.title))
    return step_to(scenario, _why_again(standings[scenario.pk]))


def step_to(scenario: Scenario, reason: str, *, retry: bool = False) -> NextStep:
    """Put a scenario into the words of a next step."""
    return NextStep(
        slug=scenario.slug,
        title=scenario.title,
        difficulty=str(scenario.get_difficulty_display()),
        minutes=scenario.estimated_minutes,
        xp=scenario.xp_reward,
        reason=reason,
        retry=retry,
    )


def _is_open(scenario: Scenario, standings: Mapping[UUID, Standing]) -> bool:
    return all(needed.pk in standings for needed in scenario.prerequisites.all())


def _rank(scenario: Scenario) -> int:
    return RANKS[scenario.difficulty]


def _weakness(strengths: Iterable[tuple[Dimension, float]]) -> Weakness | None:
    ordered = sorted(strengths, key=lambda pair: pair[1])
    return Weakness(*ordered[0]) if ordered and ordered[0][1] < WEAK_BELOW else None


# ---------------------------------------------------------------- what a scenario weighs

_known_weights: dict[UUID, dict[str, int]] = {}
"""Rubric weights by version, which never changes. Scenarios are dozens; their definitions are large."""


def _weights_of(scenarios: Iterable[Scenario]) -> dict[UUID, dict[str, int]]:
    wanted = {scenario.current_version_id for scenario in scenarios if scenario.current_version_id}
    if missing := wanted - _known_weights.keys():
        weights = F("definition__rubric__weights")
        rows = ScenarioVersion.objects.filter(pk__in=missing).values_list("pk", weights)
        _known_weights.update(rows)
    return {version: _known_weights[version] for version in wanted if version in _known_weights}


def _weight(
    scenario: Scenario, weakness: Weakness | None, weights: Mapping[UUID, Mapping[str, int]]
) -> float:
    """The share of the overall score that the weakest dimension has in this scenario."""
    if weakness is None or scenario.current_version_id is None:
        return 0.0
    own = weights.get(scenario.current_version_id, {})
    return own.get(weakness.dimension, 0) / (sum(own.values()) or 1)


# ---------------------------------------------------------------- reasons


def _why_untried(scenario: Scenario, weakness: Weakness | None, *, first: bool) -> str:
    if first and scenario.difficulty == Difficulty.STARTER:
        return _("A good first call: one problem, and somebody who wants to help you solve it.")
    if weakness is None:
        return _("You have not tried it yet, and your last calls say that you are ready for it.")
    return _(
        "You have not tried it yet, and it lets you practise %(dimension)s, where you average %(score)s."
    ) % {
        "dimension": str(DimensionName(weakness.dimension).label).lower(),
        "score": whole(weakness.average),
    }


def _why_again(standing: Standing) -> str:
    if standing.best >= 100:
        return _("You have done all there is to do. This one keeps you in practice.")
    return _("Your best here is %(score)s: nowhere else is more to be won.") % {"score": whole(standing.best)}


def whole(score: float) -> str:
    """A score as one says it: without decimals."""
    return number_format(round(score), decimal_pos=0)
