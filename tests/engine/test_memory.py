"""The customer remembers the trainee's words: what was unsaid, put off or left open, and what to thank for."""

from __future__ import annotations

import pytest

from engine import memory
from engine.draft import Draft
from engine.mood import RULES
from engine.state import Mood, first_state
from engine.voice import word
from tests.engine.calls import START, Call, shipped

CALM = "the-printer-that-prints-nothing"


@pytest.fixture
def call() -> Call:
    return Call(shipped("locked-out-after-the-long-weekend"))


def rules(call: Call) -> list[str]:
    return [event.rule for event in call.events if event.type == "mood_moved"]


def identify(call: Call) -> None:
    for question in (
        "Your full name, please?",
        "And your username?",
        "What is the asset tag on the sticker?",
    ):
        call.say(question)
    if len(call.state.given) < 3:
        call.say("Look at the underside, there is a sticker with the asset tag.")
    call.say("Thank you, all three details match our records.")


def test_a_match_that_is_taken_back_is_noticed_once(call: Call) -> None:
    identify(call)
    turn = call.say("What is your username again?")
    assert turn.reply is not None
    assert "matched_before" in turn.reply.moves
    assert rules(call).count("contradicted") == 1
    call.say("And your full name?")
    assert rules(call).count("contradicted") == 1


def test_asking_for_details_one_after_the_other_is_no_contradiction(call: Call) -> None:
    call.say("Your full name, please?")
    call.say("Thanks, that matches our records. And your username?")
    assert "contradicted" not in rules(call)


def test_a_hold_that_grows_is_noticed(call: Call) -> None:
    call.say("Please hold for two minutes, bear with me")
    turn = call.say("Sorry, please hold for another ten minutes", after=60)
    assert turn.reply is not None
    assert "put_off:2, now 10" in turn.reply.moves


def test_a_hold_that_shrinks_is_not(call: Call) -> None:
    call.say("Please hold for ten minutes, bear with me")
    call.say("Please hold for one more minute", after=60)
    assert "contradicted" not in rules(call)


def worried(turn: int = 3, at: int = 3) -> Draft:
    state = first_state(shipped(CALM), seed=1, at=START)
    return Draft(shipped(CALM), state.with_(worry="Is my data safe?", worried_at=at, turn=turn))


def test_an_answered_question_raises_trust() -> None:
    from engine.meaning import find_meaning

    draft = worried(turn=4)
    memory.hear_answer(draft, find_meaning(draft.scenario, "Don't worry, I'll take care of that for you."))
    assert draft.state.worry is None
    assert [event.rule for event in draft.events if event.type == "mood_moved"] == ["answered"]


def test_a_question_without_an_answer_comes_back_once() -> None:
    from engine.meaning import find_meaning

    draft = worried(turn=6)
    draft.say("waits")
    memory.hear_answer(draft, find_meaning(draft.scenario, "What is your username?"))
    assert [move.kind for move in draft.moves] == ["waits", "still_wonders"]
    reply, _ = word(draft.scenario, draft.state, draft.moves)
    assert reply.text.endswith("Is my data safe?")
    assert len(reply.text) > len("Is my data safe?")
    assert draft.state.worry is None


def test_a_step_that_was_done_before_is_remarked_upon(call: Call) -> None:
    name, action = next((n, a) for n, a in call.scenario.chores.items() if a.effects and not a.when)
    call.state = call.state.with_(done={name: 1}, values={**call.state.values, **action.effects})
    turn = call.say(action.examples[0])
    assert turn.reply is not None
    assert f"already_did:{name}" in turn.reply.moves


@pytest.mark.parametrize("rule", memory.THANKS + memory.COMPLAINTS)
def test_every_reason_has_a_rule_and_words(rule: str) -> None:
    assert rule in RULES
    state = first_state(shipped(CALM), seed=1, at=START).with_(rules={rule: 1}, mood=Mood())
    draft = Draft(shipped(CALM), state)
    memory.give_reason(draft, content=rule in memory.THANKS)
    assert len(draft.moves) == 1
    reply, _ = word(draft.scenario, draft.state, draft.moves)
    assert reply.text
    memory.give_reason(draft, content=rule in memory.THANKS)
    assert len(draft.moves) == 1


def test_the_strongest_reason_is_given() -> None:
    state = first_state(shipped(CALM), seed=1, at=START).with_(rules={"asked_again": 1, "blamed": 1})
    draft = Draft(shipped(CALM), state)
    memory.give_reason(draft, content=False)
    assert draft.moves[0].kind == "complains_of_blamed"
