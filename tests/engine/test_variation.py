"""What a scenario leaves open is drawn by the seed alone, proven in every case, and never met half-drawn."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.bots import play
from engine.definition import Scenario
from engine.errors import NotDrawn
from engine.lint import lint
from engine.references import problems
from engine.turn import open_call
from engine.variation import drawn_scenario, filled, merged, vary
from tests.engine.builders import START, scenario

TAG = {"tag": ["LT-11111", "LT-22222", "LT-33333"]}


def open_scenario(**variation: object) -> Scenario:
    """The small scenario, with its caller's tag left open beside what the test leaves open."""
    given = scenario()
    owned = next(name for name, asset in given.estate.assets.items() if asset.owner == given.caller.person)
    document = given.model_dump(mode="json", exclude_defaults=True)
    document["estate"]["assets"][owned]["tag"] = "${tag}"
    document["variation"] = {"values": TAG} | variation
    return Scenario.model_validate(document)


CAUSES = {
    "cause": {
        "one": {"differs": "As written."},
        "two": {"differs": "Another cause.", "weight": 3, "changes": {"outcome": {"root_cause": "Other."}}},
    }
}


def test_the_same_seed_draws_the_same_scenario() -> None:
    given = open_scenario(alternatives=CAUSES)
    assert vary(given, 7) == vary(given, 7)


def test_values_stand_for_their_placeholders_everywhere() -> None:
    given = open_scenario()
    tags = {asset.tag for seed in range(40) for asset in vary(given, seed).estate.assets.values()}
    assert set(TAG["tag"]) <= tags
    assert not any("$" in tag for tag in tags)


def test_values_that_belong_together_come_together() -> None:
    texts = {"who.name": "Ann", "who.username": "a.x"}
    assert filled({"a": ["${who.name} is ${who.username}, ${other}"]}, texts) == {
        "a": ["Ann is a.x, ${other}"]
    }


def test_weights_say_how_often_an_alternative_comes_up() -> None:
    given = open_scenario(alternatives=CAUSES)
    drawn = Counter(given.variation.draw(seed).alternatives[0][1] for seed in range(2000))
    assert 0.7 < drawn["two"] / 2000 < 0.8


def test_a_merge_patch_merges_mappings_replaces_the_rest_and_takes_away() -> None:
    document = {"a": {"b": 1, "c": [1, 2]}, "d": 4}
    assert merged(document, {"a": {"c": [3], "e": {"f": 5}}, "d": None}) == {
        "a": {"b": 1, "c": [3], "e": {"f": 5}}
    }
    assert document == {"a": {"b": 1, "c": [1, 2]}, "d": 4}


def test_a_scenario_that_leaves_nothing_open_is_itself() -> None:
    given = scenario()
    assert vary(given, 3) is given


def test_what_is_left_open_must_be_drawn_before_a_call() -> None:
    with pytest.raises(NotDrawn, match="vary"):
        open_call(open_scenario(), seed=1, at=START)


def test_a_replay_of_a_drawn_scenario_is_exact() -> None:
    given = open_scenario(alternatives=CAUSES)
    assert play(given, "average", seed=5) == play(given, "average", seed=5)


@pytest.mark.parametrize(
    ("variation", "place", "says"),
    [
        ({"values": TAG | {"unused": ["a", "b"]}}, ("variation", "values", "unused"), "stands nowhere"),
        ({"values": {"other": ["a", "b"]}}, ("estate",), "no value “tag”"),
        (
            {
                "alternatives": {
                    "x": {"a": {"differs": "A."}, "b": {"differs": "B.", "changes": {"title": "T"}}}
                }
            },
            ("variation", "alternatives", "x", "b", "changes", "title"),
            "cannot change",
        ),
        (
            {
                "alternatives": {
                    "x": {"a": {"differs": "A."}, "b": {"differs": "B.", "changes": {"caller": None}}}
                }
            },
            ("caller",),
            "with x=b",
        ),
        (
            {
                "alternatives": {
                    "x": {
                        "a": {"differs": "A."},
                        "b": {"differs": "B.", "changes": {"caller": {"person": "nobody"}}},
                    }
                }
            },
            ("caller", "person"),
            "no person “nobody”",
        ),
    ],
)
def test_what_cannot_be_left_open_is_told_with_its_place(
    variation: dict[str, object], place: tuple[str, ...], says: str
) -> None:
    found = problems(open_scenario(**variation))
    assert any(problem.path[: len(place)] == place and says in problem.message for problem in found), found


def test_too_many_combinations_are_refused() -> None:
    options = {f"o{number}": {"differs": "So."} for number in range(5)}
    found = problems(open_scenario(alternatives={"x": options, "y": options}))
    assert any("25 combinations are too many" in problem.message for problem in found)


def test_lint_proves_every_case_and_says_which_one_fails() -> None:
    broken = {
        "cause": {
            "one": {"differs": "As written."},
            "two": {"differs": "Cannot be told.", "changes": {"outcome": {"solved": {"assurance": "none"}}}},
        }
    }
    report = lint(open_scenario(alternatives=broken))
    assert set(report.cases) == {"cause=one", "cause=two"}
    assert all(
        "with cause=two" in problem.message for problem in report.problems if "solve" in problem.message
    )
    assert not report.passed


def test_every_case_of_a_drawn_scenario_is_a_whole_scenario() -> None:
    given = open_scenario(alternatives=CAUSES)
    cases = [drawn_scenario(given, drawn) for drawn in given.variation.cases()]
    assert [case.outcome.root_cause for case in cases][1] == "Other."
    assert not any(case.variation for case in cases)
