"""What the customer tells, when, and how much of it."""

from __future__ import annotations

import pytest

from engine.disclosure import MOST_A_TURN, answer_questions
from engine.draft import Draft
from engine.state import first_state
from tests.engine.calls import START, Call, shipped, shipped_slugs


@pytest.mark.parametrize("slug", shipped_slugs())
def test_every_fact_is_told_on_its_own_question_once_its_condition_holds(slug: str) -> None:
    scenario = shipped(slug)
    for name, fact in scenario.facts.items():
        state = first_state(scenario, seed=1, at=START)
        draft = Draft(scenario, state)
        answer_questions(draft, [name])
        told = [event.fact for event in draft.events if event.type == "fact_told"]
        assert told == ([name] if state.fulfils(fact.when) else [])
        assert draft.moves[0].kind == ("tell" if told else "not_yet")


def test_no_more_than_two_facts_a_message() -> None:
    scenario = shipped(shipped_slugs()[0])
    draft = Draft(scenario, first_state(scenario, seed=1, at=START))
    answer_questions(draft, [name for name, fact in scenario.facts.items() if not fact.when])
    assert len(draft.moves) == MOST_A_TURN


def test_a_fact_that_was_volunteered_is_not_held_against_the_first_question() -> None:
    scenario = shipped(shipped_slugs()[0])
    name = next(name for name, fact in scenario.facts.items() if not fact.when)
    draft = Draft(scenario, first_state(scenario, seed=1, at=START).with_(told={name: 1}))
    answer_questions(draft, [name])
    assert draft.moves[0].kind == "tell_more"
    assert not draft.events
    answer_questions(draft, [name])
    assert [event.rule for event in draft.events] == ["asked_again"]


def test_an_open_question_gets_what_the_author_kept_for_it() -> None:
    call = Call(shipped("locked-out-after-the-long-weekend"))
    turn = call.say("What seems to be the problem?")
    assert turn.reply
    assert turn.reply.moves[0].split(":")[0] in {"tell", "tell_more", "again", "problem_again", "repeats"}


def test_a_question_nobody_foresaw_is_answered_honestly() -> None:
    call = Call(shipped("the-printer-that-prints-nothing"))
    turn = call.say("Who painted the wall in your room?")
    assert turn.reply
    assert turn.reply.moves[0].split(":")[0] in {"does_not_know", "does_not_follow", "not_to_hand"}
