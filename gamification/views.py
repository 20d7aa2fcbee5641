"""Pages of what people have earned."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from gamification.models import Achievement, Tier
from gamification.queries import achievements_for, leaderboard, level_of, place_of

PLACES_SHOWN = 50
PERIODS = (("week", _("Week"), 7), ("month", _("Month"), 30), ("all", _("All time"), None))
"""Each period's name in the address, its label and its days."""


@dataclass(frozen=True, slots=True)
class Medal:
    """An achievement and how far its reader has come: `have` of `want`."""

    achievement: Achievement
    earned_at: dt.datetime | None
    have: int
    want: int
    share: float


@dataclass(frozen=True, slots=True)
class Shelf:
    """The medals of one tier."""

    tier: str
    label: str
    medals: tuple[Medal, ...]

    @property
    def earned(self) -> int:
        return sum(medal.earned_at is not None for medal in self.medals)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the leaderboard; who earned the same shares the place."""

    place: int
    user: User
    earned: int
    runs: int


@never_cache
@login_required
@require_safe
def achievements(request: HttpRequest) -> HttpResponse:
    """Every achievement by tier: when it was earned, or how far it is."""
    user = _reader(request)
    medals = [_medal(each, user) for each in achievements_for(user)]
    shelves = [
        Shelf(tier.value, str(tier.label), tuple(m for m in medals if m.achievement.tier == tier))
        for tier in Tier
    ]
    context = {
        "shelves": [shelf for shelf in shelves if shelf.medals],
        "earned": sum(medal.earned_at is not None for medal in medals),
        "total": len(medals),
        "level": level_of(user),
    }
    return render(request, "gamification/achievements.html", context)


def _medal(achievement: Achievement, user: User) -> Medal:
    share: float = achievement.progress or 0.0  # type: ignore[attr-defined]  # an annotation
    want = achievement.criterion.progress([], user.level).want
    return Medal(
        achievement=achievement,
        earned_at=achievement.earned_at,  # type: ignore[attr-defined]
        have=round(share * want),
        want=round(want),
        share=share,
    )


@never_cache
@login_required
@require_safe
def leaderboard_page(request: HttpRequest) -> HttpResponse:
    """Who earned most XP in a week, a month or in all, and where the reader stands."""
    user = _reader(request)
    wanted = request.GET.get("period", "month")
    period = next((each for each in PERIODS if each[0] == wanted), PERIODS[1])
    since = timezone.now() - dt.timedelta(days=period[2]) if period[2] else None
    rows = _rows(list(leaderboard(since=since, limit=PLACES_SHOWN)))
    listed = any(row.user.pk == user.pk for row in rows)
    taking_part = user.chosen.privacy.leaderboard
    context = {
        "rows": rows,
        "period": period[0],
        "periods": [(name, label) for name, label, _days in PERIODS],
        "taking_part": taking_part,
        "own": place_of(user, since=since) if taking_part and not listed else None,
        "alone": listed and len(rows) == 1,
    }
    return render(request, "gamification/leaderboard.html", context)


def _rows(ranked: list[User]) -> list[Row]:
    rows: list[Row] = []
    for number, user in enumerate(ranked, start=1):
        earned: int = user.earned  # type: ignore[attr-defined]  # annotations of the query
        runs: int = user.runs  # type: ignore[attr-defined]
        tied = rows and rows[-1].earned == earned
        rows.append(Row(rows[-1].place if tied else number, user, earned, runs))
    return rows


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("This view must ask for sign-in first.")
    return request.user
