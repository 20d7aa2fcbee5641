"""Runs for tests, by what matters in them."""

from __future__ import annotations

from typing import Any

from engine.scorecard import DimensionScore, ScoreCard
from engine.vocabulary import Dimension
from gamification.runs import Run


def run(*, verification: float = 80, **changes: Any) -> Run:
    facts: dict[str, Any] = {
        "scenario": "a-scenario",
        "difficulty": "starter",
        "ending": "resolved",
        "caller_genuine": True,
        "overall": 80,
        "dimensions": {"verification": verification, "communication": 80},
        "satisfaction": 4,
        "passed": True,
        "valid": True,
    }
    return Run.model_validate(facts | changes)


def card(overall: float = 80, **changes: Any) -> ScoreCard:
    facts: dict[str, Any] = {
        "engine_version": "1",
        "criteria": (),
        "dimensions": tuple(DimensionScore(dimension=d, weight=1, score=overall) for d in Dimension),
        "overall": overall,
        "uncapped": overall,
        "fatal": (),
        "passed": overall >= 70,
        "satisfaction": 4,
        "valid": True,
    }
    return ScoreCard.model_validate(facts | changes)
