"""What somebody sees who comes to practise: the call under way, what to do next, how the last calls went."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from gamification.models import Achievement
from gamification.queries import LevelView, achievements_for, level_of
from sessions_app.models import (
    DimensionName,
    PerformanceMetric,
    ResolutionType,
    SessionStatus,
    UserSession,
    Validity,
)
from sessions_app.performance import strengths_of
from sessions_app.recommendation import NextStep, recommend, standings_of

RECENT_SHOWN = 8
RUNNING_SHOWN = 3
TREND_RUNS = 20
TREND_WIDTH, TREND_HEIGHT, TREND_EDGE = 240, 64, 5
"""The trend's drawing in its own units; the edge leaves room for the points."""


@dataclass(frozen=True, slots=True)
class RunningCall:
    """A call that goes on: where it is, and since when."""

    session_id: UUID
    title: str
    ticket: str
    started_at: dt.datetime


@dataclass(frozen=True, slots=True)
class RecentCall:
    """A call that has ended. `overall` is None where nothing was scored or it does not count."""

    session_id: UUID
    title: str
    ended_at: dt.datetime
    resolution: str
    overall: float | None
    passed: bool
    void: bool
    xp: int


@dataclass(frozen=True, slots=True)
class Trend:
    """The overall scores of the newest runs, oldest first, and the line through them as SVG points."""

    scores: tuple[float, ...]
    line: str
    last: tuple[float, float]
    change: float


@dataclass(frozen=True, slots=True)
class Strength:
    """The average of a dimension over the newest runs."""

    label: str
    average: float


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything that the dashboard shows. `new`: the person has not finished a call yet."""

    running: tuple[RunningCall, ...]
    next: NextStep | None
    level: LevelView
    recent: tuple[RecentCall, ...]
    trend: Trend | None
    strengths: tuple[Strength, ...]
    nearest: Achievement | None
    new: bool


def dashboard_of(user: User) -> Dashboard:
    """Return a person's dashboard; the number of queries does not grow with their history."""
    recent = _recent(user.pk)
    strengths = strengths_of(user.pk)
    return Dashboard(
        running=_running(user.pk),
        next=recommend(user, standings_of(user.pk), strengths),
        level=level_of(user),
        recent=recent,
        trend=_trend(user.pk),
        strengths=tuple(Strength(str(DimensionName(one).label), average) for one, average in strengths),
        nearest=_nearest(user),
        new=not recent,
    )


def greeting_of(user: User, *, now: dt.datetime | None = None) -> str:
    """Greet a person by the hour of their day."""
    hour = timezone.localtime(now or timezone.now()).hour
    name = {"name": user.get_short_name()}
    if 5 <= hour < 12:
        return _("Good morning, %(name)s") % name
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s") % name
    return _("Good evening, %(name)s") % name


def _running(user_id: UUID) -> tuple[RunningCall, ...]:
    sessions = UserSession.objects.filter(user_id=user_id, status=SessionStatus.ACTIVE)
    rows = sessions.order_by("-started_at").values_list(
        "pk", "scenario__title", "ticket__number", "started_at"
    )
    return tuple(RunningCall(*row) for row in rows[:RUNNING_SHOWN])


def _recent(user_id: UUID) -> tuple[RecentCall, ...]:
    sessions = UserSession.objects.filter(user_id=user_id).exclude(status=SessionStatus.ACTIVE)
    columns = ("pk", "scenario__title", "completed_at", "resolution_type", "validity")
    scores = ("metric__overall", "metric__passed", "metric__xp_earned")
    return tuple(
        RecentCall(
            session_id=session_id,
            title=title,
            ended_at=ended_at,
            resolution=str(ResolutionType(ending).label) if ending else "",
            overall=None if overall is None else float(overall),
            passed=bool(passed),
            void=validity == Validity.VOID,
            xp=xp or 0,
        )
        for session_id, title, ended_at, ending, validity, overall, passed, xp in sessions.order_by(
            "-started_at"
        ).values_list(*columns, *scores)[:RECENT_SHOWN]
    )


def _trend(user_id: UUID) -> Trend | None:
    newest = PerformanceMetric.objects.filter(user_id=user_id).order_by("-created_at")
    scores = [float(score) for score in newest.values_list("overall", flat=True)[:TREND_RUNS]][::-1]
    return trend_through(scores) if len(scores) > 1 else None


def trend_through(scores: Sequence[float]) -> Trend:
    """Draw a line through at least two scores; `change` compares the later half of them with the earlier."""
    step = (TREND_WIDTH - 2 * TREND_EDGE) / (len(scores) - 1)
    height = TREND_HEIGHT - 2 * TREND_EDGE
    places = [
        (round(TREND_EDGE + index * step, 1), round(TREND_EDGE + height * (1 - score / 100), 1))
        for index, score in enumerate(scores)
    ]
    half = len(scores) // 2
    earlier, later = scores[:half], scores[-half:]
    return Trend(
        scores=tuple(scores),
        line=" ".join(f"{x},{y}" for x, y in places),
        last=places[-1],
        change=round(sum(later) / half - sum(earlier) / half, 1),
    )


def _nearest(user: User) -> Achievement | None:
    """The achievement that somebody has come nearest to without having it yet."""
    begun = [each for each in achievements_for(user) if each.earned_at is None and each.progress]  # type: ignore[attr-defined]
    return max(begun, key=lambda each: each.progress, default=None)  # type: ignore[attr-defined]
