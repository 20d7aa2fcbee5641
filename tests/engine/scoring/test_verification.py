"""Checks of who was on the line."""

from __future__ import annotations

import pytest

from engine.events import AssuranceReached, FieldMarked, ProofChecked
from engine.vocabulary import Assurance, IdentityField, Outcome, Proof
from tests.engine.builders import Talk, judged, scenario

NONE, IDENTIFIED, PROVEN = Assurance


def call() -> Talk:
    return Talk(scenario())


def marked(talk: Talk, field: str, *, right: bool = True) -> Talk:
    return talk.event(
        FieldMarked(field=IdentityField(field), outcome=Outcome.MATCHES, given="something", right=right)
    )


class TestAssuranceBefore:
    CHECK = {"type": "assurance_before", "level": "proven", "actions": ["unlock", "wipe"]}

    def test_met_when_every_time_was_safe(self) -> None:
        record = call().took("unlock", assurance=PROVEN).took("wipe", assurance=PROVEN).ended()
        assert judged(self.CHECK, record).result == "met"

    @pytest.mark.parametrize("level", [NONE, IDENTIFIED])
    def test_one_time_without_is_a_breach_and_cites_that_time(self, level: Assurance) -> None:
        record = call().took("unlock", assurance=PROVEN).took("wipe", assurance=level, forced=True).ended()
        result = judged(self.CHECK, record)
        assert result.result == "missed"
        assert result.reason == "You did “Wipe the account” before any proof that it was really them."
        assert [piece.id for piece in result.evidence] == [record.events[1].id]

    def test_a_deed_without_effect_is_a_breach_as_well(self) -> None:
        record = call().took("unlock", assurance=NONE, effective=False).ended()
        assert judged(self.CHECK, record).result == "missed"

    @pytest.mark.parametrize("if_never", ["met", "missed"])
    def test_never_done_is_worth_what_the_author_says(self, if_never: str) -> None:
        assert judged(self.CHECK | {"if_never": if_never}, call().ended()).result == if_never


class TestAssuranceReached:
    CHECK = {"type": "assurance_reached", "level": "proven"}

    @pytest.mark.parametrize(
        ("reached", "result"),
        [((IDENTIFIED, PROVEN), "met"), ((IDENTIFIED,), "partly"), ((), "missed"), ((PROVEN, NONE), "met")],
    )
    def test_at_some_time(self, reached: tuple[Assurance, ...], result: str) -> None:
        talk = call()
        for level in reached:
            talk.event(AssuranceReached(level=level))
        assert judged(self.CHECK, talk.ended()).result == result

    def test_below_identified_there_is_nothing_partly(self) -> None:
        check = {"type": "assurance_reached", "level": "identified"}
        assert judged(check, call().ended()).result == "missed"


class TestFieldsMarked:
    CHECK = {"type": "fields_marked", "fields": ["name", "username", "asset_tag"]}

    def test_met_when_all_are_right(self) -> None:
        talk = marked(marked(marked(call(), "name"), "username"), "asset_tag")
        result = judged(self.CHECK, talk.ended())
        assert (result.result, len(result.evidence)) == ("met", 3)

    def test_partly_by_the_share_that_is_right(self) -> None:
        result = judged(self.CHECK, marked(marked(call(), "name"), "username", right=False).ended())
        assert (result.result, result.points) == ("partly", 0.3333)
        assert "The username was marked against what the records say" in result.reason
        assert "the asset tag was never compared" in result.reason

    def test_the_last_mark_counts(self) -> None:
        check = {"type": "fields_marked", "fields": ["name"]}
        assert judged(check, marked(marked(call(), "name", right=False), "name").ended()).result == "met"
        assert judged(check, marked(marked(call(), "name"), "name", right=False).ended()).result == "missed"

    def test_missed_without_any_mark(self) -> None:
        assert judged(self.CHECK, call().ended()).result == "missed"


class TestProofTried:
    CHECK = {"type": "proof_tried", "proofs": ["call_back"]}

    @pytest.mark.parametrize("passed", [True, False])
    def test_met_whatever_came_of_it(self, passed: bool) -> None:
        talk = call().event(ProofChecked(proof=Proof.CALL_BACK, passed=passed))
        assert judged(self.CHECK, talk.ended()).result == "met"

    def test_another_proof_is_not_this_one(self) -> None:
        talk = call().event(ProofChecked(proof=Proof.PUSH, passed=True))
        assert judged(self.CHECK, talk.ended()).result == "missed"
