"""Values found and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.understanding.entities import Kind, find_entities, mentions, normalise_tag, same_value


@pytest.mark.parametrize(
    "said",
    [
        "LT-20417",
        "lt20417",
        "LT 20417",
        "lt_20417",
        "L.T. 20417",
        "l t dash two zero four one seven",
        "Lima Tango hyphen 2 0 4 1 7",
        "it's L as in Lima T for tango 20417",
        "lt double... 20417".replace(" double...", ""),
        "LT-2O417",
        "el tee".replace("el", "ell") + " two oh four one seven",
    ],
)
def test_a_tag_is_the_same_however_it_is_said(said: str) -> None:
    assert normalise_tag(said) == "LT-20417"


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("tag", "LT-20417", "LT-20418", False),
        ("tag", "LT-22417", "l t double two four one seven", True),
        ("name", "Karl Weiß", "weiss, karl", True),
        ("name", "Maria Okafor", "maria okafr", True),
        ("name", "Maria Okafor", "Mario Okafor", False),
        ("name", "Maria Okafor", "Maria", False),
        ("name", "Mr. Tom Hill", "tom hill", True),
        ("name", "José Álvarez", "jose alvarez", True),
        ("name", "Anna B. Schmidt", "Anna Schmidt", True),
        ("name", "Tom Hill", "Tim Hill", False),
        ("username", "j.harris", "J.HARRIS", True),
        ("username", "j.harris", "j dot harris", True),
        ("username", "j.harris", "CORP\\j.harris", True),
        ("username", "j.harris", "j.harris@example.com", True),
        ("username", "jharris", "jharriss", False),
        ("code", "INC0012345", "inc 001 2345", True),
        ("code", "4711", "four seven one one", True),
        ("code", "4711", "4712", False),
        ("time", "09:30", "half past nine", True),
        ("time", "9.30 am", "9:30", True),
        ("time", "14:00", "2 pm", True),
        ("time", "quarter to ten", "9:45", True),
        ("time", "9:30", "9:31", False),
        ("phone", "+44 20 7946 0123", "020 7946 0123", True),
        ("phone", "020 7946 0123", "oh two oh seven nine four six oh one two three", True),
        ("phone", "020 7946 0123", "020 7946 0124", False),
        ("text", "Head  Office", "head office.", True),
    ],
)
def test_values_are_compared_as_a_person_would(kind: str, one: str, other: str, same: bool) -> None:
    assert same_value(kind, one, other) is same
    assert same_value(kind, other, one) is same


@given(st.sampled_from(list(Kind)), st.text(max_size=60), st.text(max_size=60))
def test_comparing_is_symmetric_and_never_fails(kind: Kind, one: str, other: str) -> None:
    assert same_value(kind, one, other) == same_value(kind, other, one)


def test_nothing_is_the_same_as_nothing() -> None:
    assert not same_value("name", "", "")
    assert not same_value("tag", "--", "")


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="shoe size"):
        same_value("shoe size", "42", "42")


def test_values_are_found_where_they_stand() -> None:
    message = "tag LT-20417, call 020 7946 0123 at 9:30am, error 0x80070005, mail j.harris@example.com"
    found = {entity.kind: message[entity.start : entity.end] for entity in find_entities(message)}
    assert found[Kind.TAG] == "LT-20417"
    assert found[Kind.PHONE] == "020 7946 0123"
    assert found[Kind.TIME] == "9:30am"
    assert found[Kind.CODE] == "0x80070005"
    assert found[Kind.USERNAME] == "j.harris@example.com"


@given(st.text(max_size=200))
def test_found_values_never_overlap(message: str) -> None:
    ends = 0
    for entity in find_entities(message):
        assert ends <= entity.start < entity.end <= len(message)
        ends = entity.end


def test_a_value_read_back_in_letters_is_mentioned() -> None:
    assert mentions("tag", "LT-20417", "so that's l t dash two zero four one seven, right?")
    assert mentions("tag", "LT-20417", "You're on lt 20417, correct?")
    assert not mentions("tag", "LT-20417", "Can you read me the tag?")
    assert mentions("name", "Karen Holt", "Is your manager Karen Holt?")
    assert not mentions("name", "Karen Holt", "Who is your manager?")
