"""Quotations and where they stand: anchors, and texts cut into the pieces that are marked."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from sessions_app.debrief.model import Piece

type Span = tuple[int, int]
"""Offsets into a text: `text[start:end]`."""


def anchor_of(evidence: dict[str, Any]) -> str:
    """Name the place that a piece of evidence cites; the same words always have the same name."""
    match evidence["kind"]:
        case "message":
            return f"said-{evidence['seq']}-{evidence['start']}-{evidence['end']}"
        case "note":
            return note_anchor(evidence["start"], evidence["end"])
    return moment_anchor(evidence["seq"])


def note_anchor(start: int, end: int) -> str:
    return f"note-{start}-{end}"


def moment_anchor(seq: int) -> str:
    return f"moment-{seq}"


def cut(text: str, spans: Iterable[Span], *, prefix: str) -> tuple[Piece, ...]:
    """Cut a text where a span begins or ends; the pieces put together are the text.

    An anchor is `{prefix}-{start}-{end}` and belongs to the piece with which its span begins.
    """
    held = sorted({span for span in spans if 0 <= span[0] < span[1] <= len(text)})
    borders = sorted({0, len(text), *(border for span in held for border in span)})
    return tuple(
        Piece(
            text=text[start:end],
            start=start,
            end=end,
            marked=any(span[0] <= start and end <= span[1] for span in held),
            anchors=tuple(f"{prefix}-{span[0]}-{span[1]}" for span in held if span[0] == start),
        )
        for start, end in pairwise(borders)
    )
