"""`python -m engine.understanding.align FILE...`: tell which sentence of a message does which of its acts.

Writers label whole messages. The reader meets one sentence at a time, so it should learn from sentences: the model of
today gives each act of a message to the sentence that most likely does it. The result stands in the file as `parts`,
for people to check and mend.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from engine.understanding.acts import Act
from engine.understanding.model import ACTS, Understanding
from engine.understanding.rules import sure_act
from engine.understanding.splitting import split_sentences
from engine.understanding.store import load_understanding

CLEAR = 0.9
"""Probability from which a sentence does an act of its message, also where another sentence does it more clearly."""


def align(row: dict[str, Any], model: Understanding) -> dict[str, Any]:
    """The row with `parts`, the acts of each sentence; without where it is one sentence."""
    plain = {"text": row["text"], "acts": row["acts"]}
    texts = [row["text"][span.start : span.end] for span in split_sentences(row["text"])]
    if len(texts) < 2:
        return plain
    columns = [ACTS.index(Act(act)) for act in row["acts"]]
    likely = np.array([_probabilities(text, model)[columns] for text in texts])
    does = likely >= CLEAR
    does[linear_sum_assignment(likely, maximize=True)] = (
        True  # as many acts as can be have a sentence of their own
    )
    does |= (likely == likely.max(axis=0)) & ~does.any(axis=0)  # each act has a sentence
    does |= (likely == likely.max(axis=1, keepdims=True)) & ~does.any(
        axis=1, keepdims=True
    )  # and each sentence an act
    parts = [[act for act, mark in zip(row["acts"], marks, strict=True) if mark] for marks in does]
    return plain | {"parts": parts}


def _probabilities(text: str, model: Understanding) -> Any:
    sure = sure_act(text)
    if sure is None:
        return model.probabilities(text)
    return np.array([1.0 if act is sure else 0.0 for act in ACTS])


if __name__ == "__main__":
    known = load_understanding()
    for path in map(Path, sys.argv[1:]):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        lines = [json.dumps(align(row, known), ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
