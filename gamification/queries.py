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


class Place(NamedTuple):
    """A place on the leaderboard, from 1, with the XP earned in the period and the calls that brought it."""

    place: int
    earned: int
    runs: int


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


def recent_entries(user: User, limit: int = 20, *, since: dt.datetime | None = None) -> QuerySet[XpEntry]:
    """The newest lines of somebody's ledger."""
    entries = XpEntry.objects.filter(user=user)
    entries = entries.filter(earned_at__gte=since) if since else entries
    return entries.order_by("-earned_at", "-id")[:limit]


def leaderboard(*, since: dt.datetime | None = None, limit: int | None = 50) -> QuerySet[User]:
    """Everybody who did not opt out, by the XP `earned` in the period, with their number of `runs`.

    `limit` None returns all of them.
    """
    return _ranked(since).order_by(F("earned").desc(), "id")[:limit]


def place_of(user: User, *, since: dt.datetime | None = None) -> Place | None:
    """Where somebody stands on the leaderboard; None for who earned nothing in the period or opted out.

    Who earned the same shares the place.
    """
    mine = _ranked(since).filter(pk=user.pk).first()
    if mine is None:
        return None
    earned: int = mine.earned  # type: ignore[attr-defined]  # an annotation
    runs: int = mine.runs  # type: ignore[attr-defined]
    ahead = _ranked(since).filter(Q(earned__gt=earned)).count()
    return Place(place=1 + ahead, earned=earned, runs=runs)


def _ranked(since: dt.datetime | None) -> QuerySet[User]:
    period = Q(xp_entries__earned_at__gte=since) if since else Q()
    return (
        User.objects.filter(is_active=True)
        .exclude(preferences__privacy__leaderboard=False)
        .annotate(
            earned=Sum("xp_entries__points", filter=period, default=0),
            runs=Count("xp_entries", filter=period & Q(xp_entries__rule="session")),
        )
        .filter(earned__gt=0)
    )
