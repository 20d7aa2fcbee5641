"""The score card: what a session was worth and the evidence for every point."""

from __future__ import annotations

from typing import Literal

from engine.parts import Part, Verbatim
from engine.vocabulary import Dimension

Result = Literal["met", "partly", "missed", "cannot_assess"]


class Evidence(Verbatim):
    """Where a point comes from: a message and the exact span of it, an event, or the note.

    `quote` is the text itself: for a message it equals `message.text[start:end]`.
    """

    kind: Literal["message", "event", "note"]
    id: str = ""
    seq: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


class CriterionScore(Part):
    """One criterion's result. `points` from 0 to 1; `reason` in a sentence that the trainee can read."""

    criterion: str
    dimension: Dimension
    wording: str
    why: str
    better: str | None
    weight: int
    fatal: bool
    result: Result
    points: float
    reason: str
    evidence: tuple[Evidence, ...] = ()


class DimensionScore(Part):
    """`score` 0–100 with two decimals, None where nothing of it could be assessed."""

    dimension: Dimension
    weight: int
    score: float | None


class ScoreCard(Part):
    """`overall` 0–100 with two decimals. `fatal` lists the fatal criteria that were missed: they cap `overall`."""

    engine_version: str
    criteria: tuple[CriterionScore, ...]
    dimensions: tuple[DimensionScore, ...]
    overall: float
    uncapped: float
    fatal: tuple[str, ...]
    passed: bool
    satisfaction: int
    """1–5, from the end state and the mood."""
    valid: bool
    void_reasons: tuple[str, ...] = ()
