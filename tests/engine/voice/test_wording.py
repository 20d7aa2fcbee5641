"""From moves to one message."""

from __future__ import annotations

from tests.engine.calls import Call, shipped


def test_lines_without_an_end_do_not_run_into_each_other() -> None:
    call = Call(shipped("vpn-drops-every-ten-minutes"))
    turn = call.say("Could I get your full name and your username?")
    assert turn.reply is not None
    assert "van Dijk. " in turn.reply.text or "van Dijk, " in turn.reply.text
