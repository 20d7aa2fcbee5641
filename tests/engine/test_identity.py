"""Who is on the line: slips, details that must be found first, what was read out, and proofs."""

from __future__ import annotations

import pytest

from engine.errors import NotYetGiven
from engine.identity import matches_records, record_of
from engine.vocabulary import IdentityField
from tests.engine.calls import Call, shipped, shipped_slugs

LOCKED = "locked-out-after-the-long-weekend"
PRINTER = "the-printer-that-prints-nothing"
VPN = "vpn-drops-every-ten-minutes"
TAXI = "the-director-in-the-taxi"


def test_three_details_may_be_asked_for_at_once() -> None:
    call = Call(shipped(LOCKED))
    call.say("Can I take your full name, your username and the asset tag of your laptop?")
    assert set(call.state.given) == set(IdentityField)


def test_a_caller_who_does_not_know_the_tag_finds_it_when_told_where_to_look() -> None:
    call = Call(shipped(PRINTER))
    field = IdentityField.ASSET_TAG
    answer = call.scenario.caller.answers[field]
    turn = call.say("What is the asset tag of your laptop?")
    assert turn.reply and f"unknown:{field}" in turn.reply.moves
    assert field not in call.state.given
    call.say(answer.finds_by[0])
    assert matches_records(call.scenario, field, call.state.given[field])


def test_a_slip_is_put_right_when_challenged() -> None:
    call = Call(shipped(VPN))
    field = next(f for f, answer in call.scenario.caller.answers.items() if answer.slip)
    questions = {"name": "Your full name, please?", "username": "What is your username?"}
    call.say(questions.get(field, "What is the asset tag on the sticker?"))
    assert not matches_records(call.scenario, field, call.state.given[field])
    call.say("That doesn't match the records that I have.")
    assert matches_records(call.scenario, field, call.state.given[field])


def test_a_detail_read_out_is_taken_by_whoever_is_on_the_line() -> None:
    call = Call(shipped(TAXI))
    tag = record_of(call.scenario, IdentityField.ASSET_TAG)
    call.say(f"You are using the laptop {tag}, is that right?")
    assert call.state.given.get(IdentityField.ASSET_TAG) == tag


def test_a_mark_needs_an_answer() -> None:
    call = Call(shipped(LOCKED))
    with pytest.raises(NotYetGiven):
        call.mark("name")
    assert not call.state.marks


@pytest.mark.parametrize("slug", shipped_slugs())
def test_an_honest_caller_can_be_identified_and_an_impostor_never_proven(slug: str) -> None:
    call = Call(shipped(slug))
    proofs = [call.use(proof).result.ok for proof in call.scenario.caller.proofs if not call.state.left]
    if call.scenario.caller.genuine:
        call.identify()
        assert any(proofs)
    else:
        assert not any(proofs)


def test_an_impostor_makes_excuses_then_presses_then_gives_up() -> None:
    call = Call(shipped(TAXI))
    first = call.say("I'll call you back on the number we have on file.")
    assert first.reply and first.reply.moves[0].startswith("excuses")
    for _ in range(12):
        if call.state.left:
            break
        call.say("I can't do that without verifying you, I'm sorry.")
    assert call.state.left
    assert [e.why for e in call.events if e.type == "customer_left"] == ["gave_up"]
