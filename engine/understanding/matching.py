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
from functools import lru_cache

from engine.understanding.analysis import tokens
from engine.understanding.synonyms import FRAME_WORDS, OPPOSITES, PARTED, PHRASES, meaning_of

MATCH = 0.5
"""A score from which a sentence means an item."""

_FRAME_WEIGHT = 0.08
_UNKNOWN_WEIGHT = 0.75
_MOSTLY_ELSE = 0.35
"""Below this share of known content a sentence is mostly about something else, and less of a match."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A wording as meanings and as character n-grams.

    `alone` are its meanings whose opposite it does not name as well, `against` those opposites.
    """

    meanings: frozenset[str]
    grams: frozenset[str]
    alone: frozenset[str]
    against: frozenset[str]


class Matcher:
    """Matches sentences against items; built once per scenario, immutable afterwards."""

    def __init__(self, examples: Mapping[str, Sequence[str]]) -> None:
        """`examples` maps an item's id to its example wordings; an item without any never matches."""
        phrases = {item: [_phrase(text) for text in texts] for item, texts in examples.items()}
        self._weights = _weights(phrases)
        self._examples = [
            (item, phrase, self._mass(phrase.meanings)) for item, texts in phrases.items() for phrase in texts
        ]
        self._naming: dict[str, list[int]] = {}
        for number, (_, phrase, _) in enumerate(self._examples):
            for meaning in phrase.meanings:
                self._naming.setdefault(meaning, []).append(number)

    def best(self, sentence_text: str, allowed: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Items with their scores (0-1), best first; `allowed` limits the items. From 0.5 on it is a match."""
        said = _phrase(sentence_text)
        given = self._mass(said.meanings)
        scores: dict[str, float] = {}
        for number in self._that_share_content(said):
            item, example, wanted = self._examples[number]
            if allowed is None or item in allowed:
                scores[item] = max(scores.get(item, 0.0), self._score(said, given, example, wanted))
        return sorted(((i, s) for i, s in scores.items() if s > 0.0), key=lambda pair: (-pair[1], pair[0]))

    def _that_share_content(self, said: _Phrase) -> set[int]:
        """Examples worth scoring: without one meaning in common, likeness of letters alone never matches."""
        telling = said.meanings - FRAME_WORDS or said.meanings
        return {number for meaning in telling for number in self._naming.get(meaning, ())}

    def _score(self, said: _Phrase, given: float, example: _Phrase, wanted: float) -> float:
        if said.meanings == example.meanings:
            return 1.0
        if said.against & example.alone or not wanted or not given:
            return 0.0
        shared = self._mass(said.meanings & example.meanings)
        recall, precision = shared / wanted, shared / given
        content = (0.72 * recall + 0.28 * precision) * min(1.0, 0.5 + precision / (2 * _MOSTLY_ELSE))
        letters = 2 * len(said.grams & example.grams) / max(1, len(said.grams) + len(example.grams))
        return min(1.0, _calibrated(0.8 * content + 0.2 * letters))

    def _mass(self, meanings: Collection[str]) -> float:
        return sum(
            self._weights.get(m, _FRAME_WEIGHT if m in FRAME_WORDS else _UNKNOWN_WEIGHT) for m in meanings
        )


def meanings(text: str) -> list[str]:
    """Content of a sentence: phrases of the trade and words, each brought to the name of its meaning."""
    joined = f" {' '.join(word.replace('wi-fi', 'wifi') for word in tokens(text))} "
    for parted, whole in PARTED:
        joined = parted.sub(whole, joined)
    for phrase, meaning in PHRASES:
        joined = joined.replace(f" {phrase} ", f" {meaning} ")
    return [meaning_of(word) for word in joined.split() if word != "?"]


@lru_cache(maxsize=512)
def _phrase(text: str) -> _Phrase:
    # Remembered, because one sentence is held against several sets of items.
    said = meanings(text)
    content = "_".join(word for word in said if word not in FRAME_WORDS)
    words = frozenset(said)
    grams = frozenset(content[i : i + 4] for i in range(max(0, len(content) - 3)))
    pairs = [
        pair for a, b in OPPOSITES for pair in ((a, b), (b, a)) if pair[0] in words and pair[1] not in words
    ]
    return _Phrase(words, grams, frozenset(a for a, _ in pairs), frozenset(b for _, b in pairs))


def _weights(phrases: Mapping[str, Sequence[_Phrase]]) -> dict[str, float]:
    """How telling each meaning is: high where few items use it, small for frame words."""
    seen = Counter(m for texts in phrases.values() for m in frozenset().union(*(t.meanings for t in texts)))
    total = max(len(phrases), 1)
    scale = math.log(1.0 + total) or 1.0
    return {
        meaning: _FRAME_WEIGHT
        if meaning in FRAME_WORDS
        else 0.55 + 0.45 * math.log(1.0 + total / count) / scale
        for meaning, count in seen.items()
    }


def _calibrated(raw: float) -> float:
    """Stretch raw likeness so that 0.5 is where matches begin and chance likeness stays under 0.3."""
    if raw < 0.3:
        return raw * 0.6
    return 0.18 + (raw - 0.3) * 1.35
