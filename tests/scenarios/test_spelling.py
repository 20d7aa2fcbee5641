"""Slips are put right, other words are left alone."""

import pytest

from scenarios.spelling import correct, distance

VOCABULARY = {
    "password": 5,
    "account": 4,
    "printer": 3,
    "printing": 1,
    "vpn": 2,
    "certificate": 1,
    "lock": 2,
    "locked": 3,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pasword", "password"),
        ("passwrod", "password"),
        ("acount", "account"),
        ("vnp", "vpn"),
        ("certif", "certificate"),
        ("certifcate", "certificate"),
        ("lockd", "locked"),
        ("prnter", "printer"),
        ("PASWORD", "password"),
        ("zebra", None),
        ("pw", None),
        ("psswrd1234", None),
    ],
)
def test_correct(typed: str, meant: str | None) -> None:
    assert correct(typed, VOCABULARY) == meant


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abc", "ab", 1),
        ("abc", "abcd", 1),
        ("abc", "axc", 1),
        ("abcd", "badc", 2),
    ],
)
def test_distance(first: str, second: str, slips: int) -> None:
    assert distance(first, second, limit=2) == slips
    assert distance(second, first, limit=2) == slips


def test_distance_stops_at_its_limit() -> None:
    assert distance("password", "printer", limit=2) == 3
    assert distance("a", "abcdefgh", limit=2) == 3
