"""How the customer reacts to what a message does, act by act. Each function adds to the draft what follows.

The order in `react` is the order in which a person would deal with them: insults first, then questions, then
what they are asked to do, then news, then pleasantries. Pleasantries alone are answered only when there is
nothing else to say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from engine import disclosure, identity, memory
from engine.draft import Draft
from engine.estate import act_on_estate, claim_action, first_true, what_is_seen
from engine.events import CustomerLeft, HoldEnded, HoldStarted
from engine.meaning import Meaning
from engine.mood import BY_ACT, has_jargon, move_mood
from engine.understanding.acts import Act
from engine.vocabulary import Ending, IdentityField, Proof, TechnicalLevel
from engine.voice.banks import impostors

LINGERS = dt.timedelta(seconds=30)
"""How far past a promised time a customer says nothing."""
REPAIRS = re.compile(
    r"\b(?:i mean(?:t)?|no|not|instead|the other|again|on (?:the|your)|please do)\b", re.IGNORECASE
)
"""How an agent puts a misunderstood instruction right: "I meant on your phone"."""
LEAVES_AT_PATIENCE = 0.02
LEAVES_AT_RUDENESS = 2
"""Rude messages that it takes: nobody walks out over one, which may have been misread."""


def react(draft: Draft, meaning: Meaning, text: str, at: dt.datetime) -> None:
    _keep_time(draft, meaning, text, at)
    memory.notice_contradiction(draft, meaning)
    for act in meaning.reading.acts:
        rule = _rule_of(draft, act)
        if rule:
            move_mood(draft, rule)
    for step in STEPS:
        if not draft.state.left:
            step(draft, meaning, text)
    memory.hear_answer(draft, meaning)


def _rule_of(draft: Draft, act: Act) -> str | None:
    if act is Act.REFUSE and not draft.scenario.caller.genuine:
        return None
    return BY_ACT.get(act)


# ---------------------------------------------------------------- time


def _keep_time(draft: Draft, meaning: Meaning, text: str, at: dt.datetime) -> None:
    """Holds end with the next message; promised times are kept or broken; silence is counted anew."""
    was_holding = draft.state.hold_since is not None
    if draft.state.hold_since is not None:
        draft.record(HoldEnded(seconds=(at - draft.state.hold_since).total_seconds()))
        draft.change(hold_since=None)
    promised, said = draft.state.promised_until, draft.state.promised_minutes
    if promised is not None:
        late = at > promised + LINGERS
        move_mood(draft, "broke_promise" if late else "kept_promise")
        if late:
            draft.say("late", in_words(said))
        draft.change(promised_until=None)
    if meaning.has(Act.SET_EXPECTATION, Act.REQUEST_HOLD) and (minutes := _minutes_in(text)):
        draft.change(promised_until=at + dt.timedelta(minutes=minutes), promised_minutes=minutes)
        if was_holding and meaning.has(Act.REQUEST_HOLD):
            memory.notice_longer_hold(draft, said, minutes)
    if meaning.has(Act.REQUEST_HOLD):
        draft.change(hold_since=at)
        draft.record(HoldStarted())


_NUMBERS = {"a": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5, "ten": 10}
_NUMBERS |= {"fifteen": 15, "twenty": 20, "thirty": 30}
_MINUTES = re.compile(
    r"\b(\d{1,3}|" + "|".join(_NUMBERS) + r")\s*(?:of\s+)?(?:more\s+)?(?:min(?:ute)?s?)\b", re.I
)


def in_words(minutes: int) -> str:
    """A number of minutes as people write it: "five minutes", "45 minutes"."""
    words = {number: word for word, number in _NUMBERS.items() if word not in ("a", "couple", "few")}
    return f"{words.get(minutes, minutes)} minute{'' if minutes == 1 else 's'}"


def _minutes_in(text: str) -> int | None:
    """The longest number of minutes that a text names."""
    found = [_NUMBERS.get(number.lower()) or int(number) for number in _MINUTES.findall(text)]
    return max(found, default=None)


# ---------------------------------------------------------------- faults


def _on_faults(draft: Draft, meaning: Meaning, text: str) -> None:
    for act, kind in (
        (Act.BLAME, "hurt"),
        (Act.DISMISS, "brushed_off"),
        (Act.REQUEST_SECRET, "wary_of_secret"),
        (Act.DISCLOSE_SECRET, "handed_secret"),
        (Act.MANIPULATE, "puzzled"),
    ):
        if meaning.has(act):
            draft.say(kind)
    if meaning.has(Act.DISCLOSE_RECORD):
        identity.agree_with(draft, text)
    rude = draft.state.rules.get("blamed", 0) + draft.state.rules.get("brushed_off", 0)
    out_of_patience = draft.state.mood.patience <= LEAVES_AT_PATIENCE and rude >= LEAVES_AT_RUDENESS
    if out_of_patience and meaning.has(Act.BLAME, Act.DISMISS):
        _leave(draft, "out_of_patience")


def _leave(draft: Draft, why: str) -> None:
    draft.moves.clear()
    if why == "gave_up":
        draft.say("gives_up", lines=impostors.parting(draft.scenario.caller))
    else:
        draft.say("walks_out")
    draft.change(left=True)
    draft.record(CustomerLeft.model_validate({"why": why}))


# ---------------------------------------------------------------- who is on the line


def _on_identity_questions(draft: Draft, meaning: Meaning, text: str) -> None:
    for field in IdentityField:
        if field in meaning.fields:
            _asked_for_field(draft, field, meaning)
        elif field not in draft.state.given and field in meaning.hints:
            identity.find_on_hint(draft, field)
    for index in meaning.others:
        answer = draft.scenario.caller.other_answers[index]
        again = draft.count("asked", f"other.{index}") > 1
        draft.say("repeats" if again else "give_other", f"other.{index}", answer.says)
    if Act.ASK_OTHER_ID in meaning.unanswerable and not meaning.others:
        draft.say("not_to_hand")


def _asked_for_field(draft: Draft, field: IdentityField, meaning: Meaning) -> None:
    if field not in draft.state.given and field in meaning.hints:
        identity.find_on_hint(draft, field)
        return
    if f"identity.{field}" in draft.state.asked and field in draft.state.given:
        move_mood(draft, "asked_again")
    identity.give(draft, field)


def _on_possession_checks(draft: Draft, meaning: Meaning, text: str) -> None:
    for proof in meaning.proofs:
        check = draft.scenario.caller.proofs.get(proof)
        if draft.scenario.caller.genuine or check is None:
            draft.say("told_of_check", proof, check.before if check else ())
        else:
            make_excuse(draft, proof)
    if meaning.has(Act.CONFIRM_IDENTITY) and not _wants_more(meaning):
        draft.say("glad_verified")
    if meaning.has(Act.CHALLENGE_IDENTITY) and not identity.correct_slip(draft):
        if draft.scenario.caller.genuine:
            if not meaning.fields:  # else they have just looked again, and answered
                draft.say("sure_of_it")
        else:
            hold_off(draft)


def make_excuse(draft: Draft, proof: Proof) -> None:
    """An impostor explains, once, why this proof cannot work; after that they press."""
    if proof in draft.state.excused:
        hold_off(draft)
        return
    draft.change(excused=(*draft.state.excused, proof))
    draft.say("excuses", proof, impostors.excuses(draft.scenario.caller, proof))


def _on_refusal(draft: Draft, meaning: Meaning, text: str) -> None:
    if not meaning.has(Act.REFUSE):
        return
    if not draft.scenario.caller.genuine:
        hold_off(draft)
    elif not _wants_more(meaning):
        draft.say("disappointed")


def _wants_more(meaning: Meaning) -> bool:
    """Whether the message also asks for something: the answer to that is answer enough."""
    return bool(meaning.facts or meaning.chores or meaning.fields or meaning.others)


def hold_off(draft: Draft) -> None:
    """An impostor meets resistance: presses, a step harder each time, and at last gives up."""
    caller = draft.scenario.caller
    if any(move.kind == "presses" for move in draft.moves):
        return
    refusals = draft.state.refusals + 1
    draft.change(refusals=refusals)
    if refusals >= caller.gives_up_after + 1:
        _leave(draft, "gave_up")
        return
    draft.say("presses", str(refusals), impostors.pressure(caller, refusals))


# ---------------------------------------------------------------- questions and instructions


def _on_questions(draft: Draft, meaning: Meaning, text: str) -> None:
    disclosure.answer_questions(draft, meaning.facts, meaning.sure)
    if meaning.open_question:
        disclosure.answer_open_question(draft)
    if meaning.has(Act.ASK_PERMISSION) and not meaning.facts:
        draft.say("permits")
    for act in meaning.unanswerable:
        if act is not Act.ASK_OTHER_ID and not meaning.facts:
            draft.say("does_not_know", act)


def _on_instructions(draft: Draft, meaning: Meaning, text: str) -> None:
    """One thing at a time: the first is done now, the others wait for the next turn."""
    slipped = draft.state.slipped
    draft.change(slipped=None)
    meant = (slipped,) if slipped and not meaning.chores and REPAIRS.search(text) else meaning.chores
    waiting = tuple(dict.fromkeys((*meant, *draft.state.waiting_chores)))
    if waiting:
        draft.change(waiting_chores=waiting[1:])
        _do_chore(draft, waiting[0])
        if waiting[1:] and meaning.chores:
            draft.say("one_at_a_time")
    elif meaning.forbidden and not draft.moves:
        draft.say("leaves_it")
    elif meaning.unknown_instruction and not draft.moves and not meaning.has(Act.CONFIRM_FIX):
        draft.say("cannot_do")
        move_mood(draft, "unclear")
    if meaning.has(Act.CONFIRM_FIX) and not meaning.chores and not meaning.has(Act.CHALLENGE_IDENTITY):
        _try_it(draft)


def _do_chore(draft: Draft, name: str) -> None:
    action = draft.scenario.actions[name]
    times = draft.count("instructed", name)
    slip = action.goes_wrong
    if (
        slip
        and times == 1
        and draft.state.fulfils(action.when)
        and draft.state.draw("slip", name) < slip.chance
    ):
        if slip.kind == "claims":
            claim_action(draft, name, action)
        draft.change(slipped=name)
        draft.say("slips", name, slip.says)
        return
    solved_before = draft.state.fulfils(draft.scenario.outcome.solved)
    if _changes_nothing(draft, name):
        draft.say("already_did", name)
        move_mood(draft, "asked_again")
        return
    effective = act_on_estate(draft, name, action)
    draft.say("reports", name, what_is_seen(draft, action, effective=effective))
    if draft.state.fulfils(draft.scenario.outcome.solved) and (solved_before or effective):
        _see_it_works(draft)


def _changes_nothing(draft: Draft, name: str) -> bool:
    """Whether the customer did this before and everything is as it left it: a person says so instead of doing it."""
    effects = draft.scenario.actions[name].effects
    as_left = all(draft.state.values[variable] == value for variable, value in effects.items())
    return bool(draft.state.done.get(name) and effects and as_left)


def _try_it(draft: Draft) -> None:
    outcome = draft.scenario.outcome
    if not draft.state.fulfils(outcome.solved):
        draft.say("still_broken", lines=first_true(draft, outcome.still_broken))
        return
    _see_it_works(draft)
    draft.say("works", lines=first_true(draft, outcome.works))


def _see_it_works(draft: Draft) -> None:
    """The customer has found out for themselves: asked whether it works, or by using it after the repair."""
    if not draft.state.satisfied:
        move_mood(draft, "fixed")
        draft.change(satisfied=True)


# ---------------------------------------------------------------- news, closing, pleasantries


def _on_news(draft: Draft, meaning: Meaning, text: str) -> None:
    novice = draft.scenario.persona.technical_level is TechnicalLevel.NOVICE
    if meaning.has(Act.EXPLAIN, Act.INSTRUCT, Act.SUMMARIZE) and novice and has_jargon(text):
        move_mood(draft, "jargon")
        draft.say("lost_in_jargon")
    for act, kind in (
        (Act.ANNOUNCE_ESCALATION, "passed_on"),
        (Act.REQUEST_HOLD, "will_wait"),
        (Act.ANNOUNCE_ACTION, "lets_them"),
        (Act.SET_EXPECTATION, "takes_note_of_time"),
        (Act.EXPLAIN, "sees"),
        (Act.SUMMARIZE, "agrees_with_summary"),
        (Act.GIVE_REFERENCE, "notes_reference"),
        (Act.TEACH, "learns"),
    ):
        if meaning.has(act) and not draft.moves:
            draft.say(kind)


def _on_closing(draft: Draft, meaning: Meaning, text: str) -> None:
    if meaning.has(Act.OFFER_MORE_HELP, Act.ASK_SATISFACTION, Act.FAREWELL):
        _look_before_the_end(draft)
    solved = draft.state.satisfied or _is_passed_on(draft)
    if meaning.has(Act.OFFER_MORE_HELP):
        draft.say("nothing_more" if solved else "still_waits_for_help")
    if meaning.has(Act.ASK_SATISFACTION):
        content = solved and draft.state.mood.warmth > disclosure.ANNOYED_BELOW
        draft.say("content" if content else "not_content")
        memory.give_reason(draft, content=content)
    if meaning.has(Act.FAREWELL):
        if solved:
            memory.give_reason(draft, content=draft.state.mood.warmth > disclosure.WARM_FROM)
            draft.say("says_goodbye", lines=draft.scenario.persona.closings)
        elif not draft.scenario.caller.genuine and draft.state.refusals:
            _leave(draft, "gave_up")
        else:
            draft.say("goes_unhelped")


def _look_before_the_end(draft: Draft) -> None:
    """Nobody lets the desk go without a look: what works now but was never tried is tried by the customer."""
    outcome = draft.scenario.outcome
    if (
        outcome.ending is Ending.RESOLVED
        and draft.state.fulfils(outcome.solved)
        and not draft.state.satisfied
    ):
        draft.say("tries_before_the_end")
        _try_it(draft)


def _is_passed_on(draft: Draft) -> bool:
    """Whether all that the desk could do is done and the customer knows who goes on with it."""
    outcome = draft.scenario.outcome
    told = "passed_on" in draft.state.rules
    return outcome.ending is Ending.ESCALATED and told and draft.state.fulfils(outcome.solved)


def _on_pleasantries(draft: Draft, meaning: Meaning, text: str) -> None:
    if draft.moves:
        return
    if meaning.lost_question:
        draft.say("does_not_follow")
        return
    for acts, kind in (
        ((Act.EMPATHIZE, Act.APOLOGIZE, Act.REASSURE), "comforted"),
        ((Act.SMALL_TALK,), "chats"),
        ((Act.THANK, Act.RETURN_FROM_HOLD), "you_are_welcome"),
        ((Act.GREET, Act.INTRODUCE_SELF), "greets_back"),
        ((Act.ACKNOWLEDGE,), "waits"),
    ):
        if meaning.has(*acts):
            draft.say(kind)
            return


STEPS: tuple[Callable[[Draft, Meaning, str], None], ...] = (
    _on_faults,
    _on_identity_questions,
    _on_possession_checks,
    _on_refusal,
    _on_questions,
    _on_instructions,
    _on_news,
    _on_closing,
    _on_pleasantries,
)
"""In the order in which a person would deal with them; once they have left, there is nothing more to deal with."""
