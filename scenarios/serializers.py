"""What the API answers about scenarios."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from accounts.rest.pages import Answer, Page
from engine.vocabulary import Difficulty
from scenarios.models import Scenario
from scenarios.queries import Briefing, Card


class ScenarioLink(Answer):
    """Another scenario, by name."""

    slug: str
    title: str

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """Return the link to a scenario."""
        return cls(slug=scenario.slug, title=scenario.title)


class ScenarioCard(Answer):
    """A scenario as the catalogue shows it to the reader. `missing` must be completed before it opens."""

    id: UUID
    slug: str
    title: str
    description: str
    difficulty: Difficulty
    estimated_minutes: int
    xp_reward: int
    skills: tuple[str, ...]
    tags: tuple[str, ...]
    completed: bool
    running: Annotated[UUID | None, Field(description="The reader's running session of it.")]
    best_score: Annotated[float | None, Field(description="The reader's best overall score, 0–100.")]
    locked: bool
    missing: tuple[ScenarioLink, ...]

    @classmethod
    def of(cls, card: Card, *, running: UUID | None) -> Self:
        """Return a card with the reader's running session of it."""
        scenario = card.scenario
        return cls(
            id=scenario.pk,
            slug=scenario.slug,
            title=scenario.title,
            description=scenario.description,
            difficulty=Difficulty(scenario.difficulty),
            estimated_minutes=scenario.estimated_minutes,
            xp_reward=scenario.xp_reward,
            skills=tuple(scenario.skills),
            tags=tuple(scenario.tags),
            completed=card.completed,
            running=running,
            best_score=None if card.best_score is None else float(card.best_score),
            locked=card.locked,
            missing=tuple(ScenarioLink.of(needed) for needed in card.missing),
        )


class ScenarioPage(Page[ScenarioCard]):
    """A page of the catalogue, from starter to advanced, each by title."""


class ScenarioBriefing(Answer):
    """What a trainee reads before taking the ticket. `rules` are the desk's for this shift, in Markdown."""

    id: UUID
    slug: str
    title: str
    description: str
    difficulty: Difficulty
    estimated_minutes: int
    xp_reward: int
    skills: tuple[str, ...]
    rules: str
    desk: str
    channel: str
    first_response_minutes: int
    resolution_minutes: int
    prerequisites: tuple[ScenarioLink, ...]
    locked: bool
    missing: tuple[ScenarioLink, ...]

    @classmethod
    def of(cls, told: Briefing) -> Self:
        """Return a briefing."""
        scenario = told.scenario
        return cls(
            id=scenario.pk,
            slug=scenario.slug,
            title=scenario.title,
            description=scenario.description,
            difficulty=Difficulty(scenario.difficulty),
            estimated_minutes=scenario.estimated_minutes,
            xp_reward=scenario.xp_reward,
            skills=tuple(scenario.skills),
            rules=told.rules,
            desk=told.desk,
            channel=told.channel,
            first_response_minutes=told.first_response_minutes,
            resolution_minutes=told.resolution_minutes,
            prerequisites=tuple(ScenarioLink.of(needed) for needed in told.prerequisites),
            locked=told.locked,
            missing=tuple(ScenarioLink.of(needed) for needed in told.missing),
        )
