"""Named reads of what people have earned."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Sum

from accounts.models import User
from gamification.experience import XP_PER_LEVEL, level_name
from gamification.models import Achievement, XpEntry


class LevelView(NamedTuple):
    """Where somebody stands: `into` of `span` XP of the way to the next level."""

    level: int
    name: str
    xp: int
    into: int
    span: int

    @property
    def percent(self) -> int:
        return round(100 * self.into / self.span)


def level_of(user: User) -> LevelView:
    return LevelView(user.level, level_name(user.level), user.xp, user.xp % XP_PER_LEVEL, XP_PER_LEVEL)


def achievements_for(user: User) -> QuerySet[Achievement]:
    """Every active achievement with this person's `earned_at` and `progress` (None so far)."""
    return (
        Achievement.objects.filter(is_active=True)
        .annotate(mine=FilteredRelation("holders", condition=Q(holders__user=user)))
        .annotate(earned_at=F("mine__earned_at"), progress=F("mine__progress"))
        .order_by("position", "slug")
    )


def recent_entries(user: User, limit: int = 20) -> QuerySet[XpEntry]:
    return XpEntry.objects.filter(user=user).order_by("-earned_at", "-id")[:limit]


def leaderboard(*, since: dt.datetime | None = None, limit: int | None = 50) -> QuerySet[User]:
    """Everybody who did not opt out, by the XP `earned` in the period, with their number of `runs`.

    `limit` None returns all of them.
    """
    period = Q(xp_entries__earned_at__gte=since) if since else Q()
    return (
        User.objects.filter(is_active=True)
        .exclude(preferences__privacy__leaderboard=False)
        .annotate(
            earned=Sum("xp_entries__points", filter=period, default=0),
            runs=Count("xp_entries", filter=period & Q(xp_entries__rule="session")),
        )
        .filter(earned__gt=0)
        .order_by("-earned", "id")[:limit]
    )
