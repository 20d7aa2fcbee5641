"""Achievements: each criterion counts what it says, and nothing else."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from gamification.criteria import criterion_adapter
from gamification.models import validate_criteria
from tests.gamification.runs import run


def progress(criteria: dict, *runs, level: int = 1) -> tuple[float, float]:
    found = criterion_adapter.validate_python(criteria).progress(list(runs), level)
    return found.have, found.want


PASSED, FAILED = run(), run(passed=False, overall=40)
HELD_OFF = run(caller_genuine=False, ending="refused", difficulty="advanced", scenario="taxi")
LET_IN = run(caller_genuine=False, passed=False)


@pytest.mark.parametrize(
    ("criteria", "runs", "have"),
    [
        ({"type": "sessions_completed", "times": 5}, [PASSED, FAILED], 2),
        ({"type": "sessions_completed", "difficulty": "advanced"}, [PASSED], 0),
        ({"type": "sessions_passed", "times": 5}, [PASSED, FAILED], 1),
        ({"type": "overall_reached", "score": 80}, [PASSED, FAILED], 1),
        ({"type": "dimension_reached", "dimension": "verification", "score": 81}, [PASSED], 0),
        ({"type": "impostor_held_off", "times": 3}, [HELD_OFF, LET_IN, PASSED], 1),
        ({"type": "customer_satisfied", "satisfaction": 4, "times": 3}, [PASSED, FAILED, HELD_OFF], 1),
        ({"type": "scenarios_passed", "times": 9}, [PASSED, PASSED, HELD_OFF], 2),
        ({"type": "best_beaten", "points": 10}, [FAILED, PASSED], 1),
        ({"type": "best_beaten", "points": 10}, [PASSED, FAILED], 0),
    ],
)
def test_what_counts(criteria: dict, runs: list, have: int) -> None:
    assert progress(criteria, *runs)[0] == have


def test_a_level_counts_by_itself() -> None:
    assert progress({"type": "level_reached", "level": 5}, level=3) == (3, 5)


@pytest.mark.parametrize(
    "criteria",
    [
        {},
        {"type": "minutes"},
        {"type": "level_reached"},
        {"type": "sessions_passed", "times": 0},
        "x",
        None,
    ],
)
def test_the_set_is_closed(criteria: object) -> None:
    with pytest.raises(ValidationError):
        validate_criteria(criteria)
