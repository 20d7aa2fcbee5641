"""Weights on disk."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.understanding import store
from engine.understanding.acts import Act
from engine.understanding.calibration import Calibration
from engine.understanding.model import ACTS, Understanding
from engine.understanding.training import train
from engine.understanding.wordings import Wording, parse_wordings


def small_weights():  # type: ignore[no-untyped-def]
    greetings = [Wording(text, frozenset({Act.GREET})) for text in ("hello there", "hi there", "hello you")]
    farewells = [
        Wording(text, frozenset({Act.FAREWELL})) for text in ("bye for now", "goodbye now", "bye you")
    ]
    calibration = Calibration.from_json(store.CALIBRATION.read_text(encoding="utf-8"))
    return train({"one": greetings, "two": farewells}, calibration)


def test_weights_come_back_as_they_were_stored(tmp_path: Path) -> None:
    weights = small_weights()
    store.write_weights(tmp_path / "w.npz", weights)
    again = store.read_weights(tmp_path / "w.npz")
    assert again.vocabulary.words == weights.vocabulary.words
    assert again.vocabulary.characters == weights.vocabulary.characters
    ours, theirs = Understanding(weights), Understanding(again)
    np.testing.assert_allclose(ours.probabilities("hello now"), theirs.probabilities("hello now"), atol=2e-3)


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(store.np, "savez", fail)
    with pytest.raises(OSError, match="disk full"):
        store.write_weights(tmp_path / "w.npz", small_weights())
    assert list(tmp_path.iterdir()) == []


def test_weights_are_trained_once_and_found_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainings = []
    weights = small_weights()
    monkeypatch.setattr(store, "_train", lambda: trainings.append(1) or weights)
    assert store.make_artefact(tmp_path) == store.make_artefact(tmp_path) == store.artefact_path(tmp_path)
    assert len(trainings) == 1


def test_only_the_newest_artefacts_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = small_weights()
    monkeypatch.setattr(store, "_train", lambda: weights)
    for number in range(6):
        (tmp_path / f"understanding-{number}.npz").write_bytes(b"old")
    made = store.make_artefact(tmp_path)
    left = list(tmp_path.glob("understanding-*.npz"))
    assert made in left
    assert len(left) == store.KEPT


def test_other_data_mean_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.artefact_path(tmp_path)
    changed = tmp_path / "calibration.json"
    changed.write_text("{}")
    monkeypatch.setattr(store, "CALIBRATION", changed)
    assert store.artefact_path(tmp_path) != before


def test_a_folder_that_cannot_be_written_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    weights = small_weights()
    monkeypatch.setattr(store, "_train", lambda: weights)
    assert store.load_understanding(blocked / "var").feature_count == len(weights.vocabulary)


def test_every_writers_wordings_are_labelled_with_known_acts() -> None:
    writers = store.read_writers()
    assert len(writers) >= 5
    assert all(wording.acts and wording.text.strip() for writer in writers.values() for wording in writer)
    seen = {act for writer in writers.values() for wording in writer for act in wording.acts}
    assert seen == set(ACTS)


def test_a_bad_line_of_wordings_is_named() -> None:
    with pytest.raises(ValueError, match=r"writer_x\.jsonl, line 2"):
        list(
            parse_wordings(
                '{"text": "hi", "acts": ["greet"]}\n{"text": "hi", "acts": ["wave"]}', "writer_x.jsonl"
            )
        )


def test_reading_a_message_needs_no_training_library() -> None:
    store.make_artefact()
    code = (
        "import sys; from engine.understanding import read_message; read_message('hi'); "
        "sys.exit(any(name.split('.')[0] in {'sklearn', 'scipy'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
