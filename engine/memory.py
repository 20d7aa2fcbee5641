"""What the customer remembers of the trainee's words: what was said before, promised, and left without an answer.

Facts and actions have their counters in the state; here is what makes the customer speak of the past of their own
accord: contradictions, their own questions, and the reason for thanks or complaint at the end.
"""

from __future__ import annotations

from engine.draft import Draft
from engine.meaning import Meaning
from engine.mood import RULES, move_mood
from engine.understanding.acts import Act
from engine.vocabulary import IdentityField, Outcome

LEAVES_ROOM = frozenset(
    {"comforted", "waits", "will_wait", "lets_them", "takes_note_of_time", "sees", "tell", "passed_on"}
)
"""Moves after which a customer may add a question of their own."""
ANSWERS_WORRY = (
    Act.REASSURE,
    Act.EXPLAIN,
    Act.SET_EXPECTATION,
    Act.TEACH,
    Act.ANNOUNCE_ESCALATION,
    Act.REFUSE,
    Act.ACKNOWLEDGE,
)
"""What a question of the customer's counts as answered by: they asked to be told something, and were."""
COMES_BACK = 3
"""Turns after which a question that nobody answered is asked once more."""
MOST_REMINDERS = 2
"""How often in a call a customer comes back to a question of theirs."""
THANKS = ("kept_promise", "said_what_comes_next", "took_ownership", "explained", "cared", "answered")
COMPLAINTS = (
    *("blamed", "brushed_off", "left_waiting", "broke_promise", "contradicted"),
    *("asked_again", "passed_over", "asked_for_secret", "jargon"),
)
"""The rules of the mood that a customer can name at the end, of equal weight the first one before the others."""


# ---------------------------------------------------------------- contradictions


def notice_contradiction(draft: Draft, meaning: Meaning) -> None:
    """The trainee unsays what they said: a match, or the time that something takes."""
    if _unsays_match(draft, meaning):
        draft.say("matched_before")
        move_mood(draft, "contradicted")
    if meaning.has(Act.CONFIRM_IDENTITY) and len(draft.state.given) == len(IdentityField):
        draft.change(confirmed=True)


def notice_longer_hold(draft: Draft, said: int, now: int) -> None:
    """Back from a hold of so many minutes, the trainee asks for another and longer one."""
    if 0 < said < now and not draft.state.put_off:
        draft.change(put_off=True)
        draft.say("put_off", f"{said}, now {now}")
        move_mood(draft, "contradicted")


def _unsays_match(draft: Draft, meaning: Meaning) -> bool:
    if (
        not draft.state.confirmed
        or draft.state.unsaid_match
        or Outcome.MISMATCH in draft.state.marks.values()
    ):
        return False
    asks_once_more = any(field in draft.state.given for field in meaning.fields)
    if not (asks_once_more or meaning.has(Act.CHALLENGE_IDENTITY)):
        return False
    draft.change(unsaid_match=True)
    return True


# ---------------------------------------------------------------- questions of their own


def hear_answer(draft: Draft, meaning: Meaning) -> None:
    """An open question of the customer's is answered, or comes back once, or is let go."""
    worry = draft.state.worry
    if worry is None:
        return
    if meaning.has(*ANSWERS_WORRY):
        draft.change(worry=None)
        move_mood(draft, "answered")
    elif draft.state.turn - draft.state.worried_at >= COMES_BACK and has_room(draft):
        draft.change(worry=None)
        if draft.state.rules.get("passed_over", 0) < MOST_REMINDERS and not draft.state.satisfied:
            move_mood(draft, "passed_over")
            draft.say("still_wonders", "worry", [worry])


def raise_worry(draft: Draft) -> None:
    """Now and then the customer asks something of their own: the author's worries, or how long it takes."""
    if draft.state.satisfied or draft.state.worry is not None:
        return
    if not has_room(draft):
        return
    chance = 0.1 + 0.3 * draft.scenario.persona.traits.anxiety
    if draft.state.draw("worry", draft.state.turn) >= chance:
        return
    fresh = [line for line in draft.scenario.persona.worries if line not in draft.state.said]
    if not fresh:
        return
    line = fresh[int(draft.state.draw("which worry", draft.state.turn) * len(fresh))]
    draft.change(worry=line, worried_at=draft.state.turn)
    draft.say("worries", lines=[line])


def has_room(draft: Draft) -> bool:
    """Whether what the customer has to say leaves room for something of their own; once it works, nothing is left."""
    return (
        not draft.state.left
        and not draft.state.satisfied
        and len(draft.moves) == 1
        and draft.moves[0].kind in LEAVES_ROOM
    )


# ---------------------------------------------------------------- thanks and complaints


def give_reason(draft: Draft, *, content: bool) -> None:
    """Once a call, at its end: what it is that the customer liked, or did not."""
    if draft.state.gave_reason:
        return
    rules = [rule for rule in (THANKS if content else COMPLAINTS) if rule in draft.state.rules]
    if not rules:
        return
    strongest = max(rules, key=lambda rule: draft.state.rules[rule] * _force(rule))
    draft.change(gave_reason=True)
    draft.say(f"{'thanks_for' if content else 'complains_of'}_{strongest}")


def _force(rule: str) -> float:
    return sum(abs(push) for push in RULES[rule])
