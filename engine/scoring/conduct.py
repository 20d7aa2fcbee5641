"""Checks of what the trainee did with words: acts present, absent, counted, and in order."""

from __future__ import annotations

from engine.call import Call, Place, Sentence
from engine.checks import ActAbsent, ActBefore, ActCount, ActPresent, ActsAll
from engine.scorecard import Evidence
from engine.scoring.evidence import cite_event, cite_sentence, cite_sentences
from engine.scoring.verdict import Verdict, cannot_assess, met, missed, partly
from engine.scoring.wording import did, did_in, either, labels, times, where
from engine.understanding.acts import FAULTS, Act

ENOUGH_MESSAGES = 3
"""On fewer messages that say anything than this, that something did not happen says nothing."""


def act_present(check: ActPresent, call: Call) -> Verdict:
    found = _different(call.doing(check.acts))
    if len(found) >= check.at_least:
        first = found[0]
        often = "" if check.at_least == 1 else f" and did so {times(len(found))} in all"
        return met(f"You {did_in(first, check.acts)} {where(first)}{often}.", cite_sentences(found))
    if found:
        reason = f"You {did(check.acts)} only {times(len(found))}; {times(check.at_least)} was looked for."
        return partly(reason, cite_sentences(found), points=len(found) / check.at_least)
    return missed(f"You never {did(check.acts)}.")


def acts_all(check: ActsAll, call: Call) -> Verdict:
    wanted = tuple(dict.fromkeys(check.acts))
    firsts = {act: found[0] for act in wanted if (found := call.doing([act]))}
    lacking = [act for act in wanted if act not in firsts]
    evidence = cite_sentences(dict.fromkeys(firsts.values()))
    if not lacking:
        return met(f"You {either((did([act]) for act in wanted), 'and')}.", evidence)
    reason = f"You never {did(lacking)}."
    if 2 * len(firsts) >= len(wanted):
        done = either((did([act]) for act in firsts), "and")
        return partly(f"You {done}, but never {did(lacking)}.", evidence, points=len(firsts) / len(wanted))
    return missed(reason, evidence)


def act_absent(check: ActAbsent, call: Call) -> Verdict:
    if found := call.doing(check.acts):
        first = found[0]
        return missed(f"You {did_in(first, check.acts)} {where(first)}.", cite_sentences(found))
    if too_short(call):
        return cannot_assess("You wrote too few messages to tell.")
    return met(f"You never {did(check.acts)}.")


def act_count(check: ActCount, call: Call) -> Verdict:
    found = call.doing(check.acts)
    often = f"You {did(check.acts)} {times(len(found))}" if found else f"You never {did(check.acts)}"
    if check.at_most is not None and len(found) > check.at_most:
        return missed(f"{often}; at most {times(check.at_most)} was right.", cite_sentences(found))
    if len(found) >= check.at_least:
        if not found and too_short(call):
            return cannot_assess("You wrote too few messages to tell.")
        return met(f"{often}.", cite_sentences(found))
    if found:
        reason = f"{often}; at least {times(check.at_least)} was looked for."
        return partly(reason, cite_sentences(found), points=len(found) / check.at_least)
    return missed(f"{often}.")


def act_before(check: ActBefore, call: Call) -> Verdict:
    later = _first_of_what_follows(check, call)
    found = call.doing(check.acts)
    if not found:
        return missed(f"You never {did(check.acts)}.", [later[1]] if later else [])
    first = found[0]
    if later is None:
        reason = f"You {did_in(first, check.acts)} {where(first)}, but what should follow it never came."
        return partly(reason, [cite_sentence(first)])
    place, evidence, words = later
    if first.place <= place:
        return met(f"You {did_in(first, check.acts)} {where(first)}, before {words}.", [cite_sentence(first)])
    reason = f"You {did_in(first, check.acts)} only {where(first)}, after {words}."
    return missed(reason, [evidence, cite_sentence(first)])


def too_short(call: Call) -> bool:
    spoken = {sentence.number for sentence in call.sentences if sentence.acts - {Act.OTHER} - FAULTS}
    return len(spoken) < ENOUGH_MESSAGES


def _first_of_what_follows(check: ActBefore, call: Call) -> tuple[Place, Evidence, str] | None:
    """Where the first thing that should come later stands, its evidence, and it in words."""
    candidates: list[tuple[Place, Evidence, str]] = []
    for sentence in call.doing(check.before_acts)[:1]:
        words = f"you {did_in(sentence, check.before_acts)}"
        candidates.append((sentence.place, cite_sentence(sentence), words))
    for taken in call.taken(check.before_actions)[:1]:
        label = labels(call.scenario, [taken.event.action])
        candidates.append(((taken.seq, 0), cite_event(taken, label), f"{label} was done"))
    return min(candidates, key=lambda candidate: candidate[0], default=None)


def _different(sentences: list[Sentence]) -> list[Sentence]:
    """Without the ones that only say the same again: a line sent five times is one act of care, not five."""
    firsts: dict[str, Sentence] = {}
    for sentence in sentences:
        firsts.setdefault(" ".join(sentence.text.casefold().split()).rstrip(".!?… "), sentence)
    return list(firsts.values())
