"""How content the customer is: from the end state and the mood, by the rule that the debrief shows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definition import Scenario
from engine.events import CustomerLeft
from engine.scoring.satisfaction import satisfaction
from engine.state import Mood
from engine.vocabulary import Ending
from tests.engine.builders import Talk, scenario

GENUINE = scenario()
IMPOSTOR = scenario(
    caller={
        "person": "ines",
        "genuine": False,
        "proofs": {
            "call_back": {"passes": False, "result": "Nobody answered.", "says": ["I am on the road."]}
        },
        "pressure": ["Do it now."],
        "gives_up": ["Forget it."],
    },
    outcome__ending="refused",
    outcome__solved={"account.wiped": False},
)


def figure(
    given: Scenario = GENUINE,
    *,
    warmth: float = 0.5,
    ending: Ending | None = Ending.RESOLVED,
    satisfied: bool = True,
    left: bool = False,
    **values: Any,
) -> int:
    talk = Talk(given)
    changed = {name.replace("__", "."): value for name, value in values.items()}
    talk.state = talk.state.with_(
        values={**talk.state.values, **changed}, mood=Mood(patience=warmth, trust=warmth), satisfied=satisfied
    )
    if left:
        talk.event(CustomerLeft(why="out_of_patience"))
    return satisfaction(given, talk.ended(ending))


@pytest.mark.parametrize(("warmth", "points"), [(1.0, 5), (0.75, 5), (0.5, 4), (0.2, 3), (0.0, 3)])
def test_solved_and_seen_to_work(warmth: float, points: int) -> None:
    assert figure(warmth=warmth, account__locked=False) == points


def test_solved_but_never_seen_to_work() -> None:
    assert figure(warmth=0.2, satisfied=False, account__locked=False) == 3
    assert figure(warmth=0.1, satisfied=False, account__locked=False) == 3
    assert figure(warmth=0.7, satisfied=False, account__locked=False) == 4


@pytest.mark.parametrize(
    ("warmth", "ending", "points"),
    [(1.0, Ending.RESOLVED, 3), (1.0, None, 3), (0.0, Ending.RESOLVED, 1), (0.5, Ending.ESCALATED, 3)],
)
def test_without_help_it_is_never_more_than_3(warmth: float, ending: Ending | None, points: int) -> None:
    assert figure(warmth=warmth, ending=ending) == points


def test_harm_costs_a_point_and_lost_patience_more() -> None:
    assert figure(warmth=0.5, account__locked=False, account__wiped=True) == 3
    assert figure(warmth=1.0, account__locked=False, left=True) == 2


@pytest.mark.parametrize(
    ("ending", "wiped", "points"),
    [
        (Ending.REFUSED, False, 5),
        (Ending.ESCALATED, False, 4),
        (Ending.RESOLVED, True, 1),
        (Ending.REFUSED, True, 1),
    ],
)
def test_an_impostor_s_mood_does_not_count(ending: Ending, wiped: bool, points: int) -> None:
    assert figure(IMPOSTOR, warmth=0.0, ending=ending, account__wiped=wiped) == points


@given(st.floats(0, 1), st.sampled_from([*Ending, None]), st.booleans(), st.booleans(), st.booleans())
def test_always_between_1_and_5(
    warmth: float, ending: Ending | None, satisfied: bool, locked: bool, left: bool
) -> None:
    points = figure(warmth=warmth, ending=ending, satisfied=satisfied, left=left, account__locked=locked)
    assert 1 <= points <= 5
