"""Bot trainees: they prove that a scenario can be played, and that it rewards good conduct."""

from __future__ import annotations

from engine.bots.practice import Practice
from engine.bots.trainees import TRAINEES
from engine.definition import Scenario
from engine.record import CallRecord
from engine.variation import vary

__all__ = ["BOTS", "Practice", "play"]

BOTS = tuple(TRAINEES)
"""Their names, the best first."""


def play(scenario: Scenario, bot: str, *, seed: int = 1) -> CallRecord:
    """A whole call of a bot against the engine, as the record that a session would leave."""
    conduct, pace = TRAINEES[bot]
    return conduct(Practice(vary(scenario, seed), seed=seed, pace=pace))
