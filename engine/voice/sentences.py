"""Where sentences end: what may be shown of a text that is still being written."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)|\n+")
"""The blank behind it counts: without it a number or a code may still go on."""


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, without the blanks between them."""
    ends = [match.end() for match in _END.finditer(text)]
    starts = [0, *ends]
    pieces = (text[start:end].strip() for start, end in zip(starts, [*ends, len(text)], strict=True))
    return [piece for piece in pieces if piece]


def whole_sentences(text: str) -> str:
    """As much of a growing text as ends with a sentence; empty while the first one goes on."""
    ends = [match.end() for match in _END.finditer(text)]
    return text[: ends[-1]].rstrip() if ends else ""
