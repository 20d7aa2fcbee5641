"""The shape of a reading."""

import pytest
from pydantic import ValidationError

from engine.understanding.acts import Act
from engine.understanding.reading import ActReading, Reading, SentenceReading


def sentence(start: int, text: str, *acts: Act) -> SentenceReading:
    readings = tuple(ActReading(act=act, confidence=0.9) for act in acts)
    return SentenceReading(start=start, end=start + len(text), text=text, acts=readings)


def test_acts_come_once_each_in_order_of_first_appearance() -> None:
    reading = Reading(
        sentences=(
            sentence(0, "Hi.", Act.GREET),
            sentence(4, "Thanks, what's your name?", Act.THANK, Act.ASK_NAME),
            sentence(30, "Hello?", Act.GREET),
        )
    )
    assert reading.acts == (Act.GREET, Act.THANK, Act.ASK_NAME)


def test_spans_are_those_of_the_sentences_that_do_the_act() -> None:
    reading = Reading(
        sentences=(sentence(0, "Hi.", Act.GREET), sentence(4, "Hm."), sentence(8, "Hi!", Act.GREET))
    )
    assert reading.spans(Act.GREET) == ((0, 3), (8, 11))
    assert reading.spans(Act.THANK) == ()
    assert reading.has(Act.GREET)
    assert not reading.has(Act.THANK)


def test_a_reading_without_acts_was_not_followed() -> None:
    assert not Reading(sentences=(sentence(0, "Hm."),)).followed
    assert Reading(sentences=(sentence(0, "Hi.", Act.GREET),)).followed


def test_a_reading_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        sentence(0, "Hi.").start = 3  # type: ignore[misc]
