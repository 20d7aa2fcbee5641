"""The fifth trainee: says and does anything that people say and do, in any order, and looks for what breaks.

Not a trainee to be scored but a proof: however a call goes, the customer reveals nothing early, invents nothing,
answers everything, and leaves a way on. Random, yet exact: the same seed plays the same call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from engine.audit import audit
from engine.bots.practice import Practice
from engine.bots.skills import FIELD_QUESTIONS, PROOF_WORDS, ask_identity
from engine.conditions import holds
from engine.definition import Scenario
from engine.errors import EngineError
from engine.parts import Part, Value
from engine.planning import World, best_assurance, reachable_facts
from engine.record import CallRecord
from engine.variation import vary
from engine.vocabulary import Ending, IdentityField, Outcome, Proof

STEPS = (4, 24)
"""The least and the most steps of a random call."""
MASHED = "asdfghjkl ;'qwertyuiop 1234567890 äöü ß €😀🙃¿ <b>{value}</b> ${x} \\n %s DROP TABLE"


class FuzzedCall(Part):
    """What one random call came to. `findings` say what broke, each with its class: `early_reveal: …`."""

    seed: int
    turns: int
    findings: tuple[str, ...]


def fuzz(scenario: Scenario, wordings: Sequence[str], seed: int) -> FuzzedCall:
    """Play one random call. `wordings` are messages of people, about anything; never raises for what breaks."""
    given = vary(scenario, seed)
    chance = Random(seed)  # noqa: S311 (a replay must draw the same)
    try:
        practice = Practice(given, seed=seed, pace=chance.choice((2.0, 15.0, 45.0)))
        for _ in range(chance.randint(*STEPS)):
            _step(practice, wordings, chance)
        stuck = tuple(_dead_ends(practice))
        record = _end(practice, chance)
    except EngineError as error:
        return FuzzedCall(seed=seed, turns=0, findings=(f"refused: {error.detail}",))
    except Exception as error:  # noqa: BLE001 (whatever breaks is what this is looking for)
        return FuzzedCall(seed=seed, turns=0, findings=(f"exception: {error!r}",))
    found = tuple(f"{finding.fault}: {finding.reason}" for finding in audit(given, record))
    return FuzzedCall(seed=seed, turns=len(record.messages), findings=(*found, *stuck))


# ---------------------------------------------------------------- one step


def _step(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    kinds: dict[Callable[[Practice, Sequence[str], Random], None], int] = {
        _say_anything: 6,
        _ask_fact: 6,
        _ask_identity: 3,
        _instruct: 3,
        _mash: 1,
        _mark: 2,
        _use: 2,
        _prove: 1,
        _wait: 1,
    }
    (step,) = chance.choices(list(kinds), list(kinds.values()))
    step(practice, wordings, chance)


def _say_anything(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    practice.say(" ".join(chance.sample(wordings, chance.choice((1, 1, 1, 2)))))


def _ask_fact(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    asked = chance.sample(list(practice.scenario.facts.values()), chance.choice((1, 1, 2)))
    practice.say(_typed(" ".join(chance.choice(fact.asks) for fact in asked), chance))


def _ask_identity(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    fields = chance.sample(list(IdentityField), chance.choice((1, 1, 3)))
    practice.say(_typed(" ".join(FIELD_QUESTIONS[field] for field in fields), chance))


def _instruct(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    chores = [action for action in practice.scenario.chores.values() if action.examples]
    if chores:
        practice.say(_typed(chance.choice(chance.choice(chores).examples), chance))


def _mash(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    practice.say("".join(chance.choices(MASHED, k=chance.choice((1, 12, 60, 3_900)))).strip() or "?")


def _mark(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    if practice.state.given:
        practice.mark(chance.choice(list(practice.state.given)), chance.choice(list(Outcome)))


def _use(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    if practice.scenario.tools:
        practice.use(chance.choice(list(practice.scenario.tools)), force=chance.random() < 0.3)


def _prove(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    proof: Proof = chance.choice(list(practice.scenario.caller.proofs) or list(Proof))
    practice.say(PROOF_WORDS[proof])
    if proof in practice.scenario.caller.proofs and chance.random() < 0.7:
        practice.use(proof)


def _wait(practice: Practice, wordings: Sequence[str], chance: Random) -> None:
    practice.wait(chance.choice((20, 120, 600)))


def _typed(text: str, chance: Random) -> str:
    """The text as somebody in a hurry types it: now and then a letter is lost, or the capitals are."""
    if chance.random() < 0.3:
        text = text.lower().rstrip("?.!")
    if chance.random() < 0.2:
        place = chance.randrange(len(text))
        text = text[:place] + text[place + 1 :]
    return text


# ---------------------------------------------------------------- the end


def _dead_ends(practice: Practice) -> Iterator[str]:
    """Whatever was said, the caller can still be identified, and what is not harmed can still be solved."""
    if practice.left:
        return
    for field in IdentityField:
        if field not in practice.state.given:
            ask_identity(practice, field, FIELD_QUESTIONS[field])
        if field not in practice.state.given and not practice.left:
            yield f"dead_end: the caller cannot be led to tell the {field.replace('_', ' ')}"
    outcome = practice.scenario.outcome
    harmed = any(practice.state.values[name] != value for name, value in outcome.untouched.items())
    wanted = outcome.ending is Ending.RESOLVED and practice.scenario.caller.genuine and not harmed
    if wanted and not _can_be_solved(practice) and not _meddled(practice):
        yield "dead_end: nothing that the rules allow leads to a solution any more"


def _can_be_solved(practice: Practice) -> bool:
    """Whether a caller who proves themselves and tells everything can still be helped."""
    scenario, state = practice.scenario, practice.state
    world = World(scenario, assurance=best_assurance(scenario), told=reachable_facts(scenario))

    def solved(names: Mapping[str, Value]) -> bool:
        return holds(scenario.outcome.solved, names)

    return world.shortest(world.start(state.values, state.done), solved) is not None


def _meddled(practice: Practice) -> bool:
    """Whether anything at all was done by the agent: a wrong tool may well close the way, and that is the lesson."""
    return any(name in practice.state.done for name in practice.scenario.tools)


def _end(practice: Practice, chance: Random) -> CallRecord:
    ending = chance.choice([Ending.ESCALATED, Ending.REFUSED])
    team = practice.scenario.desk.teams[0] if ending is Ending.ESCALATED else None
    return practice.end(ending, note="Looked into it.", team=team, reason="Random.")
