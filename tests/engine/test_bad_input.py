"""Whatever is typed, the customer answers as a person would, and nothing but the mood moves."""

from __future__ import annotations

import pytest

from engine.oddities import oddity_of
from engine.turn import open_call, take_turn
from tests.engine.calls import START, Call, shipped, shipped_slugs

LOG = "\n".join(
    f"2026-03-02 09:0{n}:12,114 ERROR [svc-{n}] 0x80070005 access denied at Session.open()" for n in range(6)
)
ODD = {
    "nothing": "",
    "blanks": " \n\t ",
    "one letter": "k",
    "marks": "?!?!",
    "emoji": "🙃🙃🙃🎉",
    "noise": "asdf qwer jkl",
    "4,000 characters": "word " * 800,
    "one long word": "x" * 4_000,
    "a log": LOG,
    "code": "for (let i = 0; i < n; i++) { console.log(`${i}`); }",
    "markup": "<div class='a'><script>alert(1)</script></div>",
    "json": '{"type": "message.send", "text": "hi"}',
    "placeholder": "{value} ${name} %s {{x}}",
    "right to left": "\u202eabc\u202c \u0645\u0631\u062d\u0628\u0627",
    "french": "Bonjour, est-ce que vous pouvez me donner votre nom ?",
    "german": "Guten Tag, können Sie mir bitte sagen, wie Sie heißen und was nicht geht?",
    "chinese": "你好，请问您叫什么名字？",
    "zero width": "h\u200be\u200bl\u200bl\u200bo",
    "combining": "Z̷̢̛a̸l̶g̷o̸",
}


@pytest.mark.parametrize("slug", shipped_slugs())
@pytest.mark.parametrize("odd", ODD)
def test_odd_messages_are_answered_and_change_nothing(slug: str, odd: str) -> None:
    scenario = shipped(slug)
    before = open_call(scenario, seed=1, at=START).state
    turn = take_turn(scenario, before, ODD[odd], START)
    assert turn.reply is not None
    assert turn.reply.text.strip()
    assert turn.state.values == before.values
    assert turn.state.assurance is before.assurance
    assert not turn.state.left


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ODD["french"], "other_language"),
        (ODD["german"], "other_language"),
        (ODD["chinese"], "other_language"),
        (ODD["a log"], "cannot_read_that"),
        (ODD["code"], "cannot_read_that"),
        (ODD["markup"], "cannot_read_that"),
        (ODD["4,000 characters"], "cannot_read_that"),
        ("blue is the tuesday", "does_not_follow"),
        ("was that in writing?", "does_not_follow"),
        ("can you put it on the desk to me", "does_not_follow"),
    ],
)
def test_what_cannot_be_followed_is_told_apart(text: str, kind: str) -> None:
    assert oddity_of(text, None) == kind


def test_the_same_nonsense_twice_is_noticed() -> None:
    call = Call(shipped("the-printer-that-prints-nothing"))
    call.say("flurb the wozzle")
    turn = call.say("Flurb the  wozzle")
    assert turn.reply is not None
    assert turn.reply.moves == ("got_it_twice",)


def test_twenty_messages_in_a_second_are_all_answered() -> None:
    call = Call(shipped("the-printer-that-prints-nothing"))
    replies = [call.say(f"And what about {number}?", after=0.05).reply for number in range(20)]
    texts = [reply.text for reply in replies if reply]
    assert len(texts) == len(set(texts)) == 20
