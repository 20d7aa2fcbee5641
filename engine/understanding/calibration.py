"""From scores to probabilities and thresholds, measured on writers whom the scoring model has not read.

Only a stranger's sentences tell how sure a score may make one. `measure` fits for each act a logistic curve
(Platt 1999) and the threshold with the best F1; few examples are steadied by what holds for all acts.
The result is kept beside the data as `calibration.json`, made by `python -m engine.understanding.calibrate`.
"""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.understanding.model import ACTS, Masks
from engine.understanding.vocabulary import Floats

LOWEST, HIGHEST = 0.25, 0.6
"""Range of the thresholds."""

STEADYING = 2.0
"""How many imagined average sentences steady the figures of an act with few examples."""

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Slope and offset of each act's logistic curve, and the probability from which the act counts."""

    slope: Floats
    offset: Floats
    threshold: Floats

    def to_json(self) -> str:
        """The figures by act, for people to read."""
        table = {
            act.value: [round(float(column[i]), 4) for column in (self.slope, self.offset, self.threshold)]
            for i, act in enumerate(ACTS)
        }
        lines = ",\n".join(f"  {json.dumps(act)}: {json.dumps(row)}" for act, row in table.items())
        return "{\n" + lines + "\n}\n"

    @classmethod
    def from_json(cls, text: str) -> "Calibration":
        """Read what `to_json` wrote; an act without figures raises KeyError."""
        table = json.loads(text)
        columns = np.array([table[act.value] for act in ACTS], dtype=np.float32).T
        return cls(slope=columns[0], offset=columns[1], threshold=columns[2])


def measure(scores: Scores, truth: Masks) -> Calibration:
    """Fit curves and thresholds to scores and truth, both (wordings, acts)."""
    common = _logistic(scores.ravel(), truth.ravel(), (3.0, 0.5), 1e-3)
    curves = [_logistic(scores[:, c], truth[:, c], common, STEADYING) for c in range(len(ACTS))]
    slope, offset = np.array(curves).T
    probability = 1.0 / (1.0 + np.exp(-(scores * slope + offset)))
    threshold = np.array([best_threshold(probability[:, c], truth[:, c]) for c in range(len(ACTS))])
    return Calibration(slope.astype(np.float32), offset.astype(np.float32), threshold.astype(np.float32))


def _logistic(scores: Scores, truth: Masks, centre: tuple[float, float], pull: float) -> tuple[float, float]:
    """Slope and offset of a logistic curve by Newton's method, drawn towards `centre` with weight `pull`."""
    start = np.array(centre)
    ridge = np.eye(2) * (pull + 1e-6)
    inputs = np.column_stack([scores, np.ones_like(scores)])
    curve = start.copy()
    for _ in range(50):
        probability = 1.0 / (1.0 + np.exp(-np.clip(inputs @ curve, -30, 30)))
        gradient = inputs.T @ (probability - truth) + ridge @ (curve - start)
        hessian = (inputs * (probability * (1 - probability))[:, None]).T @ inputs + ridge
        step = np.linalg.solve(hessian, gradient)
        curve = curve - step
        if np.abs(step).max() < 1e-6:
            break
    return float(max(curve[0], 0.5)), float(curve[1])


def best_threshold(probability: Scores, truth: Masks) -> float:
    """The threshold with the best F1, steadied and drawn a little towards the middle of its range."""
    middle = 0.4
    best, best_value = middle, -1.0
    for candidate in np.arange(LOWEST, HIGHEST + 0.001, 0.025):
        chosen = probability >= candidate
        right = float((chosen & truth).sum())
        value = (2 * right + STEADYING) / (float(chosen.sum()) + float(truth.sum()) + 2 * STEADYING)
        value -= 0.02 * abs(float(candidate) - middle)
        if value > best_value:
            best, best_value = float(candidate), value
    return best
