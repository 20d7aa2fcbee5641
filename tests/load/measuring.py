"""Times of floors and subjects, taken in turns, and what they come to."""

import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

WARM_UP = 5
"""Calls before the first that counts: connections, caches, prepared statements."""


@dataclass(slots=True)
class Comparison:
    """What a subject took beside its floor, in milliseconds, block by block in turns A B A B.

    A percentile is the median of the blocks' percentiles, and a ratio the median of the blocks' ratios:
    whatever else the machine did for a while spoils one block and not the row.
    """

    name: str
    aim: float | None = None
    percentile: int = 50
    """The percentile that the aim is about."""
    queries: str = ""
    note: str = ""
    floors: list[list[float]] = field(default_factory=list)
    subjects: list[list[float]] = field(default_factory=list)

    def add(self, floor: list[float], subject: list[float]) -> None:
        """Add one block of each."""
        self.floors.append(floor)
        self.subjects.append(subject)

    def floor(self, percentile: int) -> float:
        return statistics.median(percentile_of(block, percentile) for block in self.floors)

    def subject(self, percentile: int) -> float:
        return statistics.median(percentile_of(block, percentile) for block in self.subjects)

    def ratio(self, percentile: int) -> float:
        pairs = zip(self.floors, self.subjects, strict=True)
        return statistics.median(
            percentile_of(subject, percentile) / percentile_of(floor, percentile) for floor, subject in pairs
        )

    @property
    def holds(self) -> bool | None:
        """Whether the aim is reached; None where there is none."""
        return None if self.aim is None else self.ratio(self.percentile) <= self.aim


def percentile_of(times: Sequence[float], percentile: int) -> float:
    """The smallest of the times that `percentile` percent of them do not exceed (nearest rank)."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(len(ordered) * percentile / 100) - 1)]


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def compare(
    comparison: Comparison,
    floor: Callable[[], object],
    subject: Callable[[], object],
    *,
    blocks: int,
    calls: int,
) -> Comparison:
    """Fill a comparison: `blocks` blocks of `calls` calls each, floor and subject call by call in turns."""
    for _ in range(WARM_UP):
        floor()
        subject()
    for _ in range(blocks):
        pairs = [(milliseconds(floor), milliseconds(subject)) for _ in range(calls)]
        comparison.add([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    return comparison


def joined(blocks: Iterable[Iterable[float]]) -> list[float]:
    """The times of several blocks as one."""
    return [one for block in blocks for one in block]
