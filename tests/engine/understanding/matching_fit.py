"""Fits the weights of `engine.understanding.matching`: `python -m tests.engine.understanding.matching_fit`.

Each wording of the shipped scenarios is left out in turn and held against its item and the others; sentences of
three writers, whom the model of acts has not read here, are held against the items that they do not ask for. The bias
is then shifted by hand until strangers match as rarely as wanted.
"""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from engine.definition import Scenario
from engine.understanding import matching
from engine.understanding.acts import ASKS_IDENTITY, FINDING_OUT, Act
from engine.understanding.calibration import Calibration
from engine.understanding.matching import SIGNS, Matcher
from engine.understanding.model import Understanding
from engine.understanding.store import CALIBRATION, read_writers
from engine.understanding.training import train
from engine.understanding.wordings import Wording
from engine.variation import vary
from scenarios.loader import read_paths

STRANGERS = ("writer_a", "writer_g", "writer_k")
ASKING = ASKS_IDENTITY | FINDING_OUT | {Act.INSTRUCT}
Row = tuple[np.ndarray, bool]


def main() -> None:
    writers = read_writers()
    strange = [w for name in STRANGERS for w in writers.pop(name) if w.acts & ASKING][::5]
    model = Understanding(train(writers, Calibration.from_json(CALIBRATION.read_text(encoding="utf-8"))))
    with mock.patch.object(matching, "load_understanding", lambda: model):
        rows = [
            row for path in sorted(Path("fixtures/scenarios").glob("*.yaml")) for row in _rows(path, strange)
        ]
    scaler = StandardScaler().fit([signs for signs, _ in rows])
    fitted = LogisticRegression(max_iter=500).fit(
        scaler.transform([signs for signs, _ in rows]), [meant for _, meant in rows]
    )
    weights = fitted.coef_[0] / scaler.scale_
    for name, weight in zip(SIGNS, weights, strict=True):
        print(f"{name:14} {weight:.2f}")
    print(f"bias           {fitted.intercept_[0] - weights @ scaler.mean_:.2f}")


def _rows(path: Path, strange: list[Wording]) -> Iterator[Row]:
    scenario: Scenario = vary(read_paths([str(path)])[0].definition, 1)
    questions = {name: list(fact.asks) for name, fact in scenario.facts.items()}
    chores = {name: list(action.examples) for name, action in scenario.chores.items()}
    for items in (questions, chores):
        yield from _left_out(items)
        matcher = Matcher(items)
        for wording in strange:
            asked = {n for n, fact in scenario.facts.items() if wording.acts & set(fact.acts)}
            if items is chores:
                asked = set(items) if Act.INSTRUCT in wording.acts else set()
            yield from ((signs, False) for item, signs in _signs(matcher, wording.text) if item not in asked)


def _left_out(items: dict[str, list[str]]) -> Iterator[Row]:
    for item, wordings in items.items():
        for wording in wordings:
            rest = [other for other in wordings if other != wording]
            if rest:
                matcher = Matcher({**items, item: rest})
                yield from ((signs, name == item) for name, signs in _signs(matcher, wording))


def _signs(matcher: Matcher, text: str) -> Iterator[tuple[str, np.ndarray]]:
    said = matching._phrase(text)
    if said.meanings:
        signs, possible = matcher._signs(said)
        yield from ((n, s) for n, s, p in zip(matcher._items, signs, possible, strict=True) if p)


if __name__ == "__main__":
    main()
