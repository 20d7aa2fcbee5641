"""Checks of what was found out and done."""

from __future__ import annotations

import pytest

from engine.events import EstateChanged, SessionEnded, ToolWarned
from engine.understanding.acts import Act
from engine.vocabulary import Assurance, Ending
from tests.engine.builders import Talk, judged, scenario


def call() -> Talk:
    return Talk(scenario())


def chat(talk: Talk, messages: int = 3) -> Talk:
    for number in range(messages):
        talk.trainee(f"Line {number}.", Act.ACKNOWLEDGE).customer(f"Reply {number}.")
    return talk


class TestFactElicited:
    CHECK = {"type": "fact_elicited", "facts": ["symptom", "change"]}

    def test_met_quotes_the_question_that_got_it(self) -> None:
        talk = (
            call()
            .trainee("Hi. | Did you set a new password?", Act.GREET, Act.ASK_RECENT_CHANGE)
            .told("change")
        )
        result = judged({"type": "fact_elicited", "facts": ["change"]}, talk.customer("On Friday.").ended())
        assert result.result == "met"
        assert [piece.quote for piece in result.evidence] == ["Did you set a new password?"]
        assert result.reason == "You found out “The new password”."

    def test_a_fact_that_was_volunteered_quotes_the_customer(self) -> None:
        talk = call().trainee("Hi.", Act.GREET).told("change", asked=False).customer("By the way, on Friday.")
        result = judged({"type": "fact_elicited", "facts": ["change"]}, talk.ended())
        assert [piece.quote for piece in result.evidence] == ["By the way, on Friday."]

    def test_partly_with_one_of_two(self) -> None:
        talk = call().trainee("What happens?", Act.ASK_SYMPTOM).told("symptom").customer("It throws me out.")
        result = judged(self.CHECK, talk.ended())
        assert (result.result, result.points) == ("partly", 0.5)
        assert result.reason == "You found out “What happens”, but not “The new password”."

    def test_met_with_as_many_as_are_needed(self) -> None:
        talk = call().trainee("What happens?", Act.ASK_SYMPTOM).told("symptom")
        assert judged(self.CHECK | {"at_least": 1}, talk.ended()).result == "met"

    def test_missed(self) -> None:
        assert judged(self.CHECK, call().ended()).result == "missed"


class TestActionDone:
    CHECK = {"type": "action_done", "actions": ["unlock", "update_phone"]}

    def test_met_cites_the_event(self) -> None:
        record = call().took("unlock").ended()
        result = judged(self.CHECK, record)
        assert result.result == "met"
        assert (result.evidence[0].kind, result.evidence[0].id) == ("event", record.events[0].id)

    @pytest.mark.parametrize(
        ("talk", "words"),
        [
            (call().took("unlock", effective=False), "no effect"),
            (call().took("update_phone", effective=False, claimed=True), "it was not"),
            (
                call().event(ToolWarned(action="unlock", assurance=Assurance.NONE, needed=Assurance.PROVEN)),
                "stopped by the desk's rule",
            ),
        ],
    )
    def test_tried_claimed_or_stopped_is_not_done(self, talk: Talk, words: str) -> None:
        result = judged(self.CHECK, talk.ended())
        assert result.result == "missed"
        assert words in result.reason
        assert result.evidence

    def test_missed(self) -> None:
        assert judged(self.CHECK, call().ended()).result == "missed"


class TestActionNotDone:
    CHECK = {"type": "action_not_done", "actions": ["wipe"]}

    def test_met_after_enough_messages(self) -> None:
        assert judged(self.CHECK, chat(call()).ended()).result == "met"

    def test_cannot_be_assessed_on_two_messages(self) -> None:
        assert judged(self.CHECK, chat(call(), 2).ended()).result == "cannot_assess"

    def test_missed_cites_the_deed(self) -> None:
        result = judged(self.CHECK, call().took("wipe").ended())
        assert (result.result, len(result.evidence)) == ("missed", 1)

    def test_partly_when_it_was_tried_in_vain(self) -> None:
        assert judged(self.CHECK, chat(call().took("wipe", effective=False)).ended()).result == "partly"


class TestActionsInOrder:
    CHECK = {"type": "actions_in_order", "actions": ["update_phone", "unlock"]}

    def test_met(self) -> None:
        assert judged(self.CHECK, call().took("update_phone").took("unlock").ended()).result == "met"

    def test_only_the_first_time_counts(self) -> None:
        record = call().took("update_phone").took("unlock").took("update_phone").ended()
        assert judged(self.CHECK, record).result == "met"

    def test_partly_in_another_order(self) -> None:
        assert judged(self.CHECK, call().took("unlock").took("update_phone").ended()).result == "partly"

    def test_missed_when_one_is_lacking(self) -> None:
        result = judged(self.CHECK, call().took("unlock").ended())
        assert result.result == "missed"
        assert "Enter the new password on the phone" in result.reason


class TestStateAtEnd:
    CHECK = {"type": "state_at_end", "state": {"account.locked": False}}

    def test_met_cites_the_change(self) -> None:
        talk = call().took("unlock").event(EstateChanged(changes={"account.locked": False}))
        result = judged(self.CHECK, talk.ended())
        assert result.result == "met"
        assert result.evidence[0].quote == "Account lock: false"

    def test_missed_says_how_things_stand(self) -> None:
        result = judged(self.CHECK, call().ended())
        assert result.result == "missed"
        assert "Account lock: true" in result.reason

    def test_told_and_done_names_are_known_where_nothing_happened(self) -> None:
        check = {
            "type": "state_at_end",
            "state": {"told.change": False, "done.wipe": False, "assurance": "none"},
        }
        assert judged(check, call().ended()).result == "met"


class TestEndedAs:
    RESOLVED = {"type": "ended_as", "ending": "resolved"}
    ESCALATED = {"type": "ended_as", "ending": "escalated", "team": "Network Operations"}

    def test_met_cites_the_ending(self) -> None:
        talk = call().event(SessionEnded(ending=Ending.RESOLVED))
        result = judged(self.RESOLVED, talk.ended())
        assert (result.result, result.evidence[0].kind) == ("met", "event")

    def test_met_with_the_right_team(self) -> None:
        record = call().ended(Ending.ESCALATED, team="network operations")
        assert judged(self.ESCALATED, record).result == "met"

    def test_partly_with_another_team(self) -> None:
        record = call().ended(Ending.ESCALATED, team="Identity and Access")
        assert judged(self.ESCALATED, record).result == "partly"

    @pytest.mark.parametrize("ending", [Ending.REFUSED, Ending.ESCALATED, None])
    def test_missed_in_any_other_way(self, ending: Ending | None) -> None:
        assert judged(self.RESOLVED, call().ended(ending)).result == "missed"
