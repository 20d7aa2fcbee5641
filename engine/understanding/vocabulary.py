"""The features that the model knows, and a sentence as a sparse vector over them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.understanding.analysis import character_features, word_features

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]


Describe = Callable[[str], Counter[str]]
"""Names and counts of the features of a sentence."""


@dataclass(frozen=True, slots=True)
class Features:
    """The two ways in which a sentence is described."""

    words: Describe = word_features
    characters: Describe = character_features


FEATURES = Features()


class Vocabulary:
    """Feature names in two blocks, words first, then characters, each with its inverse document frequency."""

    def __init__(
        self, words: Sequence[str], characters: Sequence[str], idf: Floats, features: Features = FEATURES
    ) -> None:
        self._features = features
        self.words = list(words)
        self.characters = list(characters)
        self.idf = idf
        self._word_index = {name: i for i, name in enumerate(self.words)}
        self._character_index = {name: i + len(self.words) for i, name in enumerate(self.characters)}

    def __len__(self) -> int:
        return len(self.words) + len(self.characters)

    def vector(self, text: str) -> tuple[Indices, Floats]:
        """Positions and values of the known features; each block has length 1 (or 0 when all is unknown)."""
        words = self._block(self._features.words(text), self._word_index)
        characters = self._block(self._features.characters(text), self._character_index)
        return np.concatenate([words[0], characters[0]]), np.concatenate([words[1], characters[1]])

    def _block(self, counts: Counter[str], index: dict[str, int]) -> tuple[Indices, Floats]:
        known = [(index[name], count) for name, count in counts.items() if name in index]
        if not known:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        indices = np.array([i for i, _ in known], dtype=np.int32)
        values = (1.0 + np.log(np.array([c for _, c in known], dtype=np.float32))) * self.idf[indices]
        return indices, (values / np.linalg.norm(values)).astype(np.float32)
