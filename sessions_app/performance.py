"""How somebody does over time: aggregates that PostgreSQL reads from one index, however large the table
grows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connections, router
from django.db.models import Count, Max, Min, Q
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
    """Sum up a trainee's valid runs, with two queries. Days and weeks are those of `zone` (default: the
    active one)."""
    since = (now or timezone.now()) - dt.timedelta(days=timeframe.days) if timeframe.days else None
    wanted = [dimension] if dimension else list(Dimension)
    totals = _totals(user_id, since, ["overall", *wanted])
    return Performance(
        timeframe=timeframe,
        since=since,
        dimension=dimension,
        runs=totals["runs"],
        passed=totals["passed_runs"],
        xp=totals["xp"] or 0,
        seconds=totals["seconds"] or 0,
        overall=_summary(totals, "overall"),
        dimensions={one: _summary(totals, one) for one in wanted},
        trend=_trend(user_id, since, dimension or "overall", timeframe, zone),
    )


# Both queries are written out: to build them took five times as long as to answer them. `make bench` compares.
TOTALS = """
    SELECT count(*) AS runs, count(*) FILTER (WHERE passed) AS passed_runs,
        sum(xp_earned) AS xp, sum(completion_seconds) AS seconds, {scores}
    FROM sessions_app_performancemetric WHERE user_id = %s AND created_at >= %s
"""
SCORE = """avg({column}) AS average_{column}, max({column}) AS best_{column},
    (array_agg({column} ORDER BY created_at DESC))[1] AS latest_{column}"""
TREND = """
    SELECT date_trunc(%s, created_at AT TIME ZONE %s) AS start, count(*), avg({column})
    FROM sessions_app_performancemetric
    WHERE user_id = %s AND created_at >= %s AND {column} IS NOT NULL GROUP BY start ORDER BY start
"""
BEGINNING = dt.datetime.min.replace(tzinfo=dt.UTC)


def _read(query: str, parameters: list[object]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the names of the columns, and the rows."""
    with connections[router.db_for_read(PerformanceMetric)].cursor() as cursor:
        cursor.execute(query, parameters)
        return [column.name for column in cursor.description], cursor.fetchall()


def _totals(user_id: UUID, since: dt.datetime | None, columns: list[str]) -> dict[str, Any]:
    scores = ", ".join(SCORE.format(column=column) for column in columns)
    names, (row,) = _read(TOTALS.format(scores=scores), [user_id, since or BEGINNING])
    return dict(zip(names, row, strict=True))


def _summary(totals: Mapping[str, object], column: str) -> Summary:
    return Summary(
        average=_rounded(totals[f"average_{column}"]),
        best=_rounded(totals[f"best_{column}"]),
        latest=_rounded(totals[f"latest_{column}"]),
    )


def _rounded(score: object) -> float | None:
    return None if score is None else round(float(score), 2)  # type: ignore[arg-type]  # a Decimal of the database


def _trend(
    user_id: UUID, since: dt.datetime | None, column: str, timeframe: Timeframe, zone: dt.tzinfo | None
) -> tuple[TrendPoint, ...]:
    zone = zone or timezone.get_current_timezone()
    # PostgreSQL knows a zone by its name; one that has none is a fixed distance from UTC.
    place = zone.key if isinstance(zone, ZoneInfo) else zone.utcoffset(None)
    step = "week" if timeframe is Timeframe.ALL else "day"
    _names, rows = _read(TREND.format(column=column), [step, place, user_id, since or BEGINNING])
    return tuple(
        TrendPoint(start.replace(tzinfo=zone), runs, round(float(score), 2)) for start, runs, score in rows
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
