"""What is wrong with a scenario, in a form that a terminal, a form and an API can all show."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which source (a file, or empty), on which line, in which field, what."""

    message: str
    field: str = ""
    line: int | None = None
    source: str = ""

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.source and self.line else self.source
        return ": ".join(part for part in (place, self.field, self.message) if part)


class ScenarioError(Exception):
    """A scenario that cannot be accepted; nothing was stored. `faults` says all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
