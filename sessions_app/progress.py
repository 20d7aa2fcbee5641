"""How somebody develops: every figure is summed up by the database, whatever the length of the history."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncDay, TruncWeek
from django.utils import timezone

from accounts.models import User
from engine.vocabulary import Dimension
from gamification.models import XpEntry
from gamification.queries import LevelView, level_of, recent_entries
from scenarios.models import Scenario
from sessions_app.gate import Gate, gate_of
from sessions_app.models import (
    Assessor,
    CriterionOutcome,
    CriterionResult,
    DimensionName,
    PerformanceMetric,
    SessionStatus,
    UserSession,
    Validity,
)
from sessions_app.performance import Timeframe

LEDGER_SHOWN = 12
CRITERIA_SHOWN = 5
GAP_BELOW = 0.8
"""A criterion that brings less than this on average is a gap."""
STRENGTH_FROM = 0.9


@dataclass(frozen=True, slots=True)
class Totals:
    """What the runs of a time come to."""

    runs: int
    passed: int
    xp: int
    average: float | None
    best: float | None

    @property
    def pass_rate(self) -> float:
        """Percent of the runs that were passed."""
        return 100 * self.passed / self.runs if self.runs else 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """The averages of one day or week that began at `start`; None where nothing could be assessed."""

    start: dt.datetime
    runs: int
    scores: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the trend: its name, its colour token, and whether it is the overall score."""

    label: str
    token: str
    main: bool


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """A trainee's runs of one scenario; `scores` are the averages of the six dimensions in their order."""

    slug: str
    title: str
    runs: int
    passed: bool
    best: float
    last: float
    last_at: dt.datetime
    last_session: UUID
    scores: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """How often a criterion was met, and what it brings on average (0–100)."""

    wording: str
    dimension: str
    times: int
    met: int
    share: float


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of XP: the scenario that it was earned with, how it came about, and when."""

    title: str
    words: str
    points: int
    earned_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that the progress page shows for a timeframe."""

    timeframe: Timeframe
    totals: Totals
    level: LevelView
    series: tuple[Series, ...]
    steps: tuple[Step, ...]
    scenarios: tuple[ScenarioLine, ...]
    gaps: tuple[CriterionLine, ...]
    strengths: tuple[CriterionLine, ...]
    gate: Gate
    ledger: tuple[LedgerLine, ...]


def progress_of(
    user: User, *, timeframe: Timeframe = Timeframe.ALL, dimension: Dimension | None = None
) -> Progress:
    """Return a trainee's progress in a timeframe, with nine queries.

    The trend has a line for every dimension, or for `dimension` alone, beside the overall score. Days and weeks
    are those of the active time zone.
    """
    since = timezone.now() - dt.timedelta(days=timeframe.days) if timeframe.days else None
    metrics = PerformanceMetric.objects.filter(user_id=user.pk).order_by()
    metrics = metrics.filter(created_at__gte=since) if since else metrics
    wanted = [dimension] if dimension else list(Dimension)
    criteria = _criteria(user.pk, since)
    return Progress(
        timeframe=timeframe,
        totals=_totals(metrics),
        level=level_of(user),
        series=_series(wanted),
        steps=_steps(metrics, wanted, timeframe),
        scenarios=_scenarios(metrics),
        gaps=_gaps(criteria),
        strengths=_strengths(criteria),
        gate=gate_of(_finished(user.pk, since)),
        ledger=_ledger(list(recent_entries(user, LEDGER_SHOWN, since=since))),
    )


def _score(value: object) -> float | None:
    return None if value is None else round(float(value), 2)  # type: ignore[arg-type]  # a Decimal of the database


def _totals(metrics: QuerySet[PerformanceMetric]) -> Totals:
    sums = metrics.aggregate(
        runs=Count("*"),
        passes=Count("overall", filter=Q(passed=True)),
        xp=Sum("xp_earned"),
        average=Avg("overall"),
        best=Max("overall"),
    )
    return Totals(
        runs=sums["runs"],
        passed=sums["passes"],
        xp=sums["xp"] or 0,
        average=_score(sums["average"]),
        best=_score(sums["best"]),
    )


# ---------------------------------------------------------------- trend


def _series(wanted: Iterable[Dimension]) -> tuple[Series, ...]:
    places = list(Dimension)
    lines = [
        Series(str(DimensionName(one).label), f"--series-{places.index(one) + 1}", main=False)
        for one in wanted
    ]
    return (
        Series(str(PerformanceMetric._meta.get_field("overall").verbose_name), "--ink", main=True),
        *lines,
    )


def _steps(
    metrics: QuerySet[PerformanceMetric], wanted: list[Dimension], timeframe: Timeframe
) -> tuple[Step, ...]:
    truncate = TruncWeek if timeframe is Timeframe.ALL else TruncDay
    columns = ["overall", *wanted]
    rows: Iterable[Mapping[str, Any]] = (
        metrics.annotate(start=truncate("created_at"))
        .values("start")
        .annotate(runs=Count("*"), **{f"average_{column}": Avg(column) for column in columns})
        .order_by("start")
    )
    return tuple(
        Step(row["start"], row["runs"], tuple(_score(row[f"average_{column}"]) for column in columns))
        for row in rows
    )


# ---------------------------------------------------------------- scenarios


def _scenarios(metrics: QuerySet[PerformanceMetric]) -> tuple[ScenarioLine, ...]:
    """One line for each scenario, the last practised first; two queries."""
    latest = {
        scenario_id: (score, session_id)
        for scenario_id, score, session_id in metrics.order_by("scenario_id", "-created_at")
        .distinct("scenario_id")
        .values_list("scenario_id", "overall", "session_id")
    }
    rows: Iterable[Mapping[str, Any]] = (
        metrics.values("scenario_id", "scenario__slug", "scenario__title")
        .annotate(
            runs=Count("*"),
            passes=Count("overall", filter=Q(passed=True)),
            best=Max("overall"),
            last_at=Max("created_at"),
            **{f"average_{one}": Avg(one) for one in Dimension},
        )
        .order_by("-last_at")
    )
    return tuple(
        ScenarioLine(
            slug=row["scenario__slug"],
            title=row["scenario__title"],
            runs=row["runs"],
            passed=row["passes"] > 0,
            best=float(row["best"]),
            last=float(latest[row["scenario_id"]][0]),
            last_at=row["last_at"],
            last_session=latest[row["scenario_id"]][1],
            scores=tuple(_score(row[f"average_{one}"]) for one in Dimension),
        )
        for row in rows
    )


# ---------------------------------------------------------------- criteria


def _finished(user_id: UUID, since: dt.datetime | None) -> QuerySet[UserSession]:
    sessions = UserSession.objects.filter(
        user_id=user_id, status=SessionStatus.COMPLETED, validity=Validity.VALID
    ).order_by()
    return sessions.filter(completed_at__gte=since) if since else sessions


def _criteria(user_id: UUID, since: dt.datetime | None) -> list[CriterionLine]:
    """Every criterion by which the trainee was judged. Scenarios share the names of what they share."""
    judged = CriterionResult.objects.filter(
        session__in=_finished(user_id, since), assessor=Assessor.ENGINE
    ).exclude(result=CriterionOutcome.CANNOT_ASSESS)
    rows = (
        judged.order_by()
        .values("criterion", "dimension")
        .annotate(
            text=Max("wording"),
            times=Count("*"),
            met=Count("pk", filter=Q(result=CriterionOutcome.MET)),
            share=Avg("points"),
        )
    )
    return [
        CriterionLine(
            wording=row["text"],
            dimension=str(DimensionName(row["dimension"]).label),
            times=row["times"],
            met=row["met"],
            share=round(100 * float(row["share"]), 1),
        )
        for row in rows
    ]


def _gaps(criteria: Iterable[CriterionLine]) -> tuple[CriterionLine, ...]:
    weak = [line for line in criteria if line.share < 100 * GAP_BELOW]
    return tuple(sorted(weak, key=lambda line: (line.share, -line.times, line.wording))[:CRITERIA_SHOWN])


def _strengths(criteria: Iterable[CriterionLine]) -> tuple[CriterionLine, ...]:
    strong = [line for line in criteria if line.share >= 100 * STRENGTH_FROM]
    return tuple(sorted(strong, key=lambda line: (-line.times, -line.share, line.wording))[:CRITERIA_SHOWN])


# ---------------------------------------------------------------- XP


def _ledger(entries: list[XpEntry]) -> tuple[LedgerLine, ...]:
    slugs = {entry.subject for entry in entries}
    titles = dict(Scenario.objects.filter(slug__in=slugs).values_list("slug", "title"))
    return tuple(
        LedgerLine(titles.get(entry.subject, entry.subject), entry.words, entry.points, entry.earned_at)
        for entry in entries
    )
