"""How well messages are read that were never trained on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.understanding import load_understanding, read_message
from engine.understanding.acts import FAULTS, Act
from engine.understanding.store import read_writers
from engine.understanding.wordings import Wording, parse_wordings

MESSAGES = Path(__file__).with_name("wordings_test.jsonl")


@pytest.fixture(scope="module")
def messages() -> list[Wording]:
    return list(parse_wordings(MESSAGES.read_text(encoding="utf-8"), MESSAGES.name))


@pytest.fixture(scope="module")
def read(messages: list[Wording]) -> list[frozenset[Act]]:
    model = load_understanding()
    return [frozenset(read_message(message.text, model).acts) for message in messages]


def f1(pairs: Iterator[tuple[frozenset[Act], frozenset[Act]]]) -> float:
    right = wrong = 0
    for truth, guess in pairs:
        right += 2 * len(truth & guess)
        wrong += len(truth ^ guess)
    return right / (right + wrong)


def test_unseen_messages_are_read(messages: list[Wording], read: list[frozenset[Act]]) -> None:
    pairs = zip((m.acts for m in messages), read, strict=True)
    assert f1(pairs) >= 0.9


def test_every_act_is_found_in_unseen_messages(messages: list[Wording], read: list[frozenset[Act]]) -> None:
    for act in Act:
        only = frozenset({act})
        pairs = ((m.acts & only, guess & only) for m, guess in zip(messages, read, strict=True))
        assert f1(pairs) >= 0.7, act


def test_hardly_any_good_message_is_taken_for_a_fault(
    messages: list[Wording], read: list[frozenset[Act]]
) -> None:
    accused = [m.text for m, guess in zip(messages, read, strict=True) if guess & FAULTS - m.acts]
    assert len(accused) <= len(messages) * 0.02, accused


def test_no_test_message_was_trained_on(messages: list[Wording]) -> None:
    trained = {wording.text.lower() for writer in read_writers().values() for wording in writer}
    long = [m.text for m in messages if len(m.text.split()) > 6]
    assert not [text for text in long if text.lower() in trained]
