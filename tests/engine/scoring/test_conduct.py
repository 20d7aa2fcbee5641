"""Checks of acts: present, absent, all, counted, in order; each with the sentence that decided it."""

from __future__ import annotations

import pytest

from engine.record import CallRecord
from engine.understanding.acts import Act
from tests.engine.builders import Talk, judged, scenario

GREET, EMPATHIZE, ASK_NAME, BLAME = Act.GREET, Act.EMPATHIZE, Act.ASK_NAME, Act.BLAME


def talk(*messages: tuple[str, Act | tuple[Act, ...]]) -> CallRecord:
    call = Talk(scenario())
    for text, acts in messages:
        call.trainee(text, acts).customer(f"Reply to {text}")
    return call.ended()


QUIET = tuple((text, (Act.ACKNOWLEDGE,)) for text in ("Ok.", "Fine.", "Right."))


class TestActPresent:
    def test_met_quotes_the_sentence_that_did_it(self) -> None:
        record = Talk(scenario()).trainee("Hi there. | What is wrong?", GREET, Act.ASK_PROBLEM).ended()
        result = judged({"type": "act_present", "acts": ["ask_problem"]}, record)
        assert (result.result, result.points) == ("met", 1.0)
        evidence = result.evidence[0]
        assert (evidence.kind, evidence.id, evidence.quote) == ("message", "m1", "What is wrong?")
        assert record.messages[0].text[evidence.start : evidence.end] == "What is wrong?"
        assert result.reason == "You asked what is wrong in your first message."

    def test_partly_by_the_share_that_was_done(self) -> None:
        record = talk(("That is rough.", EMPATHIZE), *QUIET)
        result = judged({"type": "act_present", "acts": ["empathize"], "at_least": 4}, record)
        assert (result.result, result.points) == ("partly", 0.25)

    def test_the_same_sentence_again_is_no_second_act(self) -> None:
        record = talk(
            *[("I understand!", EMPATHIZE), ("i understand", EMPATHIZE), (" I  understand. ", EMPATHIZE)]
        )
        result = judged({"type": "act_present", "acts": ["empathize"], "at_least": 3}, record)
        assert result.result == "partly"

    def test_missed_says_what_was_never_done(self) -> None:
        result = judged({"type": "act_present", "acts": ["greet", "empathize"]}, talk(*QUIET))
        assert result.result == "missed"
        assert result.reason == "You never greeted the customer or recognised the customer's trouble."


class TestActsAll:
    @pytest.mark.parametrize(
        ("done", "result", "points"),
        [
            ((GREET, EMPATHIZE, ASK_NAME, Act.FAREWELL), "met", 1.0),
            ((GREET, EMPATHIZE), "partly", 0.5),
            ((GREET,), "missed", 0.0),
            ((), "missed", 0.0),
        ],
    )
    def test_at_least_half_of_them_is_partly(self, done: tuple[Act, ...], result: str, points: float) -> None:
        check = {"type": "acts_all", "acts": ["greet", "empathize", "ask_name", "farewell"]}
        found = judged(check, talk(*[(f"Sentence {act}.", act) for act in done]))
        assert (found.result, found.points) == (result, points)
        assert len(found.evidence) == len(done)


class TestActAbsent:
    def test_met_after_enough_messages(self) -> None:
        assert judged({"type": "act_absent", "acts": ["blame"]}, talk(*QUIET)).result == "met"

    def test_cannot_be_assessed_on_two_messages(self) -> None:
        result = judged({"type": "act_absent", "acts": ["blame"]}, talk(*QUIET[:2]))
        assert (result.result, result.points) == ("cannot_assess", 0.0)

    def test_missed_quotes_the_offence_even_in_a_short_call(self) -> None:
        result = judged({"type": "act_absent", "acts": ["blame"]}, talk(("Your own fault.", BLAME)))
        assert result.result == "missed"
        assert result.evidence[0].quote == "Your own fault."
        assert result.reason == "You blamed the customer in your first message."


class TestActCount:
    CHECK = {"type": "act_count", "acts": ["ask_name"], "at_least": 2, "at_most": 3}

    @pytest.mark.parametrize(
        ("often", "result"), [(0, "missed"), (1, "partly"), (2, "met"), (3, "met"), (4, "missed")]
    )
    def test_counts_between_the_bounds(self, often: int, result: str) -> None:
        record = talk(*[("Your name?", ASK_NAME)] * often, *QUIET)
        assert judged(self.CHECK, record).result == result

    def test_never_too_often_cannot_be_told_from_two_messages(self) -> None:
        check = {"type": "act_count", "acts": ["blame"], "at_most": 0}
        assert judged(check, talk(*QUIET[:2])).result == "cannot_assess"
        assert judged(check, talk(*QUIET)).result == "met"
        assert judged(check, talk(("Your fault.", BLAME))).result == "missed"


class TestActBefore:
    CHECK = {
        "type": "act_before",
        "acts": ["ask_name"],
        "before_acts": ["instruct"],
        "before_actions": ["unlock"],
    }

    def test_met_when_it_comes_first(self) -> None:
        record = talk(("Your name?", ASK_NAME), ("Restart it.", Act.INSTRUCT))
        assert judged(self.CHECK, record).result == "met"

    def test_met_within_one_sentence(self) -> None:
        assert judged(self.CHECK, talk(("Name, and then restart.", (ASK_NAME, Act.INSTRUCT)))).result == "met"

    def test_missed_when_it_comes_later_and_quotes_both(self) -> None:
        record = talk(("Restart it.", Act.INSTRUCT), ("Your name?", ASK_NAME))
        result = judged(self.CHECK, record)
        assert result.result == "missed"
        assert [piece.quote for piece in result.evidence] == ["Restart it.", "Your name?"]
        assert (
            result.reason
            == "You asked for the name only in your second message, after you gave an instruction."
        )

    def test_missed_when_an_action_came_first(self) -> None:
        call = Talk(scenario()).trainee("Hello.", GREET).took("unlock").trainee("Your name?", ASK_NAME)
        result = judged(self.CHECK, call.ended())
        assert result.result == "missed"
        assert result.evidence[0].kind == "event"

    def test_partly_when_nothing_followed(self) -> None:
        assert judged(self.CHECK, talk(("Your name?", ASK_NAME))).result == "partly"

    def test_missed_when_never_done(self) -> None:
        result = judged(self.CHECK, talk(("Restart it.", Act.INSTRUCT)))
        assert result.result == "missed"
        assert result.evidence[0].quote == "Restart it."


class TestJudgedByModel:
    def test_without_a_model_the_code_judges(self) -> None:
        check = {
            "type": "judged_by_model",
            "question": "Was the customer greeted kindly?",
            "otherwise": {"type": "act_present", "acts": ["greet"]},
        }
        assert judged(check, talk(("Hello.", GREET))).result == "met"
        assert judged(check, talk(*QUIET)).result == "missed"

    def test_without_either_a_person_has_to_look(self) -> None:
        result = judged({"type": "judged_by_model", "question": "Was it kind?"}, talk(*QUIET))
        assert result.result == "cannot_assess"
        assert "Was it kind?" in result.reason
