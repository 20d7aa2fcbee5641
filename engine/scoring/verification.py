"""Checks of who was on the line: assurance, marked fields, proofs of possession."""

from __future__ import annotations

from engine.call import Call, Happened
from engine.checks import AssuranceBefore, FieldsMarked, ProofTried
from engine.checks import AssuranceReached as AssuranceReachedCheck
from engine.events import AssuranceReached, FieldMarked, ProofChecked
from engine.scoring.evidence import cite_event
from engine.scoring.verdict import Verdict, met, missed, partly
from engine.scoring.wording import BEFORE_LEVEL, FIELDS, LEVELS, PROOFS, either, labels
from engine.vocabulary import Assurance, IdentityField


def assurance_before(check: AssuranceBefore, call: Call) -> Verdict:
    taken = call.taken(check.actions)
    if not taken:
        reason = f"{labels(call.scenario, check.actions)} was never done."
        return met(reason) if check.if_never == "met" else missed(reason)
    breaches = [each for each in taken if not each.event.assurance.covers(check.level)]
    label = labels(call.scenario, [(breaches or taken)[0].event.action])
    evidence = [
        cite_event(each, f"{call.scenario.actions[each.event.action].label} ({LEVELS[each.event.assurance]})")
        for each in breaches or taken
    ]
    if breaches:
        doer = "You did" if breaches[0].event.by == "agent" else "You had the customer do"
        return missed(f"{doer} {label} {BEFORE_LEVEL[check.level]}.", evidence)
    return met(f"{label} was done when {LEVELS[check.level]}.", evidence)


def assurance_reached(check: AssuranceReachedCheck, call: Call) -> Verdict:
    if check.level is Assurance.NONE:
        return met("Nothing had to be proven.")
    reached = call.happened(AssuranceReached)
    if enough := [each for each in reached if each.event.level.covers(check.level)]:
        words = LEVELS[check.level]
        return met(f"{words[0].upper()}{words[1:]}.", [cite_event(enough[0], words)])
    below = list(Assurance)[check.level.rank - 1]
    if below is not Assurance.NONE and (near := [each for each in reached if each.event.level is below]):
        reason = f"It came as far as that {LEVELS[below]}, but not that {LEVELS[check.level]}."
        return partly(reason, [cite_event(near[0], LEVELS[below])])
    return missed(f"It never came to that {LEVELS[check.level]}.")


def fields_marked(check: FieldsMarked, call: Call) -> Verdict:
    wanted = tuple(dict.fromkeys(check.fields))
    last: dict[IdentityField, Happened[FieldMarked]] = {}
    for happened in call.happened(FieldMarked):
        last[happened.event.field] = happened
    right = [field for field in wanted if field in last and last[field].event.right]
    wrong = [field for field in wanted if field in last and not last[field].event.right]
    open_ones = [field for field in wanted if field not in last]
    evidence = [
        cite_event(
            last[field],
            f"{FIELDS[field]} “{last[field].event.given}” marked as {last[field].event.outcome}",
        )
        for field in (*wrong, *right)
    ]
    if len(right) == len(wanted):
        return met(f"You compared the {_fields(right)} with the records, and rightly.", evidence)
    faults = []
    if wrong:
        faults.append(f"the {_fields(wrong)} was marked against what the records say")
    if open_ones:
        faults.append(f"the {_fields(open_ones)} was never compared with the records")
    reason = either(faults, "and") + "."
    reason = reason[0].upper() + reason[1:]
    return partly(reason, evidence, points=len(right) / len(wanted)) if right else missed(reason, evidence)


def proof_tried(check: ProofTried, call: Call) -> Verdict:
    wanted = either(PROOFS[proof] for proof in check.proofs)
    tried = [each for each in call.happened(ProofChecked) if each.event.proof in check.proofs]
    if not tried:
        return missed(f"You never tried a {wanted}.")
    first = tried[0].event
    outcome = "it passed" if first.passed else "it did not pass"
    evidence = [
        cite_event(each, f"{PROOFS[each.event.proof]}: {'passed' if each.event.passed else 'failed'}")
        for each in tried
    ]
    return met(f"You tried a {PROOFS[first.proof]}; {outcome}.", evidence)


def _fields(fields: list[IdentityField]) -> str:
    return either((FIELDS[field] for field in fields), "and")
