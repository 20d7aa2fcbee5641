"""A message read: split into sentences, each judged by rules and model."""

import re
from collections.abc import Iterator

from engine.understanding.acts import Act
from engine.understanding.model import ACTS, MOST_ACTS, Understanding
from engine.understanding.reading import ActReading, Reading, SentenceReading
from engine.understanding.rules import SURE, bare_answer, one_thing, settle, sure_act
from engine.understanding.ruling_out import attempts_simulation, impossible
from engine.understanding.splitting import Span, clause_starts, split_sentences, trim
from engine.understanding.store import load_understanding
from engine.understanding.vocabulary import Floats

LONGEST_MESSAGE = 4000
"""Characters read of a message; what follows is not looked at."""

LONGEST_RUN = 400
"""Characters of a run that is still tried for splits; a longer one is no speech but something pasted."""

SECOND_ACT = 0.7
"""How sure a second act must be in a sentence that is one clause."""

SURE_CLAUSE, SURE_RUN = 0.6, 0.7
"""How sure both halves must be for a split where a mark tells of it, and where none does."""

HINT, HINT_RUN = 0.06, 0.06
"""How likely the sentence as a whole must make an act that a half of it is read as; the same two cases."""

ANSWER = 0.7
"""Confidence that a bare answer to the customer's question is one."""

MANIPULATE = ACTS.index(Act.MANIPULATE)
MOST_CUTS = 8
"""Places at which a run is tried for a split; more would cost time and say little."""

_SEVERAL = re.compile(r"[,;:\u2013\u2014.!?/&]\s*\w|\s-\s|\b(?:and|n|but|so|then)\b", re.IGNORECASE)

Acts = list[tuple[Act, float]]


def read_message(text: str, model: Understanding | None = None, context: str | None = None) -> Reading:
    """Read a trainee's message. Never raises on any text.

    `model` is loaded (and trained if need be) when not given. `context` is what the customer said last: a short
    sentence that would not be followed is an `acknowledge` when it answers the customer's question.
    """
    known = model if model is not None else load_understanding()
    spans = split_sentences(text[:LONGEST_MESSAGE])
    return Reading(
        sentences=tuple(as_answer(part, context) for span in spans for part in _read(text, span, known))
    )


def _read(message: str, span: Span, model: Understanding) -> Iterator[SentenceReading]:
    text = message[span.start : span.end]
    sure = sure_act(text)
    if sure is not None:
        yield _sentence(message, span, [(sure, SURE)])
        return
    probabilities = model.probabilities(text)
    if attempts_simulation(text, float(probabilities[MANIPULATE])):
        yield _sentence(message, span, [(Act.MANIPULATE, max(SURE_RUN, float(probabilities[MANIPULATE])))])
        return
    whole = judge(text, probabilities, model)
    halves = _split(message, span, probabilities, model)
    if halves is None:
        yield _sentence(message, span, whole)
        return
    for half in halves:
        yield from _read(message, half, model)


def as_answer(sentence: SentenceReading, context: str | None) -> SentenceReading:
    """The sentence, as an `acknowledge` where nothing else was read in it and it answers the customer's question."""
    unread = not sentence.acts or sentence.has(Act.OTHER)
    if not (unread and bare_answer(sentence.text, context)):
        return sentence
    return sentence.model_copy(update={"acts": (ActReading(act=Act.ACKNOWLEDGE, confidence=ANSWER),)})


def judge(text: str, probabilities: Floats, model: Understanding) -> Acts:
    """The acts of one clause or sentence, by the model and the rules on what goes together."""
    acts = model.choose(probabilities)
    acts = [pair for pair in acts if not impossible(pair[0], text)]
    if acts and acts[0][0] is Act.ACKNOWLEDGE and text.rstrip().endswith("?"):
        acts = acts[1:]  # who asks does more than show that the message was received
    if len(acts) > 1 and not _SEVERAL.search(text[2:]):
        acts = [acts[0], *(pair for pair in acts[1:] if pair[1] >= SECOND_ACT)]
    return settle(acts)


def _split(message: str, span: Span, probabilities: Floats, model: Understanding) -> tuple[Span, Span] | None:
    """The best split of a run in two, or None: both halves must be surely read as acts that the whole hints at."""
    if span.end - span.start > LONGEST_RUN:
        return None
    likely = {act: float(p) for act, p in zip(ACTS, probabilities, strict=True) if p >= HINT}
    if len(likely) < 2 or likely.get(Act.SUMMARIZE, 0.0) >= SURE_CLAUSE:
        return None  # a summary is one act however many clauses it has
    best: tuple[Span, Span] | None = None
    best_sureness = 0.0
    for cut in clause_starts(message, span)[:MOST_CUTS]:
        left, right = trim(message, span.start, cut.at), trim(message, cut.at, span.end)
        if left is None or right is None:
            continue
        first, second = _clause(message, left, model), _clause(message, right, model)
        if first[0] is second[0] or (not cut.marked and one_thing(first[0], second[0])):
            continue
        sureness = min(first[1], second[1])
        hint = min(likely.get(first[0], 0.0), likely.get(second[0], 0.0))
        needed = (SURE_CLAUSE, HINT) if cut.marked else (SURE_RUN, HINT_RUN)
        if sureness >= needed[0] and hint >= needed[1] and sureness > best_sureness:
            best, best_sureness = (left, right), sureness
    return best


def _clause(message: str, span: Span, model: Understanding) -> tuple[Act, float]:
    """The likeliest act of a piece of a sentence."""
    text = message[span.start : span.end]
    sure = sure_act(text)
    if sure is not None:
        return sure, SURE
    probabilities = model.probabilities(text)
    top = int(probabilities.argmax())
    return ACTS[top], float(probabilities[top])


def _sentence(message: str, span: Span, acts: Acts) -> SentenceReading:
    return SentenceReading(
        start=span.start,
        end=span.end,
        text=message[span.start : span.end],
        acts=tuple(ActReading(act=act, confidence=min(sureness, 1.0)) for act, sureness in acts[:MOST_ACTS]),
    )
