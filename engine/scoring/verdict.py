"""What a check finds: a result, its points, and a sentence that the trainee can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.scorecard import Evidence, Result

HALF = 0.5
"""What `partly` is worth where no share can be counted."""

MOST_EVIDENCE = 6
"""More quotations than this tell a reader nothing new."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`points` from 0 to 1; 0 where nothing could be assessed."""

    result: Result
    points: float
    reason: str
    evidence: tuple[Evidence, ...] = ()


def met(reason: str, evidence: Iterable[Evidence] = ()) -> Verdict:
    return Verdict("met", 1.0, reason, tuple(evidence)[:MOST_EVIDENCE])


def partly(reason: str, evidence: Iterable[Evidence] = (), *, points: float = HALF) -> Verdict:
    return Verdict("partly", points, reason, tuple(evidence)[:MOST_EVIDENCE])


def missed(reason: str, evidence: Iterable[Evidence] = ()) -> Verdict:
    return Verdict("missed", 0.0, reason, tuple(evidence)[:MOST_EVIDENCE])


def cannot_assess(reason: str) -> Verdict:
    return Verdict("cannot_assess", 0.0, reason)
