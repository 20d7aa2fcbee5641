"""The trained model: probabilities of the acts of one sentence, with numpy alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.understanding.acts import Act
from engine.understanding.vocabulary import Floats, Vocabulary

ACTS: tuple[Act, ...] = tuple(Act)
MOST_ACTS = 3
"""A sentence does at most so many things."""

Masks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """What training leaves behind; the arrays are indexed by act in the order of `ACTS`.

    `matrix` is (features, acts); a score is turned into a probability by `1 / (1 + exp(-(slope * score +
    offset)))`; `threshold` is the probability from which an act counts.
    """

    vocabulary: Vocabulary
    matrix: Floats
    bias: Floats
    slope: Floats
    offset: Floats
    threshold: Floats


class Understanding:
    """A linear model over words and characters. Immutable; safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    @property
    def feature_count(self) -> int:
        """Number of features known."""
        return len(self._weights.vocabulary)

    def probabilities(self, text: str) -> Floats:
        """Calibrated probability of each act of `ACTS` for one sentence, shape (48,)."""
        known = self._weights
        indices, values = known.vocabulary.vector(text)
        scores = values @ known.matrix[indices] + known.bias
        return np.asarray(1.0 / (1.0 + np.exp(-(known.slope * scores + known.offset))), dtype=np.float32)

    def choose(self, probabilities: Floats, floor: float = 0.0) -> list[tuple[Act, float]]:
        """The acts whose probability reaches their threshold, the likeliest first; `floor` raises all thresholds."""
        return choose_acts(probabilities, np.maximum(self._weights.threshold, floor))


def choose_acts(probabilities: Floats, threshold: Floats) -> list[tuple[Act, float]]:
    """Up to `MOST_ACTS` acts at or above their threshold; `other` only where nothing else is."""
    order = np.argsort(-probabilities, kind="stable")
    chosen = [(ACTS[i], float(probabilities[i])) for i in order if probabilities[i] >= threshold[i]]
    if len(chosen) > 1:
        chosen = [(act, p) for act, p in chosen if act is not Act.OTHER]
    return chosen[:MOST_ACTS]
