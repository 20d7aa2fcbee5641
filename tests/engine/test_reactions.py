"""How the customer reacts: here, what they take as proof that it works."""

from __future__ import annotations

from tests.engine.calls import Call, shipped

PRINTER = "the-printer-that-prints-nothing"


def put_right() -> Call:
    call = Call(shipped(PRINTER))
    call.identify()
    call.use("connect_printer")
    for _ in range(2):  # the first time may go wrong
        call.say("Please click PR-GF-01 and then Set as default.")
    return call


def test_whoever_prints_a_page_after_the_repair_has_seen_that_it_works() -> None:
    call = put_right()
    call.say("Please print one page and tell me whether it comes out.")
    assert call.state.satisfied
    last = call.say("Is there anything else I can do for you?")
    assert last.reply is not None
    assert last.reply.moves == ("nothing_more",)


def test_a_page_that_did_not_come_out_satisfies_nobody() -> None:
    call = Call(shipped(PRINTER))
    call.identify()
    call.say("Please print one page and tell me whether it comes out.")
    assert not call.state.satisfied


def test_a_misunderstood_step_is_put_right_in_a_few_words() -> None:
    call = Call(shipped("locked-out-after-the-long-weekend"))
    turn = call.say("Please enter your new password in the mail app on your phone.")
    assert turn.reply is not None
    assert "slips:update_phone_password" in turn.reply.moves
    turn = call.say("I meant on your phone, not on the laptop.")
    assert turn.reply is not None
    assert "reports:update_phone_password" in turn.reply.moves
