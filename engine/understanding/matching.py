"""Which of an author's items a sentence means: a fact that is asked for, an action that is instructed.

An author gives a few example wordings. A sentence matches an item by what both talk *about*: content words,
brought to a stem, widened by the trade's synonyms, weighted by how telling they are among this scenario's
items, with character n-grams for typos. Frame words ("could you please", "have you") count for little,
because every question shares them; a negation or an opposite ("plug in" for "unplug") counts against.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.understanding.analysis import tokens
from engine.understanding.synonyms import FRAME_WORDS, OPPOSITES, PHRASES, meaning_of

MATCH = 0.5
"""A score from which a sentence means an item."""

_FRAME_WEIGHT = 0.08
_UNKNOWN_WEIGHT = 0.75


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A wording as weighted meanings and as character n-grams."""

    meanings: frozenset[str]
    grams: frozenset[str]


class Matcher:
    """Matches sentences against items; built once per scenario, immutable afterwards."""

    def __init__(self, examples: Mapping[str, Sequence[str]]) -> None:
        """`examples` maps an item's id to its example wordings; an item without any never matches."""
        self._phrases = {item: tuple(_phrase(text) for text in texts) for item, texts in examples.items()}
        self._weights = _weights(self._phrases)

    def best(self, sentence_text: str, allowed: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Items with their scores (0-1), best first; `allowed` limits the items. From 0.5 on it is a match."""
        said = _phrase(sentence_text)
        if not said.meanings:
            return []
        scored = [
            (item, max(self._score(said, phrase) for phrase in phrases))
            for item, phrases in self._phrases.items()
            if phrases and (allowed is None or item in allowed)
        ]
        return sorted(((i, s) for i, s in scored if s > 0.0), key=lambda pair: (-pair[1], pair[0]))

    def _score(self, said: _Phrase, example: _Phrase) -> float:
        if said.meanings == example.meanings:
            return 1.0
        if _opposed(said.meanings, example.meanings):
            return 0.0
        shared = self._mass(said.meanings & example.meanings)
        wanted, given = self._mass(example.meanings), self._mass(said.meanings)
        if not wanted or not given:
            return 0.0
        recall, precision = shared / wanted, shared / given
        content = (0.72 * recall + 0.28 * precision) if shared else 0.0
        letters = 2 * len(said.grams & example.grams) / max(1, len(said.grams) + len(example.grams))
        return min(1.0, _calibrated(0.8 * content + 0.2 * letters))

    def _mass(self, meanings: Collection[str]) -> float:
        return sum(self._weights.get(m, _FRAME_WEIGHT if m in FRAME_WORDS else _UNKNOWN_WEIGHT) for m in meanings)


def meanings(text: str) -> list[str]:
    """Content of a sentence: phrases of the trade and words, each brought to the name of its meaning."""
    joined = f" {' '.join(word.replace('wi-fi', 'wifi') for word in tokens(text))} "
    for phrase, meaning in PHRASES:
        joined = joined.replace(f" {phrase} ", f" {meaning} ")
    return [meaning_of(word) for word in joined.split() if word != "?"]


def _phrase(text: str) -> _Phrase:
    said = meanings(text)
    content = "_".join(word for word in said if word not in FRAME_WORDS)
    return _Phrase(frozenset(said), frozenset(content[i : i + 4] for i in range(max(0, len(content) - 3))))


def _weights(phrases: Mapping[str, Sequence[_Phrase]]) -> dict[str, float]:
    """How telling each meaning is: high where few items use it, small for frame words."""
    seen = Counter(m for texts in phrases.values() for m in frozenset().union(*(t.meanings for t in texts)))
    total = max(len(phrases), 1)
    scale = math.log(1.0 + total) or 1.0
    return {
        meaning: _FRAME_WEIGHT if meaning in FRAME_WORDS else 0.55 + 0.45 * math.log(1.0 + total / count) / scale
        for meaning, count in seen.items()
    }


def _opposed(said: frozenset[str], example: frozenset[str]) -> bool:
    return any(
        (a in said and b in example and b not in said and a not in example)
        or (b in said and a in example and a not in said and b not in example)
        for a, b in OPPOSITES
    )


def _calibrated(raw: float) -> float:
    """Stretch raw likeness so that 0.5 is where matches begin and chance likeness stays under 0.3."""
    if raw < 0.3:
        return raw * 0.6
    return 0.18 + (raw - 0.3) * 1.35
