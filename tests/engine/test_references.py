"""Every name in a scenario must refer to something; a problem names the place in the file."""

from __future__ import annotations

from typing import Any

import pytest

from engine.references import Path, problems
from tests.engine.builders import scenario, with_criteria
from tests.engine.calls import shipped, shipped_slugs


def paths(**parts: Any) -> list[Path]:
    return [problem.path for problem in problems(scenario(**parts))]


def test_the_small_scenario_is_sound() -> None:
    assert problems(scenario()) == []


@pytest.mark.parametrize("slug", shipped_slugs())
def test_every_shipped_scenario_is_sound(slug: str) -> None:
    assert problems(shipped(slug)) == []


LAPTOP = {"tag": "LT-1", "model": "Notebook", "owner": "nobody"}
ENTRY = {"starts": True, "label": "Lock"}


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"caller__person": "olu"}, ("caller", "person")),
        ({"estate__assets": {"one": LAPTOP}}, ("estate", "assets", "one", "owner")),
        ({"prerequisites": ["locked-account"]}, ("prerequisites",)),
        (
            {"estate__variables__account.locked": ENTRY | {"shown_on": "person:olu"}},
            ("estate", "variables", "account.locked", "shown_on"),
        ),
        (
            {"estate__variables__account.locked": ENTRY | {"words": {"yes": "Locked"}}},
            ("estate", "variables", "account.locked", "words", "yes"),
        ),
        (
            {
                "estate__people__ines__enrolled_device": None,
                "caller__proofs": {"push": {"passes": True, "result": "Approved.", "says": ["Tapped."]}},
            },
            ("estate", "people", "ines", "enrolled_device"),
        ),
        ({"facts__phone__when": {"told.chnage": True}}, ("facts", "phone", "when", "told.chnage")),
        ({"facts__phone__when": {"told.change": "yes"}}, ("facts", "phone", "when", "told.change")),
        ({"facts__phone__when": {"told.phone": True}}, ("facts", "phone", "when")),
        ({"facts__phone__when": {"done.unlok": True}}, ("facts", "phone", "when", "done.unlok")),
        ({"facts__phone__when": {"assurance": "certain"}}, ("facts", "phone", "when", "assurance")),
        (
            {"facts__phone__when": {"any": [{"account.locked": True}, {"not": {"account.lokced": True}}]}},
            ("facts", "phone", "when", "any", 1, "not", "account.lokced"),
        ),
        ({"facts__phone__when": {"account.locked": "yes"}}, ("facts", "phone", "when", "account.locked")),
        ({"facts__phone__when": {"account.locked": 1}}, ("facts", "phone", "when", "account.locked")),
        ({"facts__symptom__acts": ["ask_symptom", "greet"]}, ("facts", "symptom", "acts", 1)),
        ({"facts__phone__asks": ["has anything changed LATELY"]}, ("facts", "phone", "asks", 0)),
        ({"actions__unlock__when": {"phone.pasword": "new"}}, ("actions", "unlock", "when", "phone.pasword")),
        ({"actions__unlock__effects": {"account.open": True}}, ("actions", "unlock", "effects", "account.open")),
        ({"actions__unlock__effects": {"account.locked": "no"}}, ("actions", "unlock", "effects", "account.locked")),
        (
            {"actions__unlock__reports": [{"when": {"account.locked": False}, "says": ["Unlocked."]}]},
            ("actions", "unlock", "reports", 0, "when"),
        ),
        ({"outcome__solved": {"account.lock": False}}, ("outcome", "solved", "account.lock")),
        ({"outcome__untouched": {"account.wiped": "no"}}, ("outcome", "untouched", "account.wiped")),
        ({"outcome__ending": "escalated", "outcome__team": "Cooks"}, ("outcome", "team")),
        ({"persona__closings": ["Bye.", "Thanks!", "bye"]}, ("persona", "closings", 2)),
        ({"persona__worries": ["Hi, my laptop does not let me in!"]}, ("persona", "worries", 0)),
        ({"facts__symptom__says": ["The same.", "the same"]}, ("facts", "symptom", "says", 1)),
        ({"persona__worries": ["Word " * 110]}, ("persona", "worries", 0)),
        ({"title": "Long " * 30}, ("title",)),
    ],
)  # fmt: skip
def test_a_wrong_name_is_found_at_its_place(parts: dict[str, Any], path: Path) -> None:
    assert path in paths(**parts)


@pytest.mark.parametrize(
    ("check", "path"),
    [
        ({"type": "fact_elicited", "facts": ["symptom", "mood"]}, ("facts", 1)),
        ({"type": "fact_elicited", "facts": ["symptom"], "at_least": 2}, ("at_least",)),
        ({"type": "action_done", "actions": ["unlok"]}, ("actions", 0)),
        ({"type": "assurance_before", "level": "proven", "actions": ["unlok"]}, ("actions", 0)),
        ({"type": "act_before", "acts": ["greet"], "before_actions": ["unlok"]}, ("before_actions", 0)),
        ({"type": "act_before", "acts": ["greet"]}, ()),
        ({"type": "act_count", "acts": ["greet"], "at_least": 3, "at_most": 2}, ("at_most",)),
        ({"type": "article_opened", "articles": ["unknown"]}, ("articles", 0)),
        ({"type": "article_opened", "articles": ["locks_again"], "at_least": 2}, ("at_least",)),
        ({"type": "article_before", "articles": ["locks_again"], "actions": ["unlok"]}, ("actions", 0)),
        ({"type": "note_answers", "questions": ["when"]}, ("questions", 0)),
        ({"type": "state_at_end", "state": {"account.lock": False}}, ("state", "account.lock")),
        ({"type": "ended_as", "ending": "escalated", "team": "Cooks"}, ("team",)),
        ({"type": "proof_tried", "proofs": ["push"]}, ("proofs",)),
        (
            {
                "type": "judged_by_model",
                "question": "Was it kind?",
                "otherwise": {"type": "act_count", "acts": ["greet"], "at_least": 2, "at_most": 1},
            },
            ("otherwise", "at_most"),
        ),
    ],
)  # fmt: skip
def test_a_criterion_with_a_wrong_name_is_found(check: dict[str, Any], path: Path) -> None:
    found = problems(with_criteria({"it": {"check": check}}))
    assert [problem.path for problem in found] == [("rubric", "criteria", "it", "check", *path)]


def test_the_message_says_what_would_be_right() -> None:
    (problem,) = problems(scenario(facts__phone__when={"told.chnage": True}))
    assert problem.message == "there is no fact “chnage”; known: symptom, change, phone"
