"""The wordings as matrices: features are found once, and weighed anew for every part of the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack

from engine.understanding.acts import Act
from engine.understanding.model import ACTS, Masks
from engine.understanding.vocabulary import FEATURES, Describe, Features, Vocabulary
from engine.understanding.wordings import Wording

RARE = 2
"""A feature seen in fewer sentences than this is not kept: it could only be learnt by heart."""

JOINED_SHARE = 0.25
"""Pairs of sentences run together, for each single one."""


@dataclass(frozen=True, slots=True)
class _Block:
    names: list[str]
    counts: csr_matrix


class Corpus:
    """Wordings with their features counted; `weigh` makes a vocabulary and matrices of any part of them.

    The last `made` wordings are made from others; they are learnt from, but name no features of their own.
    """

    def __init__(self, wordings: Sequence[Wording], made: int = 0, features: Features = FEATURES) -> None:
        self._features = features
        self.truth = labels(wordings)
        self._written = len(wordings) - made
        texts = [wording.text for wording in wordings]
        self._words = _count(texts, features.words)
        self._characters = _count(texts, features.characters)

    def weigh(self, known: NDArray[np.intp]) -> tuple[Vocabulary, csr_matrix]:
        """Vocabulary of the rows `known`, and all wordings as rows over it (known and unknown alike)."""
        written = known[known < self._written]
        word_columns, word_idf, words = _weigh(self._words, written)
        character_columns, character_idf, characters = _weigh(self._characters, written)
        vocabulary = Vocabulary(
            [self._words.names[i] for i in word_columns],
            [self._characters.names[i] for i in character_columns],
            np.concatenate([word_idf, character_idf]).astype(np.float32),
            self._features,
        )
        return vocabulary, hstack([words, characters], format="csr")


def labels(wordings: Sequence[Wording]) -> Masks:
    """The acts as a table (wordings, acts) of yes and no."""
    return np.array([[act in wording.acts for act in ACTS] for wording in wordings], dtype=np.bool_)


def joined(wordings: Sequence[Wording]) -> list[Wording]:
    """Pairs of single-act sentences run together as people type them, so that a sentence with two acts is known."""
    chance = Random(20417)  # noqa: S311 (the same pairs every time)
    single = [w for w in wordings if len(w.acts) == 1 and Act.OTHER not in w.acts and len(w.text) < 90]
    pairs = []
    for _ in range(int(len(single) * JOINED_SHARE)):
        first, second = chance.sample(single, 2)
        glue = chance.choice([", ", " ", " and ", ", and ", " - ", " so "])
        pairs.append(Wording(first.text.rstrip(" .!?") + glue + second.text, first.acts | second.acts))
    return pairs


def _count(texts: Sequence[str], describe: Describe) -> _Block:
    index: dict[str, int] = {}
    columns: list[int] = []
    counts: list[int] = []
    ends = [0]
    for text in texts:
        for name, count in describe(text).items():
            columns.append(index.setdefault(name, len(index)))
            counts.append(count)
        ends.append(len(columns))
    matrix = csr_matrix((np.array(counts, dtype=np.float64), columns, ends), shape=(len(texts), len(index)))
    return _Block(list(index), matrix)


def _weigh(
    block: _Block, known: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.float64], csr_matrix]:
    seen = np.asarray((block.counts[known] > 0).sum(axis=0)).ravel()
    columns = np.flatnonzero(seen >= RARE)
    idf = np.log((1.0 + len(known)) / (1.0 + seen[columns])) + 1.0
    kept = block.counts[:, columns].tocsr()
    kept.data = 1.0 + np.log(kept.data)
    weighed = kept @ diags(idf)
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return columns, idf, (diags(1.0 / np.where(length > 0, length, 1.0)) @ weighed).tocsr()
