"""A labelled wording, and its line in a data file."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.understanding.acts import Act
from engine.understanding.splitting import split_sentences

Acts = frozenset[Act]


@dataclass(frozen=True, slots=True)
class Wording:
    """A message as a trainee may write it, and what it does; `parts` are the acts of each of its sentences, if told."""

    text: str
    acts: Acts
    parts: tuple[Acts, ...] = ()


def parse_wordings(lines: str, source: str) -> Iterator[Wording]:
    """Read JSON lines `{"text", "acts"}` and perhaps `"parts"`; a ValueError names `source` and the line."""
    for number, line in enumerate(lines.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            parts = tuple(_acts(part) for part in row.get("parts", ()))
            yield Wording(str(row["text"]), _acts(row["acts"]), parts)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{source}, line {number}: {error}") from error


def sentences(wordings: Iterable[Wording]) -> Iterator[Wording]:
    """Each sentence by itself, as the reader meets it; a message whose sentences are not told apart stays whole."""
    for wording in wordings:
        spans = split_sentences(wording.text) if wording.parts else []
        if len(spans) < 2 or len(spans) != len(wording.parts):
            yield wording
            continue
        for span, acts in zip(spans, wording.parts, strict=True):
            yield Wording(wording.text[span.start : span.end], acts)


def _acts(names: Iterable[Any]) -> Acts:
    return frozenset(Act(name) for name in names)
