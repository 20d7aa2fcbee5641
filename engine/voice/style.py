"""How a person writes: small habits laid over a finished text, and how fast they type."""

from __future__ import annotations

import re

from engine.definition import Style
from engine.state import CallState

READING_MS = 700
"""Before anybody starts to type."""
LONGEST_TYPING_MS = 9_000
"""People who type slowly are shown typing no longer than this: a practice call is not a waiting room."""
TYPING_SHARE = 0.35
"""Part of the real typing time that is shown."""


def styled(text: str, style: Style, state: CallState) -> str:
    """The text with the person's quirks. Values that must be read exactly (codes, tags, names) keep their case."""
    if "no_apostrophes" in style.quirks:
        text = re.sub(r"(?<=[a-z])['’](?=(?:t|s|re|m|ve|ll|d)\b)", "", text)
    if "lower_case" in style.quirks:
        text = re.sub(r"\b[A-Z][a-z]+\b|\bI\b|\bA\b", _lowered_start, text)
    if "ellipses" in style.quirks:
        text = re.sub(r"(?<=[a-z])\. (?=[A-Za-z])", "... ", text, count=1)
    if "exclamation" in style.quirks and state.mood.warmth < 0.4:
        text = re.sub(r"(?<=[a-z])\.$", "!", text)
    return text


def _lowered_start(match: re.Match[str]) -> str:
    """Lower only the first word of a sentence: elsewhere a capital marks a name."""
    before = match.string[: match.start()].rstrip()
    starts = not before or before[-1] in ".!?…"
    return match.group().lower() if starts or match.group() == "I" else match.group()


def typing_time(text: str, style: Style) -> int:
    """Milliseconds for which the customer is shown typing this text."""
    words = max(1, len(text) / 5)
    real = words * 60_000 / style.typing_speed
    return int(min(LONGEST_TYPING_MS, READING_MS + TYPING_SHARE * real))
