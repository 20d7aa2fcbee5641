"""`python -m engine.understanding.compare`: approaches measured on a writer whom none of them has read.

Prints a table for the documentation: micro and macro F1, milliseconds of one core a message, megabytes of weights.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from engine.understanding.acts import Act
from engine.understanding.analysis import character_features, word_features
from engine.understanding.calibration import measure
from engine.understanding.corpus import Corpus, labels
from engine.understanding.model import ACTS, Understanding, Weights
from engine.understanding.reader import read_message
from engine.understanding.rules import sure_act
from engine.understanding.store import read_writers
from engine.understanding.training import train, unseen_scores
from engine.understanding.vocabulary import Features
from engine.understanding.wordings import Wording

GROUPS = 4
"""Writers are left out in so many groups to calibrate each approach: one by one takes three times as long."""

Reader = Callable[[str], Iterable[Act]]


def nothing(_: str) -> Counter[str]:
    """No features."""
    return Counter()


def plain_words(text: str) -> Counter[str]:
    """Word n-grams without concepts and skips."""
    return Counter({name: count for name, count in word_features(text).items() if name[0] in "wn"})


def model_reader(weights: Weights) -> Reader:
    """Reads a message as one sentence by the model alone."""
    model = Understanding(weights)
    return lambda text: [act for act, _ in model.choose(model.probabilities(text))]


def nearest_reader(wordings: Sequence[Wording]) -> tuple[Reader, float]:
    """Gives the acts of the likeliest known wording (cosine), if it is like enough."""
    vocabulary, rows = Corpus(wordings).weigh(np.arange(len(wordings)))

    def read(text: str) -> Iterable[Act]:
        row = np.zeros(len(vocabulary))
        indices, values = vocabulary.vector(text)
        row[indices] = values
        likeness = np.asarray(rows @ row) / 2
        best = int(likeness.argmax())
        return wordings[best].acts if likeness[best] >= 0.3 else ()

    return read, rows.data.nbytes / 1e6


def rule_reader(text: str) -> Iterable[Act]:
    """Only the unmistakable."""
    act = sure_act(text)
    return () if act is None else (act,)


def row(name: str, read: Reader, megabytes: float, test: Sequence[Wording]) -> str:
    """One line of the table."""
    started = time.process_time()
    guesses = [frozenset(read(wording.text)) for wording in test]
    milliseconds = (time.process_time() - started) / len(test) * 1000
    truth = labels(test)
    guess = np.array([[act in acts for act in ACTS] for acts in guesses], dtype=np.bool_)
    right, wrong = (truth & guess).sum(axis=0), (truth ^ guess).sum(axis=0)
    micro = 2 * right.sum() / (2 * right.sum() + wrong.sum())
    each = (2 * right / np.maximum(2 * right + wrong, 1))[truth.any(axis=0)]
    return f"| {name} | {micro:.3f} | {each.mean():.3f} | {milliseconds:.2f} | {megabytes:.1f} |"


def compare(held_out: str) -> Iterable[str]:
    """The table's lines, for the writer `held_out`."""
    writers = read_writers()
    test = writers[held_out]
    known: dict[str, Sequence[Wording]] = {name: w for name, w in writers.items() if name != held_out}
    yield f"Held out: {held_out}, {len(test)} wordings; read: {sum(map(len, known.values()))} by {len(known)} others."
    yield "| approach | micro-F1 | macro-F1 | ms a message | MB |"
    yield "| --- | --- | --- | --- | --- |"
    yield row("rules for the unmistakable alone", rule_reader, 0.0, test)
    nearest, size = nearest_reader([w for wordings in known.values() for w in wordings])
    yield row("nearest known wording", nearest, size, test)
    for name, words, characters in (
        ("linear, words", plain_words, nothing),
        ("linear, characters", nothing, character_features),
        ("linear, words and characters", plain_words, character_features),
        ("linear, words, concepts and characters", word_features, character_features),
    ):
        features = Features(words, characters)
        weights = train(known, measure(*unseen_scores(known, features, groups=GROUPS)), features)
        size = weights.matrix.nbytes / 2e6
        yield row(name, model_reader(weights), size, test)
    model = Understanding(weights)
    yield row("the same with rules and clauses (shipped)", lambda t: read_message(t, model).acts, size, test)


if __name__ == "__main__":
    for line in compare(sys.argv[1] if len(sys.argv) > 1 else "writer_a"):
        print(line, flush=True)  # noqa: T201 (a command)
