"""Where the wordings are read and the trained weights are kept: the one place of the engine that touches files.

The weights are an artefact of data and code, so their file name carries a hash of both; a change of either
makes a new file. They are trained when missing, by one process at a time.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

from engine.understanding.calibration import Calibration
from engine.understanding.model import Understanding, Weights
from engine.understanding.vocabulary import Vocabulary
from engine.understanding.wordings import Wording, parse_wordings

HERE = Path(__file__).parent
DATA = HERE / "data"
ARTEFACTS = HERE.parents[1] / "var"
KEPT = 3
"""Artefacts kept in the folder, the newest first."""

CALIBRATION = DATA / "calibration.json"
SOURCES = ["acts", "analysis", "corpus", "lexicon", "splitting", "training", "vocabulary", "wordings"]


@cache
def load_understanding(folder: Path = ARTEFACTS) -> Understanding:
    """The trained model, from its artefact in `folder`; trained first (some seconds) when that is missing.

    Loaded once per process. A folder that cannot be written costs the training at each start, nothing else.
    """
    path = artefact_path(folder)
    if not path.exists():
        try:
            make_artefact(folder)
        except OSError:
            return Understanding(_train())
    return Understanding(read_weights(path))


def artefact_path(folder: Path = ARTEFACTS) -> Path:
    """The file that holds the weights for today's data and code."""
    digest = hashlib.sha256()
    for path in [*sorted(DATA.glob("*.jsonl")), CALIBRATION, *(HERE / f"{name}.py" for name in SOURCES)]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return folder / f"understanding-{digest.hexdigest()[:16]}.npz"


def make_artefact(folder: Path = ARTEFACTS) -> Path:
    """Train and store the weights unless they are there; a second process waits for the first and finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = artefact_path(folder)
    with _one_at_a_time(folder / "understanding.lock"):
        if not path.exists():
            write_weights(path, _train())
            _forget_old(folder)
    return path


def _forget_old(folder: Path) -> None:
    """Remove all but the newest artefacts; other checkouts of the code may still use the last few."""
    found = sorted(folder.glob("understanding-*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[KEPT:]:
        path.unlink(missing_ok=True)


def write_weights(path: Path, weights: Weights) -> None:
    """Store weights in one step: a reader sees the whole file or none."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".understanding-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(
                stream,
                words=_packed(weights.vocabulary.words),
                characters=_packed(weights.vocabulary.characters),
                idf=weights.vocabulary.idf,
                matrix=weights.matrix.astype(np.float16),
                bias=weights.bias,
                slope=weights.slope,
                offset=weights.offset,
                threshold=weights.threshold,
            )
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_weights(path: Path) -> Weights:
    """Read what `write_weights` stored."""
    with np.load(path) as stored:
        vocabulary = Vocabulary(_unpacked(stored["words"]), _unpacked(stored["characters"]), stored["idf"])
        return Weights(
            vocabulary=vocabulary,
            matrix=stored["matrix"].astype(np.float32),
            bias=stored["bias"],
            slope=stored["slope"],
            offset=stored["offset"],
            threshold=stored["threshold"],
        )


def read_writers() -> dict[str, list[Wording]]:
    """All wordings beside the code, by writer (the name of the file)."""
    return {
        path.stem: list(parse_wordings(path.read_text(encoding="utf-8"), path.name))
        for path in sorted(DATA.glob("*.jsonl"))
    }


def _train() -> Weights:
    from engine.understanding.training import train

    return train(read_writers(), Calibration.from_json(CALIBRATION.read_text(encoding="utf-8")))


def _packed(names: list[str]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)


def _unpacked(stored: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> list[str]:
    joined = stored.tobytes().decode("utf-8")
    return joined.split("\n") if joined else []


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(stream, fcntl.LOCK_UN)
