"""Quotations: made from what is stored, and checked against it before a score card leaves the engine."""

from __future__ import annotations

from collections.abc import Iterable

from engine.call import Happened, Sentence
from engine.errors import EngineError
from engine.parts import Part
from engine.record import CallRecord, SaidMessage
from engine.scorecard import Evidence


class EvidenceMismatch(EngineError):
    """A quotation is not what the stored text says; a card with it may not be shown."""

    code = "evidence_mismatch"


def cite_sentence(sentence: Sentence) -> Evidence:
    return Evidence(
        kind="message",
        id=sentence.message.id,
        seq=sentence.message.seq,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
    )


def cite_sentences(sentences: Iterable[Sentence]) -> list[Evidence]:
    return [cite_sentence(sentence) for sentence in sentences]


def cite_message(message: SaidMessage) -> Evidence:
    """The whole of a message."""
    return Evidence(
        kind="message",
        id=message.id,
        seq=message.seq,
        start=0,
        end=len(message.text),
        quote=message.text,
    )


def cite_event[E: Part](happened: Happened[E], says: str = "") -> Evidence:
    """An event; `says` tells in words what it was."""
    return Evidence(kind="event", id=happened.stored.id, seq=happened.seq, quote=says)


def cite_note(note: str, start: int, end: int) -> Evidence:
    return Evidence(kind="note", start=start, end=end, quote=note[start:end])


def verify(evidence: Evidence, record: CallRecord) -> None:
    """Raise `EvidenceMismatch` unless the stored record holds exactly what is quoted."""
    if evidence.kind == "event":
        if all(stored.id != evidence.id for stored in record.events):
            raise EvidenceMismatch(f"The event {evidence.id} that a score cites is not in the record.")
        return
    text = record.note if evidence.kind == "note" else _text_of(evidence.id, record)
    start, end = evidence.start, evidence.end
    if start is None or end is None or not 0 <= start < end <= len(text) or text[start:end] != evidence.quote:
        raise EvidenceMismatch(f"The {evidence.kind} does not say “{evidence.quote}” at {start}–{end}.")


def _text_of(identifier: str, record: CallRecord) -> str:
    for message in record.messages:
        if message.id == identifier:
            return message.text
    raise EvidenceMismatch(f"The message {identifier} that a score cites is not in the record.")
