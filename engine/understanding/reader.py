"""A message read: split into sentences, each judged by rules and model."""

from engine.understanding.model import Understanding
from engine.understanding.reading import ActReading, Reading, SentenceReading
from engine.understanding.splitting import Span, split_sentences
from engine.understanding.store import load_understanding

LONGEST_MESSAGE = 4000
"""Characters read of a message; what follows is not looked at."""


def read_message(text: str, model: Understanding | None = None, context: str | None = None) -> Reading:
    """Read a trainee's message.

    `model` is loaded (and trained if need be) when not given. `context` is what the customer said last; it
    decides what a bare "yes" or "and?" does. Never raises on any text.
    """
    known = model if model is not None else load_understanding()
    return Reading(
        sentences=tuple(
            read_sentence(text, span, known) for span in split_sentences(text[:LONGEST_MESSAGE])
        )
    )


def read_sentence(message: str, span: Span, model: Understanding) -> SentenceReading:
    """Read one sentence of a message."""
    text = message[span.start : span.end]
    acts = model.choose(model.probabilities(text))
    return SentenceReading(
        start=span.start,
        end=span.end,
        text=text,
        acts=tuple(ActReading(act=a, confidence=min(p, 1.0)) for a, p in acts),
    )
