"""A labelled wording, and its line in a data file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from engine.understanding.acts import Act


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as a trainee may write it, and what it does."""

    text: str
    acts: frozenset[Act]


def parse_wordings(lines: str, source: str) -> Iterator[Wording]:
    """Read JSON lines `{"text", "acts"}`; a ValueError names `source` and the line."""
    for number, line in enumerate(lines.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield Wording(str(row["text"]), frozenset(Act(act) for act in row["acts"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{source}, line {number}: {error}") from error
