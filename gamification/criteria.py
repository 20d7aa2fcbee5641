"""What an achievement can ask for: a closed set, as data. Each says how far a person's runs have come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from engine.vocabulary import Difficulty, Dimension
from gamification.runs import Run


class Progress(BaseModel):
    """How far: `have` of `want`; earned when they meet."""

    model_config = ConfigDict(frozen=True)

    have: float
    want: float

    @property
    def earned(self) -> bool:
        return self.have >= self.want

    @property
    def share(self) -> float:
        return min(1.0, self.have / self.want)


class _Criterion(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    times: int = Field(default=1, ge=1, le=10_000)

    def counts(self, run: Run) -> bool:
        """Whether one valid run counts towards it."""
        raise NotImplementedError

    def progress(self, runs: Sequence[Run], level: int) -> Progress:
        return Progress(have=min(self.times, sum(map(self.counts, runs))), want=self.times)


class SessionsCompleted(_Criterion):
    """Sessions that were brought to an end."""

    type: Literal["sessions_completed"]
    difficulty: Difficulty | None = None

    def counts(self, run: Run) -> bool:
        return self.difficulty in (None, run.difficulty)


class SessionsPassed(_Criterion):
    """Sessions that were passed."""

    type: Literal["sessions_passed"]
    difficulty: Difficulty | None = None

    def counts(self, run: Run) -> bool:
        return run.passed and self.difficulty in (None, run.difficulty)


class OverallReached(_Criterion):
    """Sessions with at least this overall score."""

    type: Literal["overall_reached"]
    score: float = Field(gt=0, le=100)

    def counts(self, run: Run) -> bool:
        return run.passed and run.overall >= self.score


class DimensionReached(_Criterion):
    """Sessions with at least this score in one dimension."""

    type: Literal["dimension_reached"]
    dimension: Dimension
    score: float = Field(gt=0, le=100)

    def counts(self, run: Run) -> bool:
        return run.dimensions.get(self.dimension, 0.0) >= self.score


class ImpostorHeldOff(_Criterion):
    """Sessions in which a false caller got nothing."""

    type: Literal["impostor_held_off"]

    def counts(self, run: Run) -> bool:
        return run.impostor_held_off


class CustomerSatisfied(_Criterion):
    """Passed sessions that left the customer at least this content (1–5)."""

    type: Literal["customer_satisfied"]
    satisfaction: int = Field(ge=1, le=5)

    def counts(self, run: Run) -> bool:
        return run.passed and run.caller_genuine and run.satisfaction >= self.satisfaction


class ScenariosPassed(_Criterion):
    """Different scenarios passed."""

    type: Literal["scenarios_passed"]

    def counts(self, run: Run) -> bool:
        return run.passed

    def progress(self, runs: Sequence[Run], level: int) -> Progress:
        passed = {run.scenario for run in runs if run.passed}
        return Progress(have=min(self.times, len(passed)), want=self.times)


class LevelReached(_Criterion):
    """A level."""

    type: Literal["level_reached"]
    level: int = Field(ge=2, le=1000)

    def progress(self, runs: Sequence[Run], level: int) -> Progress:
        return Progress(have=min(self.level, level), want=self.level)


class BestBeaten(_Criterion):
    """Runs that beat the best earlier run of the same scenario by this many points."""

    type: Literal["best_beaten"]
    points: float = Field(gt=0, le=100)

    def progress(self, runs: Sequence[Run], level: int) -> Progress:
        best: dict[str, float] = {}
        beaten = 0
        for run in runs:
            beaten += run.scenario in best and run.overall >= best[run.scenario] + self.points
            best[run.scenario] = max(best.get(run.scenario, 0.0), run.overall)
        return Progress(have=min(self.times, beaten), want=self.times)


Criterion = Annotated[
    SessionsCompleted
    | SessionsPassed
    | OverallReached
    | DimensionReached
    | ImpostorHeldOff
    | CustomerSatisfied
    | ScenariosPassed
    | LevelReached
    | BestBeaten,
    Field(discriminator="type"),
]

criterion_adapter: TypeAdapter[Criterion] = TypeAdapter(Criterion)
"""Checks an achievement's `criteria`, and reads them back."""
