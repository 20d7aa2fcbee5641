"""Checks of what was found out and done: facts, actions, the state of the estate, the ending."""

from __future__ import annotations

from collections.abc import Iterable

from engine.call import Call, Happened, Sentence
from engine.checks import ActionDone, ActionNotDone, ActionsInOrder, EndedAs, FactElicited, StateAtEnd
from engine.conditions import names_in
from engine.events import ActionTaken, EstateChanged, FactTold, SessionEnded, ToolWarned
from engine.scorecard import Evidence
from engine.scoring.conduct import too_short
from engine.scoring.evidence import cite_event, cite_message, cite_sentence
from engine.scoring.verdict import Verdict, cannot_assess, met, missed, partly
from engine.scoring.wording import ENDED, labels, topics
from engine.understanding.acts import ASKS_IDENTITY, FINDING_OUT


def fact_elicited(check: FactElicited, call: Call) -> Verdict:
    wanted = tuple(dict.fromkeys(check.facts))
    needed = min(check.at_least or len(wanted), len(wanted))
    told: dict[str, Happened[FactTold]] = {}
    for happened in call.happened(FactTold):
        if happened.event.fact in wanted:
            told.setdefault(happened.event.fact, happened)
    evidence = [piece for happened in told.values() for piece in _question_or_answer(happened, call)]
    lacking = [fact for fact in wanted if fact not in told]
    if len(told) >= needed:
        return met(f"You found out {topics(call.scenario, told)}.", evidence)
    if told:
        found, open_ones = topics(call.scenario, told), topics(call.scenario, lacking)
        reason = f"You found out {found}, but not {open_ones}."
        return partly(reason, evidence, points=len(told) / needed)
    return missed(f"You never found out {topics(call.scenario, lacking)}.")


def action_done(check: ActionDone, call: Call) -> Verdict:
    wanted = labels(call.scenario, check.actions)
    if done := call.done(check.actions):
        return met(f"{_labels_of(done[:1], call)} was done.", _cite(done[:1], call))
    if tried := call.taken(check.actions):
        return missed(f"{_labels_of(tried[:1], call)} was tried, but had no effect.", _cite(tried, call))
    if claimed := [each for each in call.happened(ActionTaken) if each.event.action in check.actions]:
        reason = f"The customer said that {_labels_of(claimed[:1], call)} was done, but it was not."
        return missed(reason, _cite(claimed, call))
    if warned := [each for each in call.happened(ToolWarned) if each.event.action in check.actions]:
        reason = f"{wanted} was stopped by the desk's rule and never done."
        return missed(reason, [cite_event(warned[0], wanted)])
    return missed(f"{wanted} was never done.")


def action_not_done(check: ActionNotDone, call: Call) -> Verdict:
    if done := call.done(check.actions):
        return missed(f"{_labels_of(done, call)} was done.", _cite(done, call))
    if tried := [each for each in call.happened(ActionTaken) if each.event.action in check.actions]:
        reason = f"{_labels_of(tried, call)} was tried, though nothing came of it."
        return partly(reason, _cite(tried, call))
    if too_short(call):
        return cannot_assess("You wrote too few messages to tell.")
    return met(f"{labels(call.scenario, check.actions)} was left alone.")


def actions_in_order(check: ActionsInOrder, call: Call) -> Verdict:
    firsts = {action: done[0] for action in check.actions if (done := call.done([action]))}
    lacking = [action for action in check.actions if action not in firsts]
    if lacking:
        return missed(f"{labels(call.scenario, lacking)} was never done.", _cite(firsts.values(), call))
    order = [firsts[action].seq for action in check.actions]
    wanted = labels(call.scenario, check.actions, "and then")
    evidence = _cite(sorted(firsts.values(), key=lambda happened: happened.seq), call)
    if order == sorted(order):
        return met(f"{wanted}: done in this order.", evidence)
    return partly(f"All was done, but in another order than {wanted}.", evidence)


def state_at_end(check: StateAtEnd, call: Call) -> Verdict:
    variables = call.scenario.estate.variables
    names = [name for name, _ in names_in(check.state)]
    values = call.record.state.names()
    shown = ", ".join(
        f"{variables[name].label}: {variables[name].in_words(values[name])}"
        for name in dict.fromkeys(names)
        if name in variables and name in values
    )
    evidence = _last_changes(names, call)
    ending = f" ({shown})." if shown else "."
    if call.record.state.fulfils(check.state):
        return met(f"At the end, things stood as they should{ending}", evidence)
    return missed(f"At the end, things did not stand as they should{ending}", evidence)


def ended_as(check: EndedAs, call: Call) -> Verdict:
    evidence = [cite_event(each, _ending_in_words(each.event)) for each in call.happened(SessionEnded)[-1:]]
    if call.record.ending is None:
        return missed("You left the session without ending the call.", evidence)
    ended = ENDED[call.record.ending]
    if call.record.ending is not check.ending:
        return missed(f"You {ended}; here it was right that you {ENDED[check.ending]}.", evidence)
    if check.team is None:
        return met(f"You {ended}, which was right.", evidence)
    if (call.record.team or "").casefold() == check.team.casefold():
        return met(f"You {ended} to {check.team}, which was right.", evidence)
    went_to = call.record.team or "nobody in particular"
    return partly(f"You {ended} to {went_to}; {check.team} is the team for this.", evidence)


def _question_or_answer(happened: Happened[FactTold], call: Call) -> list[Evidence]:
    """The trainee's sentence that asked for the fact, else what the customer said of their own accord."""
    if happened.event.asked and (sentence := _asking(happened, call)):
        return [cite_sentence(sentence)]
    turn = call.turn_of(happened.seq)
    answers = [message for message in call.customer_messages if call.turn_of(message.seq) == turn]
    return [cite_message(answers[0])] if answers and answers[0].text else []


def _asking(happened: Happened[FactTold], call: Call) -> Sentence | None:
    """The sentence that asked: by the fact's own acts, else any question, of the message just before."""
    fact = call.scenario.facts[happened.event.fact]
    earlier = [message for message in call.trainee_messages if message.seq < happened.seq]
    if not earlier:
        return None
    sentences = [sentence for sentence in call.sentences if sentence.message.id == earlier[-1].id]
    likely = (
        [each for each in sentences if each.acts.intersection(fact.acts)]
        or [each for each in sentences if _asks_for(happened.event.fact, each, call)]
        or [each for each in sentences if each.acts & (FINDING_OUT | ASKS_IDENTITY)]
        or sentences
    )
    return likely[0] if likely else None


def _asks_for(fact: str, sentence: Sentence, call: Call) -> bool:
    return any(name == fact for name, _ in call.scenario.questions.best(sentence.text)[:1])


def _last_changes(names: Iterable[str], call: Call) -> list[Evidence]:
    wanted = set(names)
    variables = call.scenario.estate.variables
    changes = [each for each in call.happened(EstateChanged) if wanted & each.event.changes.keys()]
    return [
        cite_event(
            each,
            ", ".join(
                f"{variables[name].label}: {variables[name].in_words(value)}"
                for name, value in each.event.changes.items()
                if name in variables
            ),
        )
        for each in changes[-2:]
    ]


def _ending_in_words(event: SessionEnded) -> str:
    if event.ending is None:
        return "left without ending the call"
    return f"{event.ending} to {event.team}" if event.team else str(event.ending)


def _labels_of(done: Iterable[Happened[ActionTaken]], call: Call) -> str:
    return labels(call.scenario, (each.event.action for each in done), "and")


def _cite(done: Iterable[Happened[ActionTaken]], call: Call) -> list[Evidence]:
    return [cite_event(each, call.scenario.actions[each.event.action].label) for each in done]
