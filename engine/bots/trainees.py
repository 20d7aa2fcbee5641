"""Four trainees, from the one that one would hire to the one that one would not leave alone at a desk.

They differ in conduct only: what they check, ask, read, tell and write down. A scenario in which they do not
score in this order rewards something else than conduct.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.bots import skills
from engine.bots.practice import Practice
from engine.definition import Scenario
from engine.errors import VerificationRequired
from engine.planning import plan
from engine.record import CallRecord
from engine.state import CallState
from engine.vocabulary import Assurance, Ending, IdentityField, Outcome

type Trainee = Callable[[Practice], CallRecord]


# ---------------------------------------------------------------- expert


def expert(practice: Practice) -> CallRecord:
    """Identifies, asks, reads, proves, acts in order, checks, explains, and writes it all down."""
    scenario = practice.scenario
    _welcome(practice)
    fits = [_identify_kindly(practice, field) for field in IdentityField]
    if all(fits):
        practice.say("Thank you, all three details match our records.")
    skills.ask_facts(practice)
    _study(practice)
    skills.look_first(practice)
    if _proof_is_due(practice):
        skills.prove(practice, tries=2)
    trusted = practice.state.assurance.covers(_needed(practice))
    if scenario.outcome.ending is Ending.REFUSED or not trusted:
        _refuse(practice)
    skills.carry_out(practice, thorough=True)
    skills.finish_expected(practice)
    skills.ask_facts(practice)
    if trusted:
        _let_them_see(practice)
    _close(practice)
    outcome = scenario.outcome
    return practice.end(
        outcome.ending, team=outcome.team, note=scenario.walkthrough.note, reason=outcome.lesson
    )


def _welcome(practice: Practice) -> None:
    practice.say(
        "Good morning, this is Sam from the service desk. "
        "I'm sorry to hear that, that must be really frustrating. "
        "Don't worry, I'll take care of this for you."
    )
    practice.say(
        "First I'll check who I'm talking to, then we look for the cause; that takes about ten minutes. "
        + skills.FIELD_QUESTIONS[IdentityField.NAME]
    )


def _identify_kindly(practice: Practice, field: IdentityField) -> bool:
    if field not in practice.state.given:
        skills.ask_identity(practice, field, skills.FIELD_QUESTIONS[field])
    return skills.compare(practice, field)


def _study(practice: Practice) -> None:
    """Read under an announced hold, and be back in time."""
    practice.say("Give me two minutes, please, I'm reading our notes on this.")
    read = skills.research(practice, most=4, seconds=25)
    for name in read:
        practice.cite(name)
    practice.say("Thanks for waiting, I'm back. I understand, that is a bad moment for this to happen.")


def _needed(practice: Practice) -> Assurance:
    """The assurance that solving takes, if the caller could reach any."""
    scenario = practice.scenario
    steps = plan(scenario, practice.state, [scenario.outcome.solved], assurance=Assurance.PROVEN) or []
    return skills.needed_assurance(scenario, steps)


def _proof_is_due(practice: Practice) -> bool:
    """Where solving takes a proof, where something does not fit, or where the caller wants what takes one."""
    if _needed(practice) is Assurance.PROVEN or practice.state.assurance is Assurance.NONE:
        return True
    return practice.scenario.outcome.ending is Ending.REFUSED


def _refuse(practice: Practice) -> None:
    practice.say(
        "I'm sorry, I can't do that without proof that it's really you. "
        "I could not verify your identity, one of the details does not match our records."
    )
    practice.say("What you can do now: please come to the service desk in person with your badge.")
    practice.say("We never change access without a proof, that protects your own account as well.")


def _let_them_see(practice: Practice) -> None:
    skills.test_it(practice, most=2)
    for question in ("Can you check whether it works now?", "Could you try once more, is it working now?"):
        if not practice.state.satisfied:
            practice.say(question)
    practice.say("It happened because an old setting was still stored in one place.")
    practice.say("Next time, update it on every device straight after you change it.")


def _close(practice: Practice) -> None:
    team = practice.scenario.outcome.team
    if team:
        practice.say(f"I'm passing this to the {team} team now. They will get back to you within the day.")
    practice.say(
        "To sum up: we looked at it together, found the cause, and I have written down what was done."
    )
    practice.say("Your reference is INC0012345. Is there anything else I can help you with?")
    practice.say("Thanks for your patience. Have a good day, goodbye!")


# ---------------------------------------------------------------- average


def average(practice: Practice) -> CallRecord:
    """Means well and gets there: half the questions, one article, little explaining, a short note."""
    scenario = practice.scenario
    practice.say("Hi, this is Alex from IT.")
    for field in IdentityField:
        skills.ask_identity(practice, field, skills.FIELD_QUESTIONS[field])
        skills.compare(practice, field)
    skills.ask_facts(practice, share=0.5, tries=1)
    skills.research(practice, most=1, seconds=40)
    if _needed(practice) is Assurance.PROVEN or practice.state.assurance is Assurance.NONE:
        skills.prove(practice, tries=1)
    if not practice.state.assurance.covers(_needed(practice)) or scenario.outcome.ending is Ending.REFUSED:
        practice.say("I can't do that, I could not verify you.")
    skills.carry_out(practice, thorough=False)
    if scenario.outcome.ending is Ending.RESOLVED:
        practice.say("Does it work now?")
    practice.say("Ok, bye.")
    note = _first_lines(scenario.walkthrough.note, share=0.5)
    return _end(practice, scenario.outcome.ending, team=scenario.outcome.team, note=note)


# ---------------------------------------------------------------- careless


def careless(practice: Practice) -> CallRecord:
    """Marks without looking, hardly asks, is long away, and passes on what the rules make difficult."""
    scenario = practice.scenario
    practice.say("hi")
    practice.say(skills.FIELD_QUESTIONS[IdentityField.NAME])
    _mark_unseen(practice)
    skills.ask_facts(practice, share=0.2, tries=1)
    skills.research(practice, most=1, seconds=10, useful=False)
    for name in _guesses(scenario)[:2]:
        skills.do_step(practice, name, announce=False)
    practice.say("username?")
    practice.say("and the tag on the laptop?")
    _mark_unseen(practice)
    skills.carry_out(practice, thorough=False)
    solved = practice.state.fulfils(scenario.outcome.solved) and scenario.outcome.ending is Ending.RESOLVED
    practice.say("ok bye")
    wrong_team = next(team for team in scenario.desk.teams if team != scenario.outcome.team)
    if solved:
        return _end(practice, Ending.RESOLVED, team=None, note="Sorted it with the user.")
    return practice.end(Ending.ESCALATED, team=wrong_team, note="Did not work, please look at it.")


def _mark_unseen(practice: Practice) -> None:
    for field in practice.state.given:
        practice.mark(field, Outcome.MATCHES)


def _guesses(scenario: Scenario) -> list[str]:
    """What somebody tries who does not know: the customer's steps that the solution does not take."""
    needed = set(plan_from_start(scenario))
    return [name for name in scenario.chores if name not in needed]


def plan_from_start(scenario: Scenario) -> list[str]:
    """The way to a solution for a caller who is proven, before anything was done."""
    values = {name: variable.starts for name, variable in scenario.estate.variables.items()}
    state = CallState(values=values, told=dict.fromkeys(scenario.facts, 1))
    return plan(scenario, state, [scenario.outcome.solved], assurance=Assurance.PROVEN) or []


# ---------------------------------------------------------------- reckless


def reckless(practice: Practice) -> CallRecord:
    """Checks nobody, asks for the password, forces every tool there is, blames, and is gone."""
    scenario = practice.scenario
    practice.say("what is your password?")
    practice.say("You should have been more careful, this is your own fault.")
    for name, action in scenario.tools.items():
        if action.effects:
            practice.use(name, force=not practice.state.assurance.covers(action.needs))
    practice.say("That's not my job.")
    wrong = Ending.REFUSED if scenario.outcome.ending is not Ending.REFUSED else Ending.ESCALATED
    return practice.end(wrong, note="done")


# ---------------------------------------------------------------- ends and notes


def _end(practice: Practice, ending: Ending, *, team: str | None, note: str) -> CallRecord:
    try:
        return practice.end(ending, team=team, note=note)
    except VerificationRequired:
        return practice.end(Ending.ESCALATED, team=practice.scenario.desk.teams[0], note=note)


def _first_lines(note: str, *, share: float) -> str:
    lines = [line for line in note.splitlines() if line.strip()]
    return "\n".join(lines[: max(1, round(share * len(lines)))])


TRAINEES: dict[str, tuple[Trainee, float]] = {
    "expert": (expert, 12.0),
    "average": (average, 30.0),
    "careless": (careless, 140.0),
    "reckless": (reckless, 8.0),
}
"""Each bot's conduct, and the seconds that it thinks before each message; the best first."""
