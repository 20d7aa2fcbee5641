"""What was behind the call: the truth, the right ending, what nobody asked, the customer's verdict."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from engine.conditions import names_in
from engine.definition import Fact, Scenario
from engine.events import ActionTaken
from engine.scoring.gate import way_in
from engine.scoring.satisfaction import Why, closed_in_vain, ended_well, weigh
from engine.state import first_state
from sessions_app.debrief.case import Case
from sessions_app.debrief.marking import moment_anchor
from sessions_app.debrief.model import (
    EndingView,
    LetIn,
    SatisfactionPart,
    SatisfactionView,
    TruthView,
    UntoldFact,
)
from sessions_app.debrief.words import ASSURED, SATISFIED, ending_words, listed, span_words

# ---------------------------------------------------------------- truth


def truth_of(case: Case) -> TruthView:
    """The root cause and what to take from it; of an impostor, who they were and how they got in."""
    scenario = case.scenario
    impostor = not scenario.caller.genuine
    return TruthView(
        root_cause=scenario.outcome.root_cause,
        lesson=scenario.outcome.lesson,
        impostor=impostor,
        caller=scenario.claimed_person.name,
        background=scenario.persona.background if impostor else "",
        let_in=let_in(case) if impostor else None,
    )


def let_in(case: Case) -> LetIn | None:
    """The first tool that gave an impostor what takes a proof; None where they got nothing."""
    happened = way_in(case.call)
    if happened is None:
        return None
    seconds = case.after(happened.stored.at)
    pressed = case.message_before(happened.seq, "customer")
    tool = case.scenario.actions[happened.event.action].label
    return LetIn(
        anchor=moment_anchor(happened.seq),
        seconds=seconds,
        tool=tool,
        words=_how(tool, seconds, happened.event),
        pressed=pressed.text if pressed else "",
    )


def _how(tool: str, seconds: float, event: ActionTaken) -> str:
    words = {"time": span_words(seconds), "tool": tool, "state": ASSURED[event.assurance]}
    if event.forced:
        return (
            _("After %(time)s you used “%(tool)s” against the warning of the desk's rule: %(state)s.") % words
        )
    return _("After %(time)s you used “%(tool)s”, though %(state)s.") % words


def ending_of(case: Case) -> EndingView:
    """How it ended beside how it should have."""
    record, outcome = case.call.record, case.scenario.outcome
    if record.ending is None:
        raise ValueError("An abandoned session has no ending to compare.")
    chosen, right = ending_words(record.ending, record.team), ending_words(outcome.ending, outcome.team)
    well = ended_well(case.scenario, record)
    same = chosen.casefold() == right.casefold()
    if well:
        words = _("That was the right ending.")
    elif same:
        words = _("The right ending, but not everything that it takes had been done.")
    else:
        words = _("The right ending was: %(ending)s.") % {"ending": right}
    return EndingView(
        chosen=chosen,
        right=right,
        as_it_should=well,
        in_vain=closed_in_vain(case.scenario, record),
        team=record.team or "",
        reason=record.reason,
        words=words,
    )


# ---------------------------------------------------------------- what nobody asked


def untold_of(case: Case) -> tuple[UntoldFact, ...]:
    """Every fact that the customer kept, with a question that gets it and the answer that it gets."""
    told = case.call.record.state.told
    return tuple(
        UntoldFact(topic=fact.topic, question=fact.asks[0], answer=fact.says[0], after=_after(fact, case))
        for name, fact in case.scenario.facts.items()
        if name not in told
    )


def _after(fact: Fact, case: Case) -> str:
    """What must come first, by name; empty where nothing must."""
    if first_state(case.scenario, seed=case.session.seed, at=case.session.started_at).fulfils(fact.when):
        return ""
    first = list(dict.fromkeys(_named(name, case.scenario) for name, _value in names_in(fact.when)))
    return _("Only after: %(first)s") % {"first": listed(first)} if first else ""


def _named(name: str, scenario: Scenario) -> str:
    kind, _dot, rest = name.partition(".")
    if kind == "told" and rest in scenario.facts:
        return scenario.facts[rest].topic
    if kind == "done" and rest in scenario.actions:
        return scenario.actions[rest].label
    if name == "assurance":
        return _("who they are is checked")
    variable = scenario.estate.variables.get(name)
    return _("a change of “%(what)s”") % {"what": variable.label} if variable else name


# ---------------------------------------------------------------- the customer's verdict


def satisfaction_of(case: Case, stored: int) -> SatisfactionView:
    """The stored figure with the parts that it is made of."""
    weighed = weigh(case.scenario, case.call.record)
    genuine = case.scenario.caller.genuine
    limits = {
        "not_helped": _("Without being helped, nobody is more than so-so."),
        "out_of_patience": _("Somebody whose patience ran out is dissatisfied at best."),
    }
    over = sum(points for _why, points in weighed.parts) >= weighed.most + 0.5
    whose = case.scenario.claimed_person.name if not genuine else case.customer
    return SatisfactionView(
        value=stored,
        words=str(SATISFIED[stored]),
        whose=whose,
        parts=tuple(_parts(weighed.parts)),
        limit=limits.get(weighed.most_because, "") if over else "",
    )


def _parts(parts: Iterable[tuple[Why, float]]) -> Iterable[SatisfactionPart]:
    words: dict[Why, str] = {
        "mood": _("Their mood at the end"),
        "helped": _("Solved, and they saw that it works"),
        "helped_unseen": _("Solved, but they have not seen it work for themselves"),
        "passed_on": _("Not solved, but honestly passed on"),
        "harmed": _("Something was changed that should have been left alone"),
        "owner_safe": _("The real owner of the account lost nothing"),
        "owner_harmed": _("The real owner's account was touched"),
    }
    for why, points in parts:
        yield SatisfactionPart(words=words[why], points=round(points, 2))
