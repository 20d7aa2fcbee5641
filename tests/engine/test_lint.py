"""The proof before publishing: each way in which a scenario can be unfit is found."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bots import BOTS
from engine.definition import Scenario
from engine.lint import lint
from tests.engine.builders import scenario, with_criteria
from tests.engine.calls import shipped, shipped_slugs


def found(given: Scenario) -> list[tuple[object, ...]]:
    return [problem.path for problem in lint(given).problems]


@pytest.mark.parametrize("slug", shipped_slugs())
def test_every_shipped_scenario_passes(slug: str) -> None:
    report = lint(shipped(slug))
    assert report.problems == ()
    assert report.passed
    assert list(report.scores) == list(BOTS)


def test_a_wrong_name_ends_the_proof() -> None:
    report = lint(scenario(caller__person="olu"))
    assert [problem.path for problem in report.problems] == [("caller", "person")]
    assert report.scores == {}


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"outcome__solved": {"account.locked": True}}, ("outcome", "solved")),
        ({"actions__unlock__effects": {}}, ("outcome", "solved")),
        ({"caller__proofs": {}}, ("outcome", "solved")),
        ({"caller__answers": {"asset_tag": {"value": "LT-999"}}}, ("outcome", "solved")),
        (
            {"actions__unlock__effects": {"account.locked": False, "account.wiped": True}},
            ("outcome", "untouched"),
        ),
        ({"facts__phone__when": {"phone.password": "lost"}}, ("facts", "phone", "when")),
        (
            {"actions__unlock__when": {"phone.password": ["new", "nwe"]}},
            ("actions", "unlock", "when", "phone.password"),
        ),
        ({"summary": "She changed it on Friday."}, ("summary",)),
        ({"briefing": "It was Friday."}, ("briefing",)),
        ({"ticket__description": "It began after friday, they say."}, ("ticket", "description")),
        ({"ticket__technical_context": "Last change: Friday."}, ("ticket", "technical_context")),
        ({"persona__openings": ["Hi, since Friday it is broken."]}, ("persona", "openings", 0)),
        ({"facts__symptom__says": ["Since Friday I am thrown out."]}, ("facts", "symptom", "says", 0)),
        ({"facts__phone__not_yet": ["Friday has nothing to do with it."]}, ("facts", "phone", "not_yet", 0)),
    ],
)  # fmt: skip
def test_what_makes_a_scenario_unfit(parts: dict[str, Any], path: tuple[object, ...]) -> None:
    assert path in found(scenario(**parts))


@pytest.mark.parametrize(
    "parts",
    [
        {"facts__phone__says": ["On Friday the phone began to nag."]},
        {"actions__try_sign_in__reports": [{"says": ["It says: changed on Friday."]}]},
        {"facts__change__volunteered": "at_opening", "summary": "She changed it on Friday."},
    ],
)  # fmt: skip
def test_what_comes_after_its_fact_is_no_leak(parts: dict[str, Any]) -> None:
    leaks = [problem for problem in lint(scenario(**parts)).problems if "gives away" in problem.message]
    assert leaks == []


def test_a_refusal_may_be_right_from_the_start() -> None:
    given = scenario(outcome__ending="refused", outcome__solved={"account.wiped": False})
    assert ("outcome", "solved") not in found(given)


def test_a_rubric_that_does_not_tell_good_from_bad_is_unfit() -> None:
    given = with_criteria({"anything": {"check": {"type": "act_present", "acts": ["ask_name", "blame"]}}})
    report = lint(given)
    assert any("they must be 10 apart" in problem.message for problem in report.problems)


def test_an_expert_who_cannot_pass_makes_it_unfit_and_says_what_was_missed() -> None:
    given = with_criteria(
        {
            "greeted": {"check": {"type": "act_present", "acts": ["greet"]}},
            "never": {"check": {"type": "act_absent", "acts": ["greet"]}, "fatal": True},
        }
    )
    report = lint(given)
    assert any("the expert bot does not pass (never)" in problem.message for problem in report.problems)
    assert ("rubric", "criteria", "never") in [remark.path for remark in report.remarks]


class TestRemarks:
    def remarks(self, **parts: Any) -> list[tuple[object, ...]]:
        return [remark.path for remark in lint(scenario(**parts)).remarks]

    def test_a_question_that_is_read_as_a_fault(self) -> None:
        asks = ["Has anything changed lately?", "What is your password?"]
        assert ("facts", "change", "asks", 1) in self.remarks(facts__change__asks=asks)

    def test_a_model_note_that_leaves_a_question_open(self) -> None:
        assert ("walkthrough", "note") in self.remarks(walkthrough__note="I unlocked the account.")

    def test_a_question_that_the_ticket_answers(self) -> None:
        asked = {"what": {"question": "What was it?", "answered_by": [["laptop"], ["sign-in"]]}}
        assert ("documentation", "what") in self.remarks(documentation=asked)

    def test_a_weight_without_a_criterion(self) -> None:
        assert ("rubric", "weights", "research") in self.remarks(
            rubric__weights={"technical": 50, "research": 50}
        )
