"""How somebody does over time: aggregates that PostgreSQL reads from one index, however large the table
grows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Avg, Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDay, TruncWeek
from django.utils import timezone

from engine.vocabulary import Dimension
from sessions_app.models import PerformanceMetric

RECENT_RUNS = 10
"""How many of the newest runs tell what somebody is good at now."""


class Timeframe(StrEnum):
    """How far back a summary looks."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"

    @property
    def days(self) -> int | None:
        return {Timeframe.WEEK: 7, Timeframe.MONTH: 30}.get(self)


@dataclass(frozen=True, slots=True)
class Summary:
    """A score over several runs, 0–100 with two decimals; None where no run could be assessed for it."""

    average: float | None
    best: float | None
    latest: float | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The average of the runs of one day (of one week over all time), which began at `start`."""

    start: dt.datetime
    runs: int
    score: float


@dataclass(frozen=True, slots=True)
class Performance:
    """What a trainee's valid runs in a time come to. `trend` is of `dimension`, or of the overall score for
    None."""

    timeframe: Timeframe
    since: dt.datetime | None
    dimension: Dimension | None
    runs: int
    passed: int
    xp: int
    seconds: int
    overall: Summary
    dimensions: Mapping[Dimension, Summary]
    trend: tuple[TrendPoint, ...]


def performance_of(
    user_id: UUID,
    *,
    timeframe: Timeframe = Timeframe.ALL,
    dimension: Dimension | None = None,
    now: dt.datetime | None = None,
    zone: dt.tzinfo | None = None,
) -> Performance:
    """Sum up a trainee's valid runs, with three queries. Days and weeks are those of `zone` (default: the
    active one)."""
    since = (now or timezone.now()) - dt.timedelta(days=timeframe.days) if timeframe.days else None
    metrics = PerformanceMetric.objects.filter(user_id=user_id)
    metrics = metrics.filter(created_at__gte=since) if since else metrics
    wanted = [dimension] if dimension else list(Dimension)
    totals = _totals(metrics, ["overall", *wanted])
    latest = metrics.order_by("-created_at").values("overall", *wanted).first() or {}
    return Performance(
        timeframe=timeframe,
        since=since,
        dimension=dimension,
        runs=totals["runs"],
        passed=totals["passed_runs"],
        xp=totals["xp"] or 0,
        seconds=totals["seconds"] or 0,
        overall=_summary(totals, latest, "overall"),
        dimensions={one: _summary(totals, latest, one) for one in wanted},
        trend=_trend(metrics, dimension or "overall", timeframe, zone),
    )


def _totals(metrics: QuerySet[PerformanceMetric], columns: list[str]) -> dict[str, Any]:
    sums: dict[str, Aggregate] = {f"average_{column}": Avg(column) for column in columns}
    sums |= {f"best_{column}": Max(column) for column in columns}
    return metrics.order_by().aggregate(
        runs=Count("*"),
        passed_runs=Count("overall", filter=Q(passed=True)),
        xp=Sum("xp_earned"),
        seconds=Sum("completion_seconds"),
        **sums,
    )


def _summary(totals: Mapping[str, object], latest: Mapping[str, object], column: str) -> Summary:
    return Summary(
        average=_rounded(totals[f"average_{column}"]),
        best=_rounded(totals[f"best_{column}"]),
        latest=_rounded(latest.get(column)),
    )


def _rounded(score: object) -> float | None:
    return None if score is None else round(float(score), 2)  # type: ignore[arg-type]  # a Decimal of the database


def _trend(
    metrics: QuerySet[PerformanceMetric], column: str, timeframe: Timeframe, zone: dt.tzinfo | None
) -> tuple[TrendPoint, ...]:
    truncate = TruncWeek if timeframe is Timeframe.ALL else TruncDay
    points = (
        metrics.filter(**{f"{column}__isnull": False})
        .order_by()
        .annotate(start=truncate("created_at", tzinfo=zone))
        .values("start")
        .annotate(runs=Count("*"), score=Avg(column))
        .order_by("start")
    )
    return tuple(
        TrendPoint(point["start"], point["runs"], round(float(point["score"]), 2)) for point in points
    )


@dataclass(frozen=True, slots=True)
class Attempts:
    """A trainee's valid runs of one scenario."""

    runs: int
    best: float
    passed: bool
    first_at: dt.datetime
    last_at: dt.datetime


def attempts_of(user_id: UUID) -> dict[UUID, Attempts]:
    """Return a trainee's attempts by scenario; one query."""
    rows = (
        PerformanceMetric.objects.filter(user_id=user_id)
        .order_by()
        .values("scenario_id")
        .annotate(
            runs=Count("*"),
            best=Max("overall"),
            passes=Count("overall", filter=Q(passed=True)),
            first_at=Min("created_at"),
            last_at=Max("created_at"),
        )
    )
    return {
        row["scenario_id"]: Attempts(
            row["runs"], float(row["best"]), row["passes"] > 0, row["first_at"], row["last_at"]
        )
        for row in rows
    }


def best_scores_of(user_id: UUID) -> dict[UUID, float]:
    """Return a trainee's best overall score of each scenario they have a valid run of."""
    rows = PerformanceMetric.objects.filter(user_id=user_id).order_by().values("scenario_id")
    return {row["scenario_id"]: float(row["best"]) for row in rows.annotate(best=Max("overall"))}


def strengths_of(user_id: UUID) -> list[tuple[Dimension, float]]:
    """Return the dimensions with their average over the newest runs, the strongest first.

    The last of them is what to practise next. A dimension that was never assessed is left out.
    """
    newest = PerformanceMetric.objects.filter(user_id=user_id).order_by("-created_at")[:RECENT_RUNS]
    rows = list(newest.values(*Dimension))
    averages: list[tuple[Dimension, float]] = []
    for dimension in Dimension:
        scores = [float(row[dimension]) for row in rows if row[dimension] is not None]
        if scores:
            averages.append((dimension, round(sum(scores) / len(scores), 2)))
    return sorted(averages, key=lambda pair: -pair[1])
