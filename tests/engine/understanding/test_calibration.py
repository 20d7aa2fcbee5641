"""From scores to probabilities."""

import numpy as np

from engine.understanding.calibration import HIGHEST, LOWEST, Calibration, best_threshold, measure
from engine.understanding.model import ACTS
from engine.understanding.store import CALIBRATION


def made_scores(seed: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    truth = chance.random((600, len(ACTS))) < 0.05
    return np.where(truth, 0.5, -1.0) + chance.normal(0, 0.4, truth.shape), truth


def test_probabilities_are_as_often_right_as_they_say() -> None:
    scores, truth = made_scores(1)
    calibration = measure(scores, truth)
    unseen, answer = made_scores(2)
    probability = 1 / (1 + np.exp(-(unseen * calibration.slope + calibration.offset)))
    sure = probability > 0.8
    assert answer[sure].mean() > 0.75
    assert answer[probability < 0.1].mean() < 0.05


def test_thresholds_stay_in_their_range() -> None:
    calibration = measure(*made_scores(3))
    assert (calibration.threshold >= LOWEST - 1e-6).all()
    assert (calibration.threshold <= HIGHEST + 1e-6).all()


def test_a_threshold_parts_what_can_be_parted() -> None:
    probability = np.array([0.1, 0.2, 0.3, 0.55, 0.7, 0.9])
    truth = np.array([False, False, False, True, True, True])
    assert 0.3 < best_threshold(probability, truth) <= 0.55


def test_the_kept_calibration_covers_every_act_and_comes_back() -> None:
    kept = Calibration.from_json(CALIBRATION.read_text(encoding="utf-8"))
    again = Calibration.from_json(kept.to_json())
    np.testing.assert_allclose(kept.threshold, again.threshold)
    assert kept.slope.shape == (len(ACTS),)
    assert (kept.slope > 0).all()
