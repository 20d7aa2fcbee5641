"""Named reads of scenarios."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, F, IntegerField, Prefetch, QuerySet, Value, When

from accounts.models import User
from engine.vocabulary import Difficulty
from scenarios.access import scenarios_for
from scenarios.models import Scenario, ScenarioVersion

type Score = Decimal | float


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What a person wants to see of the catalogue; empty fields filter nothing."""

    difficulty: str = ""
    skill: str = ""
    done: bool | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.difficulty or self.skill or self.text) and self.done is None


@dataclass(frozen=True, slots=True)
class Card:
    """A scenario as the catalogue shows it to one person. `missing`: prerequisites still to complete."""

    scenario: Scenario
    completed: bool
    running: bool
    best_score: Score | None
    missing: tuple[Scenario, ...]

    @property
    def locked(self) -> bool:
        return bool(self.missing)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The cards of one difficulty, the open ones first."""

    difficulty: str
    label: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The shelves that are not empty, from starter to advanced, and every skill that a filter may name."""

    shelves: tuple[Shelf, ...]
    skills: tuple[str, ...]
    shown: int
    total: int
    completed: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a person reads before taking the ticket: nothing of it gives the call away."""

    scenario: Scenario
    version: ScenarioVersion
    rules: str
    desk: str
    channel: str
    first_response_minutes: int
    resolution_minutes: int
    prerequisites: tuple[Scenario, ...] = ()
    missing: tuple[Scenario, ...] = field(default=())

    @property
    def locked(self) -> bool:
        return bool(self.missing)


def catalogue_for(
    user: User,
    completed_ids: Collection[UUID],
    best_scores: Mapping[UUID, Score],
    wanted: CatalogueFilter = CatalogueFilter(),
    *,
    running_ids: Collection[UUID] = (),
) -> Catalogue:
    """Return what `user` may practise, with two database queries however many scenarios there are.

    `completed_ids` are the scenarios that they completed, `best_scores` their best score (0–100) of each,
    `running_ids` those of which a call is under way.
    """
    needed = Prefetch("prerequisites", queryset=Scenario.objects.only("slug", "title"))
    scenarios = list(_in_order(scenarios_for(user)).prefetch_related(needed))
    cards = [
        Card(
            scenario=scenario,
            completed=scenario.pk in completed_ids,
            running=scenario.pk in running_ids,
            best_score=best_scores.get(scenario.pk),
            missing=_missing(scenario.prerequisites.all(), completed_ids),
        )
        for scenario in scenarios
    ]
    shown = [card for card in cards if _matches(card, wanted)]
    return Catalogue(
        shelves=_shelves(shown),
        skills=_skills(scenarios),
        shown=len(shown),
        total=len(cards),
        completed=sum(card.completed for card in cards),
    )


def briefing_of(scenario: Scenario, completed_ids: Collection[UUID]) -> Briefing:
    """Return what is told before the call, for a scenario of `access.scenario_for`; one database query.

    Raises:
        ScenarioVersion.DoesNotExist: the scenario was never published.
    """
    version = ScenarioVersion.objects.get(scenario=scenario, scenario__current_version=F("pk"))
    ticket = version.definition["ticket"]
    prerequisites = tuple(scenario.prerequisites.all())
    return Briefing(
        scenario=scenario,
        version=version,
        rules=version.definition["briefing"],
        desk=version.definition["desk"]["name"],
        channel=ticket["channel"],
        first_response_minutes=ticket["sla"]["first_response_minutes"],
        resolution_minutes=ticket["sla"]["resolution_minutes"],
        prerequisites=prerequisites,
        missing=_missing(prerequisites, completed_ids),
    )


def prerequisites_by_slug() -> dict[str, list[str]]:
    """Return which scenarios (by slug) each scenario needs; one query."""
    links = Scenario.prerequisites.through.objects.values_list("from_scenario__slug", "to_scenario__slug")
    graph: dict[str, list[str]] = {}
    for opened, needed in links.order_by("from_scenario__slug", "to_scenario__slug"):
        graph.setdefault(opened, []).append(needed)
    return graph


def _in_order(scenarios: QuerySet[Scenario]) -> QuerySet[Scenario]:
    ranks = [When(difficulty=level.value, then=Value(rank)) for rank, level in enumerate(Difficulty)]
    return scenarios.annotate(rank=Case(*ranks, output_field=IntegerField())).order_by("rank", "title")


def _missing(prerequisites: Iterable[Scenario], completed_ids: Collection[UUID]) -> tuple[Scenario, ...]:
    return tuple(needed for needed in prerequisites if needed.pk not in completed_ids)


def _matches(card: Card, wanted: CatalogueFilter) -> bool:
    # The catalogue holds dozens, not thousands: one list serves cards, choices and counts.
    scenario = card.scenario
    words = wanted.text.casefold().split()
    text = " ".join([scenario.title, scenario.description, *scenario.skills, *scenario.tags]).casefold()
    return (
        wanted.difficulty in ("", scenario.difficulty)
        and (not wanted.skill or wanted.skill in scenario.skills)
        and wanted.done in (None, card.completed)
        and all(word in text for word in words)
    )


def _skills(scenarios: Iterable[Scenario]) -> tuple[str, ...]:
    return tuple(sorted({skill for scenario in scenarios for skill in scenario.skills}, key=str.casefold))


def _shelves(cards: Iterable[Card]) -> tuple[Shelf, ...]:
    by_difficulty: dict[str, list[Card]] = {}
    for card in cards:
        by_difficulty.setdefault(card.scenario.difficulty, []).append(card)
    return tuple(
        Shelf(
            difficulty=difficulty,
            label=str(held[0].scenario.get_difficulty_display()),
            cards=tuple(sorted(held, key=lambda card: card.locked)),
        )
        for difficulty, held in by_difficulty.items()
    )


def version_in_force(slug: str) -> ScenarioVersion | None:
    """Return the version that trainees get of the scenario with this slug, or None."""
    return ScenarioVersion.objects.filter(scenario__slug=slug, scenario__current_version=F("pk")).first()
