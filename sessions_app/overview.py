"""What goes on on the practice floor: the numbers that an instructor looks at first. Eight queries at any size."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import TruncDay
from django.utils import timezone

from engine.vocabulary import Dimension
from sessions_app.gate import Gate, gate_of
from sessions_app.models import (
    Assessor,
    CriterionOutcome,
    CriterionResult,
    PerformanceMetric,
    SessionStatus,
    UserSession,
    Validity,
)

DAYS = 30
NEWEST_RUNS = 500
"""Of so many valid runs the hardest criteria are told: what was hard a year ago has been mended since."""
ENOUGH = 3
"""A criterion that fewer runs were judged by tells nothing yet."""
LISTED = 8
HEAVY = ("state", "final_scores", "resolution_documentation", "debrief_text", "scenario__definition")
"""Columns that a list of sessions does without."""


@dataclass(frozen=True, slots=True)
class Day:
    """The valid runs that were completed on one day; `average` is None where there was none."""

    day: dt.date
    runs: int
    average: float | None


@dataclass(frozen=True, slots=True)
class HardCriterion:
    """A criterion that trainees earn little of: `points` from 0 to 1 on average over `runs`."""

    scenario_id: UUID
    scenario: str
    wording: str
    dimension: str
    runs: int
    points: float


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts are of sessions, averages of valid runs in the last 30 days (None where there was none), shares from
    0 to 100."""

    active: int
    completed_week: int
    completed_month: int
    void_month: int
    abandoned_month: int
    fatal_share: float | None
    passed_share: float | None
    overall: float | None
    dimensions: Mapping[Dimension, float | None]
    gate: Gate
    days: tuple[Day, ...]
    hardest: tuple[HardCriterion, ...]
    running: tuple[UserSession, ...]
    to_look_at: tuple[UserSession, ...]


def overview(*, now: dt.datetime | None = None) -> Overview:
    """Sum up the practice of everybody."""
    now = now or timezone.now()
    month = now - dt.timedelta(days=DAYS)
    counts = _counts(now, month)
    scores = _scores(month)
    completed = counts["completed_month"]
    return Overview(
        active=counts["active"],
        completed_week=counts["completed_week"],
        completed_month=completed,
        void_month=counts["void_month"],
        abandoned_month=counts["abandoned_month"],
        fatal_share=_share(counts["fatal_month"], completed),
        passed_share=_share(scores["passed_runs"], scores["runs"]),
        overall=scores["overall"],
        dimensions={one: scores[one] for one in Dimension},
        gate=gate_of(_completed_since(month)),
        days=_days(now, month),
        hardest=_hardest(),
        running=tuple(_running()),
        to_look_at=tuple(_to_look_at()),
    )


def _completed_since(start: dt.datetime) -> QuerySet[UserSession]:
    return UserSession.objects.filter(
        status=SessionStatus.COMPLETED, validity=Validity.VALID, completed_at__gte=start
    )


def _counts(now: dt.datetime, month: dt.datetime) -> dict[str, int]:
    completed = Q(status=SessionStatus.COMPLETED, completed_at__gte=month)
    return UserSession.objects.aggregate(
        active=Count("pk", filter=Q(status=SessionStatus.ACTIVE)),
        completed_week=Count("pk", filter=completed & Q(completed_at__gte=now - dt.timedelta(days=7))),
        completed_month=Count("pk", filter=completed),
        void_month=Count("pk", filter=completed & Q(validity=Validity.VOID)),
        fatal_month=Count("pk", filter=completed & missed_fatal()),
        abandoned_month=Count("pk", filter=Q(status=SessionStatus.ABANDONED, completed_at__gte=month)),
    )


def missed_fatal() -> Q:
    """Sessions in which a fatal criterion was missed."""
    return Q(final_scores__fatal__0__isnull=False)


def _scores(month: dt.datetime) -> dict[str, Any]:
    row = PerformanceMetric.objects.filter(created_at__gte=month).aggregate(
        runs=Count("pk"),
        passed_runs=Count("pk", filter=Q(passed=True)),
        **{f"average_{column}": Avg(column) for column in ("overall", *Dimension)},
    )
    averages = {column: _rounded(row[f"average_{column}"]) for column in ("overall", *Dimension)}
    return {"runs": row["runs"], "passed_runs": row["passed_runs"], **averages}


def _days(now: dt.datetime, month: dt.datetime) -> tuple[Day, ...]:
    rows = (
        PerformanceMetric.objects.filter(created_at__gte=month)
        .order_by()
        .annotate(day=TruncDay("created_at"))
        .values("day")
        .annotate(runs=Count("pk"), average=Avg("overall"))
    )
    held = {row["day"].date(): row for row in rows}
    today = timezone.localtime(now).date()
    days = [today - dt.timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    return tuple(
        Day(day, held[day]["runs"], _rounded(held[day]["average"])) if day in held else Day(day, 0, None)
        for day in days
    )


def _hardest() -> tuple[HardCriterion, ...]:
    newest = PerformanceMetric.objects.order_by("-created_at").values("session_id")[:NEWEST_RUNS]
    rows = (
        CriterionResult.objects.filter(session_id__in=newest, assessor=Assessor.ENGINE)
        .exclude(result=CriterionOutcome.CANNOT_ASSESS)
        .order_by()
        .values("criterion", "dimension", "wording", "session__scenario_id", "session__scenario__title")
        .annotate(runs=Count("pk"), average=Avg("points"))
        .filter(runs__gte=ENOUGH)
        .order_by("average", "-runs", "criterion")[:LISTED]
    )
    return tuple(
        HardCriterion(
            scenario_id=row["session__scenario_id"],
            scenario=row["session__scenario__title"],
            wording=row["wording"],
            dimension=row["dimension"],
            runs=row["runs"],
            points=float(row["average"]),
        )
        for row in rows
    )


def _listed(sessions: QuerySet[UserSession]) -> QuerySet[UserSession]:
    return sessions.select_related("user", "scenario", "ticket", "metric").defer(*HEAVY)


def _running() -> QuerySet[UserSession]:
    sessions = UserSession.objects.filter(status=SessionStatus.ACTIVE).order_by("-started_at")
    return _listed(sessions)[:LISTED]


def _to_look_at() -> QuerySet[UserSession]:
    """The newest sessions that went wrong: void ones, and those that a fatal criterion failed."""
    sessions = UserSession.objects.filter(Q(validity=Validity.VOID) | missed_fatal())
    return _listed(sessions.annotate(fatal=F("final_scores__fatal")).order_by("-completed_at"))[:LISTED]


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _rounded(score: object) -> float | None:
    return None if score is None else round(float(score), 1)  # type: ignore[arg-type]  # a Decimal
