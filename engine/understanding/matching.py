"""Which of an author's items a sentence means: a fact that is asked for, an action that is instructed.

An author gives a few example wordings. A sentence is held against each item by several signs: what both talk
*about* (content words, brought to a stem, widened by the trade's synonyms, weighted by how telling they are among
this scenario's items), letters, for typos, how it asks (who, when, how many), and what the reading of acts makes
of it and of the wordings. A linear model, fitted on wordings left out of their items, weighs the signs
(`matching_fit.py`). Frame words ("could you please", "have you") count for little, because every question shares
them; a negation or an opposite ("plug in" for "unplug") rules out.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.understanding.analysis import tokens
from engine.understanding.store import load_understanding
from engine.understanding.synonyms import FRAME_WORDS, OPPOSITES, PARTED, PHRASES, meaning_of
from engine.understanding.vectors import load_vectors
from engine.understanding.vocabulary import Floats

MATCH = 0.5
"""A score from which a sentence means an item."""

SIGNS = (
    "content_lead",
    "recall",
    "pool",
    "letters",
    "asks_alike",
    "acts_best",
    "acts_mean",
    "acts_lead",
    "about_lead",
)
"""What is measured of a sentence and an item, each between -1 and 1; a lead is over the best other item."""

_WEIGHTS = np.array([1.35, 0.99, 2.78, 0.38, 0.66, 6.11, 2.78, 4.87, 6.46], dtype=np.float32)
_BIAS = -9.46
"""Fitted by `tests/engine/understanding/matching_fit.py`; the bias sets how many strangers' sentences match."""

_FRAME_WEIGHT = 0.08
_UNKNOWN_WEIGHT = 0.75
_LEAST_SHARED = 0.4
"""The share of a sentence that an item's wordings must name between them, however well all else agrees."""
_MOSTLY_ELSE = 0.35
"""Below this share of known content a sentence is mostly about something else, and less of a match."""

_LEAST_CHANCE = 0.0025
"""Acts less likely than this are all as unlikely."""

_WAYS_OF_ASKING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bhow (?:many|much|often)\b",
        r"\b(?:when|how (?:long|old)|since when|what time|(?:what|which) day)\b",
        r"\bwho(?:se|m)?\b",
        r"\bwhere\b",
        r"\bwhy\b",
        r"\bwhich\b",
        r"\bwhat",
        r"\bhow\b",
        r"^(?:\W*(?:so|and|ok|now)\W+)*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|any|may|might)\b",
    )
)
"""The first that is found tells how a sentence asks; the last is a question for yes or no."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A wording as meanings and as character n-grams.

    `alone` are its meanings whose opposite it does not name as well, `against` those opposites. `asks` is its way
    of asking; `acts` is what the model of acts makes of it, `about` is the direction of its words,
    each of length 1.
    """

    meanings: frozenset[str]
    grams: frozenset[str]
    alone: frozenset[str]
    against: frozenset[str]
    asks: int
    acts: Floats
    about: Floats


class Matcher:
    """Matches sentences against items; built once per scenario, immutable afterwards."""

    def __init__(self, examples: Mapping[str, Sequence[str]], ease: float = 0.0) -> None:
        """`examples` maps an item's id to its example wordings; an item without any never matches.

        `ease` raises all scores (in log odds): to be asked too readily costs less than to act too readily.
        """
        self._bias = _BIAS + ease
        phrased = {item: [_phrase(text) for text in texts] for item, texts in examples.items()}
        worded = {item: [p for p in phrases if p.meanings] for item, phrases in phrased.items()}
        worded = {item: phrases for item, phrases in worded.items() if phrases}
        self._items = list(worded)
        self._examples = [phrase for phrases in worded.values() for phrase in phrases]
        self._counts = np.array([len(phrases) for phrases in worded.values()], dtype=np.int64)
        self._starts = np.cumsum(self._counts) - self._counts
        self._weights = _weights(worded, len(examples))
        self._columns = {meaning: column for column, meaning in enumerate(self._weights)}
        self._named = np.zeros((len(self._examples), len(self._columns)), dtype=np.float32)
        for row, phrase in enumerate(self._examples):
            self._named[row, [self._columns[meaning] for meaning in phrase.meanings]] = 1.0
        self._wanted = self._named @ np.array(list(self._weights.values()), dtype=np.float32)
        if self._examples:
            self._named_by_item = np.maximum.reduceat(self._named, self._starts)
            self._asks = np.array([phrase.asks for phrase in self._examples])
            self._acts = np.stack([phrase.acts for phrase in self._examples])
            self._about = np.stack(
                [_unit(np.mean([phrase.about for phrase in phrases], axis=0)) for phrases in worded.values()]
            )

    def best(self, sentence_text: str, allowed: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Items with their scores (0-1), best first; `allowed` limits the items. From 0.5 on it is a match."""
        said = _phrase(sentence_text)
        if not self._items or not said.meanings:
            return []
        scores = self._scores(said)
        found = ((item, float(score)) for item, score in zip(self._items, scores, strict=True) if score > 0.0)
        return sorted(
            ((item, score) for item, score in found if allowed is None or item in allowed),
            key=lambda pair: (-pair[1], pair[0]),
        )

    def _scores(self, said: _Phrase) -> Floats:
        signs, possible = self._signs(said)
        scores = 1.0 / (1.0 + np.exp(-(signs @ _WEIGHTS + self._bias)))
        scores = np.where(possible, np.minimum(scores, 0.99), 0.0)
        own = np.array([said.meanings == example.meanings for example in self._examples], dtype=np.float32)
        return np.asarray(np.where(self._most(own) > 0.0, 1.0, scores))

    def _signs(self, said: _Phrase) -> tuple[Floats, NDArray[np.bool_]]:
        """The signs of each item, shape (items, signs), and which items the sentence can mean at all."""
        mass = np.zeros(len(self._columns), dtype=np.float32)
        telling = np.zeros(len(self._columns), dtype=np.float32)
        content = said.meanings - FRAME_WORDS or said.meanings
        for meaning in said.meanings & self._columns.keys():
            mass[self._columns[meaning]] = self._weights[meaning]
            telling[self._columns[meaning]] = meaning in content
        given = sum(self._weight(meaning) for meaning in said.meanings)
        shared = self._named @ mass
        recall, precision = shared / self._wanted, shared / given
        near = self._named @ telling > 0
        likeness = (0.72 * recall + 0.28 * precision) * np.minimum(1.0, 0.5 + precision / (2 * _MOSTLY_ELSE))
        pairs = zip(self._examples, near, strict=True)
        letters = np.array([_letters(said, example) if alike else 0.0 for example, alike in pairs])
        likeness = np.where(near, 0.8 * likeness + 0.2 * letters, 0.0)
        opposed = np.array([bool(said.against & example.alone) for example in self._examples])
        likest = self._most(likeness)
        likeness = np.where(opposed, 0.0, likeness)
        best = self._most(likeness)
        pool = self._named_by_item @ mass / given
        acts = self._acts @ said.acts
        acts_mean = self._mean(acts)
        signs = (
            _lead(best),
            self._most(recall),
            pool,
            self._most(letters),
            self._mean(self._asks == said.asks),
            self._most(acts),
            acts_mean,
            _lead(acts_mean),
            _lead(self._about @ said.about),
        )
        possible = (pool >= _LEAST_SHARED) & (likest > 0.0) & (best >= likest)
        return np.stack(signs, axis=1), np.asarray(possible, dtype=np.bool_)

    def _most(self, values: Floats) -> Floats:
        """The highest value among the wordings of each item."""
        return np.asarray(np.maximum.reduceat(values, self._starts))

    def _mean(self, values: NDArray[np.generic]) -> Floats:
        return np.asarray(np.add.reduceat(values.astype(np.float32), self._starts) / self._counts)

    def _weight(self, meaning: str) -> float:
        return self._weights.get(meaning, _FRAME_WEIGHT if meaning in FRAME_WORDS else _UNKNOWN_WEIGHT)


def meanings(text: str) -> list[str]:
    """Content of a sentence: phrases of the trade and words, each brought to the name of its meaning."""
    joined = f" {' '.join(word.replace('wi-fi', 'wifi') for word in tokens(text))} "
    for parted, whole in PARTED:
        joined = parted.sub(whole, joined)
    for phrase, meaning in PHRASES:
        joined = joined.replace(f" {phrase} ", f" {meaning} ")
    return [meaning_of(word) for word in joined.split() if word != "?"]


@lru_cache(maxsize=8192)
def _phrase(text: str) -> _Phrase:
    # Remembered, because one sentence is held against several sets of items, and the same wordings come back
    # with each session of a scenario.
    said = meanings(text)
    content = "_".join(word for word in said if word not in FRAME_WORDS)
    words = frozenset(said)
    grams = frozenset(content[i : i + 4] for i in range(max(0, len(content) - 3)))
    pairs = [
        pair for a, b in OPPOSITES for pair in ((a, b), (b, a)) if pair[0] in words and pair[1] not in words
    ]
    chances = load_understanding().probabilities(text)
    odds = np.asarray(np.log(chances + _LEAST_CHANCE) - math.log(_LEAST_CHANCE), dtype=np.float32)
    return _Phrase(
        meanings=words,
        grams=grams,
        alone=frozenset(a for a, _ in pairs),
        against=frozenset(b for _, b in pairs),
        asks=_way_of_asking(text),
        acts=_unit(odds),
        about=load_vectors().of_sentence(text),
    )


def _letters(said: _Phrase, example: _Phrase) -> float:
    """The share of character n-grams in common: a word with a slip of the pen still has most of its own."""
    return 2 * len(said.grams & example.grams) / max(1, len(said.grams) + len(example.grams))


def _way_of_asking(text: str) -> int:
    found = (number for number, pattern in enumerate(_WAYS_OF_ASKING) if pattern.search(text))
    return next(found, len(_WAYS_OF_ASKING))


def _unit(values: Floats) -> Floats:
    return np.asarray(values / max(float(np.linalg.norm(values)), 1e-9), dtype=np.float32)


def _lead(values: Floats) -> Floats:
    """By how much each value is above the best of the others (below, for all but the first).

    The only item leads nobody.
    """
    if len(values) < 2:
        return np.zeros_like(values)
    second, first = np.partition(values, -2)[-2:]
    leads = values - first
    leads[int(np.argmax(values))] = first - second
    return np.asarray(leads)


def _weights(phrases: Mapping[str, Sequence[_Phrase]], total: int) -> dict[str, float]:
    """How telling each meaning is: high where few items use it, small for frame words."""
    seen = Counter(m for texts in phrases.values() for m in frozenset().union(*(t.meanings for t in texts)))
    scale = math.log(1.0 + max(total, 1)) or 1.0
    return {
        meaning: _FRAME_WEIGHT
        if meaning in FRAME_WORDS
        else 0.55 + 0.45 * math.log(1.0 + max(total, 1) / count) / scale
        for meaning, count in sorted(seen.items())
    }
