"""`python -m engine.understanding.calibrate`: measure the calibration anew. Needed when wordings or code change."""

from engine.understanding.calibration import measure
from engine.understanding.store import CALIBRATION, read_writers
from engine.understanding.training import unseen_scores

if __name__ == "__main__":
    calibration = measure(*unseen_scores(read_writers()))
    CALIBRATION.write_text(calibration.to_json(), encoding="utf-8")
    print(f"calibration: {CALIBRATION}")  # noqa: T201 (a command)
