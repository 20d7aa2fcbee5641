"""Who is on the line: how the caller answers for themselves, and what the trainee makes of it."""

from __future__ import annotations

from engine.definition import Answer, Scenario
from engine.draft import Draft
from engine.events import AssuranceReached, FieldMarked, IdentityGiven, ProofChecked
from engine.understanding.entities import Kind, mentions
from engine.understanding.entities import same_value as same_entity
from engine.vocabulary import Assurance, IdentityField, Outcome, Proof

KIND_OF_FIELD = {
    IdentityField.NAME: Kind.NAME,
    IdentityField.USERNAME: Kind.USERNAME,
    IdentityField.ASSET_TAG: Kind.TAG,
}


def same_value(field: IdentityField, one: str, other: str) -> bool:
    """Whether two values of a field mean the same, allowing for case, spacing and dictation."""
    return same_entity(KIND_OF_FIELD[field], one, other)


def record_of(scenario: Scenario, field: IdentityField) -> str:
    """What the company's records hold for the person that the caller claims to be; empty where they hold nothing."""
    person = scenario.claimed_person
    if field is IdentityField.NAME:
        return person.name
    if field is IdentityField.USERNAME:
        return person.username
    tags = [asset.tag for asset in scenario.estate.assets.values() if asset.owner == scenario.caller.person]
    return tags[0] if tags else ""


def matches_records(scenario: Scenario, field: IdentityField, given: str) -> bool:
    """Whether a value that the caller gave is what the records say."""
    if field is IdentityField.ASSET_TAG:
        owned = [a.tag for a in scenario.estate.assets.values() if a.owner == scenario.caller.person]
        return any(same_value(field, given, tag) for tag in owned)
    return same_value(field, given, record_of(scenario, field))


def answer_for(scenario: Scenario, field: IdentityField) -> Answer:
    return scenario.caller.answers.get(field, Answer())


def give(draft: Draft, field: IdentityField) -> None:
    """The caller answers for one identity field: a slip first, or that they do not know it yet, as the author wrote."""
    answer = answer_for(draft.scenario, field)
    times = draft.count("asked", f"identity.{field}")
    if answer.finds_by and times == 1 and field not in draft.state.given:
        draft.say("unknown", field, answer.unknown)
        return
    truth = answer.value or record_of(draft.scenario, field)
    _tell(draft, field, answer.slip if answer.slip and times == 1 else truth)


def find_on_hint(draft: Draft, field: IdentityField) -> None:
    """The trainee told the caller where to look."""
    answer = answer_for(draft.scenario, field)
    draft.count("asked", f"identity.{field}")
    _tell(draft, field, answer.value or record_of(draft.scenario, field))


def correct_slip(draft: Draft) -> bool:
    """An honest caller who mistyped something puts it right when challenged. Whether there was something."""
    for field, given in draft.state.given.items():
        answer = answer_for(draft.scenario, field)
        truth = answer.value or record_of(draft.scenario, field)
        if answer.slip and same_value(field, given, answer.slip):
            draft.say("slipped", field)
            _tell(draft, field, truth)
            return True
    return False


def agree_with(draft: Draft, text: str) -> None:
    """The trainee read a detail out of the records: whoever is on the line now has it, and says yes."""
    for field in IdentityField:
        recorded = record_of(draft.scenario, field)
        if not recorded or not mentions(KIND_OF_FIELD[field], recorded, text):
            continue
        draft.say("agrees")
        if field not in draft.state.given:
            draft.change(given={**draft.state.given, field: recorded})
            draft.record(IdentityGiven(field=field, value=recorded))


def _tell(draft: Draft, field: IdentityField, value: str) -> None:
    draft.change(given={**draft.state.given, field: value})
    draft.record(IdentityGiven(field=field, value=value))
    lines = [line.replace("{value}", value) for line in answer_for(draft.scenario, field).says]
    draft.say(f"give_{field}", value, lines)


def mark(draft: Draft, field: IdentityField, outcome: Outcome) -> None:
    """The trainee marks a field that the caller has answered."""
    given = draft.state.given[field]
    right = matches_records(draft.scenario, field, given) == (outcome is Outcome.MATCHES)
    before = draft.state.assurance
    draft.change(marks={**draft.state.marks, field: outcome})
    draft.record(FieldMarked(field=field, outcome=outcome, given=given, right=right))
    _note_assurance(draft, before)


def check_possession(draft: Draft, proof: Proof) -> bool:
    """Carry out a proof of possession; whether it passed."""
    passed = draft.scenario.caller.proofs[proof].passes
    before = draft.state.assurance
    draft.change(proofs={**draft.state.proofs, proof: passed})
    draft.record(ProofChecked(proof=proof, passed=passed))
    _note_assurance(draft, before)
    return passed


def _note_assurance(draft: Draft, before: Assurance) -> None:
    if draft.state.assurance is not before:
        draft.record(AssuranceReached(level=draft.state.assurance))
