"""Which facts may be told now: those that were asked for and whose condition holds, one or two a turn."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine import memory
from engine.definition import Fact
from engine.draft import Draft
from engine.events import FactTold
from engine.mood import move_mood

MOST_A_TURN = 2
"""Facts that a person tells in one message; the rest stays unsaid until asked again."""
ANNOYED_BELOW = 0.3
"""Warmth under which the annoyed wordings are used."""
WARM_FROM = 0.6
"""Warmth from which the customer adds something of their own accord."""


def answer_questions(draft: Draft, facts: Iterable[str], sure: Collection[str] | None = None) -> None:
    """Tell the facts that were asked for, as far as they may be told.

    Only those of `sure` (default: all) can have been asked again: a misreading is not held against the trainee.
    """
    for name in list(facts)[:MOST_A_TURN]:
        times = draft.count("asked", name)
        fact = draft.scenario.facts[name]
        if not draft.state.fulfils(fact.when):
            draft.say("not_yet", name, fact.not_yet)
            continue
        if name in draft.state.told:
            _tell_again(draft, name, fact, first_asked=times == 1 or (sure is not None and name not in sure))
            continue
        tell(draft, name, asked=True)


def answer_open_question(draft: Draft) -> None:
    """Asked what is wrong: what the author marked for it, or once more what the ticket says."""
    fresh = [name for name, fact in _tellable(draft) if fact.volunteered in ("at_opening", "with_problem")]
    if not fresh:
        told = [
            n for n, f in draft.scenario.facts.items() if f.volunteered != "never" and n in draft.state.told
        ]
        if told:
            answer_questions(draft, told[:1])
        else:
            draft.say("problem_again")
        return
    for name in fresh[:MOST_A_TURN]:
        tell(draft, name, asked=True)


def volunteer(draft: Draft) -> None:
    """A customer who feels well treated adds one thing, if they are the talking kind."""
    if draft.state.mood.warmth < WARM_FROM or not memory.has_room(draft) or draft.moves[0].kind == "tell":
        return
    for name, fact in _tellable(draft):
        if fact.volunteered != "when_warm":
            continue
        if (
            draft.state.draw("volunteer", name, draft.state.turn)
            < draft.scenario.persona.traits.talkativeness
        ):
            if not fact.volunteers:
                draft.say("by_the_way", name)
            tell(draft, name, asked=False)
        return


def tell(draft: Draft, name: str, *, asked: bool) -> None:
    fact = draft.scenario.facts[name]
    annoyed = fact.annoyed and draft.state.mood.warmth < ANNOYED_BELOW
    draft.count("told", name)
    draft.record(FactTold(fact=name, asked=asked))
    lines = fact.annoyed if annoyed else fact.says
    draft.say("tell", name, lines if asked else fact.volunteers or lines)


def _tell_again(draft: Draft, name: str, fact: Fact, *, first_asked: bool) -> None:
    """The same content in other words; the voice remarks on it only where it was really asked before."""
    if first_asked:
        draft.say("tell_more", name, fact.again or fact.says)
        return
    draft.say("again" if fact.again else "repeats", name, fact.again or fact.says)
    move_mood(draft, "asked_again")


def _tellable(draft: Draft) -> list[tuple[str, Fact]]:
    return [
        (name, fact)
        for name, fact in draft.scenario.facts.items()
        if name not in draft.state.told and draft.state.fulfils(fact.when)
    ]
