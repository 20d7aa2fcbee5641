"""Training: labelled wordings to weights. The only module that imports scikit-learn.

One linear support vector machine for each act, one against the rest. How its scores become probabilities,
and from which probability an act counts, is measured beforehand (see `calibration`): that takes a model
for every writer left out, too long for a first start.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from engine.understanding.calibration import Calibration
from engine.understanding.corpus import Corpus, joined, labels
from engine.understanding.model import ACTS, Masks, Weights
from engine.understanding.vocabulary import FEATURES, Features
from engine.understanding.wordings import Wording, sentences

REGULARISATION = 1.0
"""C of the support vector machine."""

TOLERANCE = 0.05
"""Where the solver stops; smaller ones cost time and change no reading."""

Scores = NDArray[np.float64]


def train(
    writers: Mapping[str, Sequence[Wording]], calibration: Calibration, features: Features = FEATURES
) -> Weights:
    """Fit the model on all writers; `writers` maps a writer's name to their wordings."""
    wordings = [wording for name in sorted(writers) for wording in sentences(writers[name])]
    pairs = joined(wordings)
    corpus = Corpus([*wordings, *pairs], made=len(pairs), features=features)
    everything = np.arange(len(corpus.truth))
    vocabulary, rows = corpus.weigh(everything)
    matrix, bias = fit(rows, corpus.truth)
    return Weights(
        vocabulary=vocabulary,
        matrix=matrix.astype(np.float32),
        bias=bias.astype(np.float32),
        slope=calibration.slope,
        offset=calibration.offset,
        threshold=calibration.threshold,
    )


def unseen_scores(
    writers: Mapping[str, Sequence[Wording]], features: Features = FEATURES, groups: int | None = None
) -> tuple[Scores, Masks]:
    """Scores of every sentence by a model that has not read its writer, and the truth, both (sentences, acts).

    With `groups`, so many groups of writers are left out in turn instead of each writer by themselves.
    """
    of_each = [list(sentences(writers[name])) for name in sorted(writers)]
    wordings = [wording for of_one in of_each for wording in of_one]
    parts = min(groups or len(of_each), len(of_each))
    owner = np.concatenate([np.full(len(of_one), i % parts) for i, of_one in enumerate(of_each)])
    pairs = [joined([w for w, o in zip(wordings, owner, strict=True) if o != i]) for i in range(parts)]
    scores = np.zeros((len(wordings), len(ACTS)))
    for i, extra in enumerate(pairs):
        corpus = Corpus([*wordings, *extra], made=len(extra), features=features)
        known = np.concatenate([np.flatnonzero(owner != i), np.arange(len(wordings), len(corpus.truth))])
        _, rows = corpus.weigh(known)
        matrix, bias = fit(rows[known], corpus.truth[known])
        scores[owner == i] = rows[np.flatnonzero(owner == i)] @ matrix + bias
    return scores, labels(wordings)


def fit(rows: csr_matrix, truth: Masks) -> tuple[Scores, Scores]:
    """Weights (features, acts) and biases (acts) of one machine for each act; an act never seen is never read."""
    matrix = np.zeros((rows.shape[1], len(ACTS)))
    bias = np.full(len(ACTS), -1.0)
    for column in np.flatnonzero(truth.any(axis=0)):
        machine = LinearSVC(C=REGULARISATION, tol=TOLERANCE, random_state=0).fit(rows, truth[:, column])
        matrix[:, column] = machine.coef_[0]
        bias[column] = machine.intercept_[0]
    return matrix, bias
