"""Likeness of words."""

import pytest

from engine.understanding.similarity import edit_distance


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [
        ("", "", 0),
        ("cat", "cat", 0),
        ("cat", "cut", 1),
        ("cat", "act", 1),
        ("cat", "cats", 1),
        ("cat", "dog", 3),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted(a: str, b: str, distance: int) -> None:
    assert edit_distance(a, b, 5) == distance
    assert edit_distance(b, a, 5) == distance


def test_counting_stops_above_the_limit() -> None:
    assert edit_distance("abcdef", "uvwxyz", 2) == 3
