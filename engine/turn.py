"""A turn of the call: understand, move, disclose, say. Pure: the same inputs give the same call."""

from __future__ import annotations

import datetime as dt

from engine import disclosure, memory
from engine.definition import Scenario
from engine.draft import Draft
from engine.errors import CallOver
from engine.events import CustomerWondered, Event, MessageRead, SpanOfActs
from engine.meaning import Meaning, find_meaning
from engine.mood import move_mood
from engine.oddities import oddity_of, plain
from engine.parts import Part
from engine.reactions import react
from engine.state import CallState, first_state
from engine.understanding.acts import Act
from engine.voice import Reply, word

HOLD_PATIENCE = 3
"""A customer who was asked to hold waits this many times longer before they wonder."""


class Turn(Part):
    """What a step gives: the next state, what happened, and the customer's reply, if they say something."""

    state: CallState
    events: tuple[Event, ...] = ()
    reply: Reply | None = None
    acts: tuple[Act, ...] = ()


def open_call(scenario: Scenario, *, seed: int, at: dt.datetime) -> Turn:
    """The call begins: the customer writes first."""
    draft = Draft(scenario, first_state(scenario, seed=seed, at=at))
    draft.say("opens", lines=scenario.persona.openings)
    for name, fact in scenario.facts.items():
        if fact.volunteered == "at_opening" and not fact.when:
            disclosure.tell(draft, name, asked=False)
            break
    return _spoken(draft, at)


def take_turn(scenario: Scenario, state: CallState, text: str, at: dt.datetime) -> Turn:
    """The customer's answer to a trainee message. Raises CallOver when the customer has left."""
    if state.left:
        raise CallOver("The customer has left the chat. Write your note and end the session.")
    meaning = find_meaning(scenario, text, said_last=state.said[-1] if state.said else None)
    draft = Draft(scenario, state.with_(turn=state.turn + 1, wondered=False))
    draft.record(_read(meaning))
    if meaning.followed or draft.state.waiting_chores:
        react(draft, meaning, text, at)
    if not draft.moves:
        draft.say("waits" if meaning.followed else oddity_of(text, state.last_text))
        if not meaning.followed:
            move_mood(draft, "unclear")
    if meaning.followed and draft.state.turn > 1 and not draft.state.left:
        disclosure.volunteer(draft)
        memory.raise_worry(draft)
    draft.change(last_trainee_at=at, last_text=plain(text), greeted=True)
    return _spoken(draft, at, acts=meaning.reading.acts)


def fall_silent(scenario: Scenario, state: CallState, at: dt.datetime) -> Turn:
    """Called while nobody writes: once a silence, when patience is over, the customer asks whether anyone is there."""
    since = max(filter(None, (state.last_trainee_at, state.last_customer_at)), default=at)
    patience = scenario.persona.asks_after_seconds * (HOLD_PATIENCE if state.hold_since else 1)
    waited = (at - since).total_seconds()
    if state.left or state.wondered or waited < patience:
        return Turn(state=state)
    draft = Draft(scenario, state.with_(wondered=True))
    draft.record(CustomerWondered(seconds=waited))
    move_mood(draft, "left_waiting")
    draft.say("wonders")
    return _spoken(draft, at)


def _spoken(draft: Draft, at: dt.datetime, acts: tuple[Act, ...] = ()) -> Turn:
    reply, said = word(draft.scenario, draft.state, draft.moves)
    shown = at + dt.timedelta(milliseconds=reply.typing_ms)
    state = draft.state.with_(said=draft.state.said + said, last_customer_at=shown)
    return Turn(state=state, events=tuple(draft.events), reply=reply, acts=acts)


def _read(meaning: Meaning) -> MessageRead:
    asked = [f"identity.{field}" for field in meaning.fields]
    asked += [f"other.{index}" for index in meaning.others]
    return MessageRead(
        sentences=tuple(
            SpanOfActs(start=s.start, end=s.end, acts=tuple(reading.act for reading in s.acts))
            for s in meaning.reading.sentences
        ),
        asked=(*asked, *meaning.facts),
        instructed=meaning.chores,
        followed=meaning.followed,
    )
