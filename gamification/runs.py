"""A finished session as gamification sees it: what it was worth, and nothing of how it went."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from engine.scorecard import ScoreCard
from engine.vocabulary import Difficulty, Dimension, Ending


class Run(BaseModel):
    """The facts about one session that XP and achievements rest on. Scores are 0–100."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: str
    difficulty: Difficulty
    ending: Ending
    caller_genuine: bool
    overall: float
    dimensions: dict[Dimension, float]
    satisfaction: int
    passed: bool
    valid: bool
    format: Literal[1] = 1

    @classmethod
    def of(cls, card: ScoreCard, *, scenario: str, difficulty: str, ending: str, caller_genuine: bool) -> Run:
        return cls(
            scenario=scenario,
            difficulty=Difficulty(difficulty),
            ending=Ending(ending),
            caller_genuine=caller_genuine,
            overall=card.overall,
            dimensions={d.dimension: d.score for d in card.dimensions if d.score is not None},
            satisfaction=card.satisfaction,
            passed=card.passed,
            valid=card.valid,
        )

    @property
    def impostor_held_off(self) -> bool:
        return not self.caller_genuine and self.passed
