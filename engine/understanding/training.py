"""Training: labelled wordings to weights. The only module that imports scikit-learn.

One linear support vector machine for each act, one against the rest. Scores become probabilities by a
logistic curve, and each act gets its own threshold; both are fitted on sentences of a writer whom the
scoring model has not read, because only that tells how it will fare with a stranger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from engine.understanding.acts import Act
from engine.understanding.model import ACTS, Masks, Weights
from engine.understanding.vocabulary import Floats, Vocabulary
from engine.understanding.wordings import Wording

REGULARISATION = 0.6
"""C of the support vector machine."""

PRIOR_WEIGHT = 2.0
"""How many imagined average sentences steady the threshold of an act with few examples."""

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Linear:
    vocabulary: Vocabulary
    matrix: Scores
    bias: Scores

    def scores(self, wordings: Sequence[Wording]) -> Scores:
        return np.asarray(design(self.vocabulary, wordings) @ self.matrix + self.bias)


def train(writers: Mapping[str, Sequence[Wording]]) -> Weights:
    """Fit the model on all writers; `writers` maps a writer's name to their wordings."""
    everything = [wording for name in sorted(writers) for wording in writers[name]]
    slope, offset, threshold = _calibrate(writers)
    linear = _fit(everything)
    return Weights(
        vocabulary=linear.vocabulary,
        matrix=linear.matrix.astype(np.float32),
        bias=linear.bias.astype(np.float32),
        slope=slope,
        offset=offset,
        threshold=threshold,
    )


def design(vocabulary: Vocabulary, wordings: Sequence[Wording]) -> csr_matrix:
    """The sentences as rows of a sparse matrix (wordings, features)."""
    rows = [vocabulary.vector(wording.text) for wording in wordings]
    ends = np.cumsum([0, *(len(indices) for indices, _ in rows)])
    values = np.concatenate([v for _, v in rows])
    indices = np.concatenate([i for i, _ in rows])
    return csr_matrix((values, indices, ends), shape=(len(rows), len(vocabulary)))


def labels(wordings: Sequence[Wording]) -> Masks:
    """The acts as a table (wordings, acts) of yes and no."""
    return np.array([[act in wording.acts for act in ACTS] for wording in wordings], dtype=np.bool_)


def _fit(wordings: Sequence[Wording]) -> _Linear:
    enlarged = [*wordings, *joined(wordings)]
    vocabulary = Vocabulary.of(wording.text for wording in wordings)
    rows, truth = design(vocabulary, enlarged), labels(enlarged)
    matrix = np.zeros((len(vocabulary), len(ACTS)))
    bias = np.zeros(len(ACTS))
    for column in range(len(ACTS)):
        if not truth[:, column].any():
            bias[column] = -1.0
            continue
        machine = LinearSVC(C=REGULARISATION, random_state=0).fit(rows, truth[:, column])
        matrix[:, column] = machine.coef_[0]
        bias[column] = machine.intercept_[0]
    return _Linear(vocabulary, matrix, bias)


def joined(wordings: Sequence[Wording], share: float = 0.25) -> list[Wording]:
    """Pairs of single-act sentences run together as people type them, so that a sentence with two acts is known."""
    chance = Random(20417)
    single = [w for w in wordings if len(w.acts) == 1 and Act.OTHER not in w.acts and len(w.text) < 90]
    pairs = []
    for _ in range(int(len(single) * share)):
        first, second = chance.sample(single, 2)
        glue = chance.choice([", ", " ", " and ", ", and ", " - ", " so "])
        pairs.append(Wording(first.text.rstrip(" .!?") + glue + second.text, first.acts | second.acts))
    return pairs


def unseen_scores(writers: Mapping[str, Sequence[Wording]]) -> tuple[Scores, Masks]:
    """Scores of every wording by a model that has not read its writer, and the truth, both (wordings, acts)."""
    folds = list(writers.values()) if len(writers) > 1 else _thirds(next(iter(writers.values())))
    scores, truth = [], []
    for held_out in range(len(folds)):
        read = [w for i, fold in enumerate(folds) if i != held_out for w in fold]
        scores.append(_fit(read).scores(folds[held_out]))
        truth.append(labels(folds[held_out]))
    return np.vstack(scores), np.vstack(truth)


def _thirds(wordings: Sequence[Wording]) -> list[Sequence[Wording]]:
    return [wordings[start::3] for start in range(3)]


def _calibrate(writers: Mapping[str, Sequence[Wording]]) -> tuple[Floats, Floats, Floats]:
    scores, truth = unseen_scores(writers)
    slope, offset = np.ones(len(ACTS)), np.zeros(len(ACTS))
    common = _logistic(scores.ravel(), truth.ravel())
    for column in range(len(ACTS)):
        slope[column], offset[column] = _logistic(scores[:, column], truth[:, column], common)
    probabilities = 1.0 / (1.0 + np.exp(-(scores * slope + offset)))
    threshold = np.array([_best_threshold(probabilities[:, c], truth[:, c]) for c in range(len(ACTS))])
    return slope.astype(np.float32), offset.astype(np.float32), threshold.astype(np.float32)


def _logistic(scores: Scores, truth: Masks, prior: tuple[float, float] | None = None) -> tuple[float, float]:
    """Slope and offset of a logistic curve by Newton's method, drawn towards `prior` (Platt 1999)."""
    centre = np.array(prior if prior is not None else (3.0, 0.5))
    ridge = np.eye(2) * (PRIOR_WEIGHT if prior is not None else 1e-3)
    inputs = np.column_stack([scores, np.ones_like(scores)])
    curve = centre.copy()
    for _ in range(30):
        probability = 1.0 / (1.0 + np.exp(-np.clip(inputs @ curve, -30, 30)))
        gradient = inputs.T @ (probability - truth) + ridge @ (curve - centre)
        hessian = (inputs * (probability * (1 - probability))[:, None]).T @ inputs + ridge + np.eye(2) * 1e-6
        step = np.linalg.solve(hessian, gradient)
        curve = curve - step
        if np.abs(step).max() < 1e-6:
            break
    return float(max(curve[0], 0.5)), float(curve[1])


def _best_threshold(probability: Scores, truth: Masks) -> float:
    """The threshold with the best F1, steadied by imagined sentences, between 0.25 and 0.6."""
    best, best_value = 0.4, -1.0
    for candidate in np.arange(0.25, 0.601, 0.025):
        chosen = probability >= candidate
        right = float((chosen & truth).sum())
        value = (2 * right + PRIOR_WEIGHT) / (float(chosen.sum()) + float(truth.sum()) + 2 * PRIOR_WEIGHT)
        value -= 0.02 * abs(float(candidate) - 0.4)
        if value > best_value:
            best, best_value = float(candidate), value
    return best
