"""The features that the model knows, and a sentence as a sparse vector over them."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.understanding.analysis import character_features, word_features

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

RARE = 2
"""A feature seen in fewer training sentences than this is not kept: it could only be learnt by heart."""


class Vocabulary:
    """Feature names in two blocks, words first, then characters, each with its inverse document frequency."""

    def __init__(self, words: Sequence[str], characters: Sequence[str], idf: Floats) -> None:
        self.words = list(words)
        self.characters = list(characters)
        self.idf = idf
        self._word_index = {name: i for i, name in enumerate(self.words)}
        self._character_index = {name: i + len(self.words) for i, name in enumerate(self.characters)}

    def __len__(self) -> int:
        return len(self.words) + len(self.characters)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Collect the features of training texts, in a stable order."""
        word_documents: Counter[str] = Counter()
        character_documents: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            word_documents.update(word_features(text).keys())
            character_documents.update(character_features(text).keys())
        words = sorted(name for name, seen in word_documents.items() if seen >= RARE)
        characters = sorted(name for name, seen in character_documents.items() if seen >= RARE)
        seen = [word_documents[n] for n in words] + [character_documents[n] for n in characters]
        idf = (np.log((1.0 + total) / (1.0 + np.array(seen, dtype=np.float64))) + 1.0).astype(np.float32)
        return cls(words, characters, idf)

    def vector(self, text: str) -> tuple[Indices, Floats]:
        """Positions and values of the known features; each block has length 1 (or 0 when all is unknown)."""
        blocks = [
            self._block(word_features(text), self._word_index),
            self._block(character_features(text), self._character_index),
        ]
        indices = np.concatenate([b[0] for b in blocks])
        values = np.concatenate([b[1] for b in blocks])
        return indices, values

    def _block(self, counts: Counter[str], index: dict[str, int]) -> tuple[Indices, Floats]:
        known = [(index[name], count) for name, count in counts.items() if name in index]
        if not known:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        indices = np.array([i for i, _ in known], dtype=np.int32)
        values = (1.0 + np.log(np.array([c for _, c in known], dtype=np.float32))) * self.idf[indices]
        return indices, (values / np.linalg.norm(values)).astype(np.float32)
