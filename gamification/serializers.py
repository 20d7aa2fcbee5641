"""What the API answers about what people have earned."""

import datetime as dt
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from accounts.rest.pages import Answer, Page, PageQuery
from gamification.models import Achievement, Tier


class AchievementItem(Answer):
    """An achievement, and how far the reader has come: `progress` from 0 to 1, `earned_at` null until earned."""

    slug: str
    title: str
    description: str
    icon: str
    tier: Annotated[str, Field(json_schema_extra={"enum": [str(value) for value in Tier.values]})]
    progress: float
    earned_at: dt.datetime | None

    @classmethod
    def of(cls, achievement: Achievement) -> Self:
        """Return an achievement of `queries.achievements_for`."""
        return cls(
            slug=achievement.slug,
            title=achievement.title,
            description=achievement.description,
            icon=achievement.icon,
            tier=achievement.tier,
            progress=achievement.progress or 0.0,  # type: ignore[attr-defined]  # an annotation
            earned_at=achievement.earned_at,  # type: ignore[attr-defined]  # an annotation
        )


class AchievementPage(Page[AchievementItem]):
    """A page of the achievements, in the order of the site."""


class LeaderboardQuery(PageQuery):
    """Which part of the leaderboard is wanted."""


class LeaderboardEntry(Answer):
    """Somebody on the leaderboard, by the name that they chose to show."""

    rank: int
    id: UUID
    display_name: str
    level: int
    xp: int
    runs: int
    is_me: bool


class LeaderboardPage(Page[LeaderboardEntry]):
    """A page of the leaderboard, the most XP first."""
