"""What a support agent can do in a call, piece by piece; the bot trainees differ in which pieces they use.

Everything is drawn from the scenario's own data (its questions, instructions, records, rules), so that the
same conduct plays any scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine import checks
from engine.bots.practice import Practice
from engine.conditions import Condition, names_in
from engine.definition import Action, Fact, Scenario
from engine.identity import answer_for, matches_records
from engine.planning import plan
from engine.vocabulary import Assurance, IdentityField, Outcome, Proof, Relevance

FIELD_QUESTIONS = {
    IdentityField.NAME: "Could you give me your full name, please?",
    IdentityField.USERNAME: "And what is your username, please?",
    IdentityField.ASSET_TAG: "Could you read me the asset tag on the sticker of your device?",
}
FIELD_DOUBTS = {
    IdentityField.NAME: "That name does not match our records, could you check it again?",
    IdentityField.USERNAME: "That username does not match our records, could you check it again?",
    IdentityField.ASSET_TAG: "That asset tag does not match our records, could you check it again?",
}
PROOF_WORDS = {
    Proof.CALL_BACK: "Before I change anything, I'm going to call you back on the number we have on file.",
    Proof.PUSH: "Before I change anything, I'm sending a push notification to your enrolled device now.",
    Proof.MANAGER_APPROVAL: "Before I change anything, I'm going to ask your manager for approval.",
}
TRIES = 3
"""How often a bot words the same wish anew before it gives up."""


# ---------------------------------------------------------------- who is on the line


def ask_identity(practice: Practice, field: IdentityField, question: str) -> None:
    """Ask for one detail; lead a caller who does not know it by the author's own hints."""
    hints = answer_for(practice.scenario, field).finds_by
    for text in (question, *hints[: TRIES - 1]):
        practice.say(text)
        if field in practice.state.given or practice.left:
            return


def compare(practice: Practice, field: IdentityField) -> bool:
    """Compare what was given with the records and mark it truly; what does not fit is asked for once more."""
    if field not in practice.state.given:
        return False
    practice.look_up(f"person:{practice.scenario.caller.person}")
    if not _fits(practice, field):
        practice.say(FIELD_DOUBTS[field])
    fits = _fits(practice, field)
    practice.mark(field, Outcome.MATCHES if fits else Outcome.MISMATCH)
    return fits


def prove(practice: Practice, *, tries: int) -> bool:
    """Try proofs of possession, each announced first, until one passes."""
    for proof in list(practice.scenario.caller.proofs)[:tries]:
        practice.say(PROOF_WORDS[proof])
        if practice.use(proof).ok:
            return True
    return False


def _fits(practice: Practice, field: IdentityField) -> bool:
    return matches_records(practice.scenario, field, practice.state.given[field])


# ---------------------------------------------------------------- finding out


def ask_facts(practice: Practice, *, share: float = 1.0, tries: int = TRIES) -> None:
    """Ask for a share of the facts in the author's order; one that waits for another comes after it."""
    wanted = list(practice.scenario.facts)
    wanted = wanted[: max(1, round(share * len(wanted)))]
    for _ in range(2):
        for name in wanted:
            fact = practice.scenario.facts[name]
            if name not in practice.state.told and practice.state.fulfils(fact.when):
                ask_fact(practice, name, fact, tries)


def ask_fact(practice: Practice, name: str, fact: Fact, tries: int) -> None:
    for question in fact.asks[:tries]:
        if practice.left or name in practice.state.told:
            return
        practice.say(question)


def research(practice: Practice, *, most: int, seconds: float, useful: bool = True) -> list[str]:
    """Search and read the best articles, or, where not `useful`, those that lead nowhere. What was read."""
    worth = list(Relevance) if useful else list(reversed(Relevance))
    wanted = worth[:2] if useful else worth[:1]
    articles = practice.scenario.knowledge
    practice.search(practice.scenario.ticket.subject, len(articles))
    best = sorted(articles, key=lambda name: worth.index(articles[name].relevance))
    read = [name for name in best if articles[name].relevance in wanted][:most]
    for name in read:
        practice.read(name, seconds)
    return read


# ---------------------------------------------------------------- solving


def goals(scenario: Scenario) -> list[Condition]:
    """How the estate ought to be left: solved, and as the rubric has it."""
    states = [
        c.check.state for c in scenario.rubric.criteria.values() if isinstance(c.check, checks.StateAtEnd)
    ]
    return [scenario.outcome.solved, *states]


def unwelcome(scenario: Scenario) -> set[str]:
    """The actions that the rubric wants left alone."""
    return {
        action
        for criterion in scenario.rubric.criteria.values()
        if isinstance(criterion.check, checks.ActionNotDone)
        for action in criterion.check.actions
    }


def find_steps(practice: Practice, *, thorough: bool) -> list[str]:
    """The shortest way from here to where the estate ought to be; what solves it where not all can be had."""
    scenario, state = practice.scenario, practice.state
    whole = plan(scenario, state, goals(scenario), avoid=unwelcome(scenario)) if thorough else None
    if whole is not None:
        return whole
    return plan(scenario, state, [scenario.outcome.solved]) or []


def do_step(practice: Practice, name: str, *, announce: bool = True) -> bool:
    """Carry one action out: by the tool, or by the customer's hands. Whether it came about."""
    action = practice.scenario.actions[name]
    before = practice.state.done.get(name, 0)
    if action.by == "agent":
        if announce:
            practice.say(f"I'll {_lower(action.label)} for you now. This takes about a minute.")
        practice.use(name)
    else:
        for wording in action.examples[:TRIES]:
            practice.say(wording)
            if practice.left or practice.state.done.get(name, 0) > before:
                break
    return practice.state.done.get(name, 0) > before


def carry_out(practice: Practice, *, thorough: bool) -> None:
    """Do what is needed step by step, planning anew after each, because things can go otherwise."""
    failed = 0
    while failed < TRIES and (steps := find_steps(practice, thorough=thorough)):
        if practice.left and practice.scenario.actions[steps[0]].by == "customer":
            return
        failed += 0 if do_step(practice, steps[0], announce=thorough) else 1


def look_first(practice: Practice) -> None:
    """Use every tool that only looks, as far as the rules allow, and what the rubric wants done besides."""
    scenario = practice.scenario
    wanted = _expected(scenario)
    moved = {name for goal in goals(scenario) for name, _ in names_in(goal)}
    for name, action in scenario.tools.items():
        harmless = not action.effects or (name in wanted and not moved & action.effects.keys())
        if harmless and name not in unwelcome(scenario) and practice.state.assurance.covers(action.needs):
            do_step(practice, name)


def finish_expected(practice: Practice) -> None:
    """Do what the rubric wants done and what is still open, where it breaks nothing."""
    scenario = practice.scenario
    for criterion in scenario.rubric.criteria.values():
        check = criterion.check
        if isinstance(check, checks.ActionDone) and not _any_done(practice, check.actions):
            for name in check.actions:
                if _harmless_now(practice, name, scenario.actions[name]) and do_step(practice, name):
                    break


def test_it(practice: Practice, *, most: int) -> None:
    """Let the customer try what shows whether the fault is gone: what looks at the things put right."""
    scenario = practice.scenario
    solved = {name for name, _ in names_in(scenario.outcome.solved)}
    tests = [
        (len(seen), name)
        for name, action in scenario.chores.items()
        if not action.effects and name not in unwelcome(scenario)
        if (seen := solved & {n for report in action.reports for n, _ in names_in(report.when)})
    ]
    for _, name in sorted(tests, reverse=True)[:most]:
        if not practice.left and name not in practice.state.done:
            do_step(practice, name)


def needed_assurance(scenario: Scenario, steps: Iterable[str]) -> Assurance:
    return max(
        (scenario.actions[name].needs for name in steps), key=lambda level: level.rank, default=Assurance.NONE
    )


def _expected(scenario: Scenario) -> set[str]:
    return {
        action
        for criterion in scenario.rubric.criteria.values()
        if isinstance(criterion.check, checks.ActionDone)
        for action in criterion.check.actions
    }


def _any_done(practice: Practice, actions: Sequence[str]) -> bool:
    return any(name in practice.state.done for name in actions)


def _harmless_now(practice: Practice, name: str, action: Action) -> bool:
    """Whether the action can be done now and changes nothing that matters at the end."""
    moved = {variable for goal in goals(practice.scenario) for variable, _ in names_in(goal)}
    allowed = action.by == "customer" or practice.state.assurance.covers(action.needs)
    silent = action.by == "customer" and practice.left
    return (
        allowed and not silent and practice.state.fulfils(action.when) and not moved & action.effects.keys()
    )


def _lower(label: str) -> str:
    return label if label[1:2].isupper() else label[0].lower() + label[1:]
