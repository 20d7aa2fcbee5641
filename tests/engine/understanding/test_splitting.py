"""Sentences of chat text and their offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.understanding.splitting import clause_starts, split_sentences


def pieces(message: str) -> list[str]:
    return [message[span.start : span.end] for span in split_sentences(message)]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Hi. How are you? Fine!", ["Hi.", "How are you?", "Fine!"]),
        ("hi\nwhats ur name\n\nand the tag", ["hi", "whats ur name", "and the tag"]),
        ("Hello Mr. Weber, one moment.", ["Hello Mr. Weber, one moment."]),
        ("Ask Dr. Hill, e.g. by phone. Thanks.", ["Ask Dr. Hill, e.g. by phone.", "Thanks."]),
        ("It's version 16.4.1 and takes 2.5 hours. OK?", ["It's version 16.4.1 and takes 2.5 hours.", "OK?"]),
        (
            "Open https://it.example.com/a.b?c=d. Then sign in.",
            ["Open https://it.example.com/a.b?c=d.", "Then sign in."],
        ),
        ("Mail j.harris@example.com please", ["Mail j.harris@example.com please"]),
        ("your name?your tag?", ["your name?", "your tag?"]),
        ("Thanks 😊 what's your name", ["Thanks 😊", "what's your name"]),
        ("1. Open Settings\n2. Click Accounts", ["1. Open Settings", "2. Click Accounts"]),
        ("ok... and then?", ["ok...", "and then?"]),
        ("WHAT?!! Really?", ["WHAT?!!", "Really?"]),
        ("This is J. Smith from IT.", ["This is J. Smith from IT."]),
        ("Great!! 😊 👍", ["Great!! 😊 👍"]),
        ("ok; restart it", ["ok;", "restart it"]),
        ("It starts at 9 a.m. Please wait.", ["It starts at 9 a.m.", "Please wait."]),
        ("   ", []),
        ("", []),
        ("?", ["?"]),
    ],
)
def test_sentences_end_where_a_reader_hears_them_end(message: str, expected: list[str]) -> None:
    assert pieces(message) == expected


@given(st.text())
def test_spans_cover_everything_but_white_space_in_order(message: str) -> None:
    spans = split_sentences(message)
    ends = [0]
    for span in spans:
        assert ends[-1] <= span.start < span.end <= len(message)
        assert (
            not message[ends[-1] : span.start]
            .strip("\u200b\ufeff \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00a0")
            .strip()
        )
        ends.append(span.end)


@given(st.text(alphabet="ab ,.?!\ncanyouwhatis-andI'm", max_size=200))
def test_clauses_start_inside_their_sentence(message: str) -> None:
    for span in split_sentences(message):
        places = [cut.at for cut in clause_starts(message, span)]
        assert places == sorted(places)
        assert all(span.start < place < span.end for place in places)


def test_a_clause_does_not_start_after_a_word_that_wants_more() -> None:
    message = "may I ask who can you"
    assert not clause_starts(message, split_sentences(message)[0])


def test_a_run_without_marks_may_be_cut_before_a_question() -> None:
    message = "hi this is sam what's your name"
    starts = {message[cut.at :] for cut in clause_starts(message, split_sentences(message)[0])}
    assert "what's your name" in starts
