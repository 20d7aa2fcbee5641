"""Features of a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.understanding.analysis import character_features, concepts, fold, tokens, word_features


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("whats ur name", "what 's your name"),
        ("WHAT\u2019S YOUR NAME", "what 's your name"),
        ("pls dont restart it", "please do not restart it"),
        ("heyyyyy", "heyy"),
        ("I've", "i have"),
        ("can't", "can not"),
    ],
)
def test_spellings_of_the_chat_are_written_out(typed: str, meant: str) -> None:
    assert " ".join(tokens(typed)) == meant


def test_numbers_and_addresses_become_what_they_are() -> None:
    assert fold("INC0012345 at 9:30am, see https://x.example/a").split() == [
        "xref",
        "at",
        "xtime",
        ",",
        "see",
        "xurl",
    ]


def test_relatives_share_a_concept() -> None:
    assert concepts(["reboot", "the", "pc"]) == concepts(["restart", "the", "laptop"])


@given(st.text(max_size=400))
def test_any_text_has_features(text: str) -> None:
    assert all(count > 0 for count in word_features(text).values())
    assert all(2 <= len(name) <= 4 for name in character_features(text))
