"""What is wrong with a text that a language model wrote for the customer. Nothing of it is shown before this was asked.

The rules are those by which a run is void (`engine.audit`), asked beforehand and more strictly: here a fault costs
another try or the built-in wording, there it costs a trainee their run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from engine.audit import HELPER_TALK, VALUE
from engine.definition import Scenario
from engine.state import CallState
from engine.voice.brief import CLOSES, OPENS, RULES, Heard
from engine.voice.kernels import DIGITS, planned_values, quotes, says, untold_kernels
from engine.voice.reply import Worded
from engine.voice.wording import LONGEST_REPLY

RUN = 6
"""So many words of the rules in a row are no chance."""


class Flaw(StrEnum):
    """What can be wrong with a text, by the names under which it is counted."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    LEAK = "leak"
    INVENTION = "invention"
    MISSING = "missing"
    REPETITION = "repetition"
    HELPER_TALK = "helper_talk"
    MARKUP = "markup"
    SCRIPT = "script"
    RULES = "rules"


class Fault(NamedTuple):
    """One thing that is wrong, and how a model is told of it. The words never hold what is not told yet."""

    flaw: Flaw
    words: str


class _Look(NamedTuple):
    """A text with what it is held against; `known` is everything that may be repeated."""

    text: str
    scenario: Scenario
    state: CallState
    plan: Sequence[Worded]
    heard: Sequence[Heard]
    known: str


def faults_of(
    text: str,
    scenario: Scenario,
    state: CallState,
    plan: Sequence[Worded],
    heard: Sequence[Heard],
    *,
    whole: bool = True,
) -> tuple[Fault, ...]:
    """What is wrong with `text` as the wording of `plan`, in the state after the turn and after the messages `heard`.

    With `whole=False` the text may still go on: what is not there yet is no fault.
    """
    look = _Look(text, scenario, state, plan, heard, _known(scenario, state, plan, heard))
    questions = [*_ALWAYS, *(_AT_THE_END if whole else ())]
    return tuple(dict.fromkeys(fault for ask in questions for fault in ask(look)))


def _known(scenario: Scenario, state: CallState, plan: Sequence[Worded], heard: Sequence[Heard]) -> str:
    told = (scenario.facts[name] for name in state.told if name in scenario.facts)
    lines = [line for fact in told for line in (*fact.says, *fact.annoyed, *fact.again, *fact.volunteers)]
    planned = [worded.line for worded in plan]
    return "\n".join([scenario.claimed_person.name, *planned, *lines, *(message.text for message in heard)])


# ---------------------------------------------------------------- what is said


def _leaks(look: _Look) -> Iterator[Fault]:
    """A told fact's other wordings prove nothing here: they may hold what this call has not heard."""
    heard = "\n".join([*(worded.line for worded in look.plan), *(message.text for message in look.heard)])
    if any(
        says(look.text, kernel) and not says(heard, kernel)
        for kernel in untold_kernels(look.scenario, look.state)
    ):
        yield Fault(Flaw.LEAK, "It tells something that is not in the plan and has not been told before.")


def _inventions(look: _Look) -> Iterator[Fault]:
    for value in VALUE.findall(look.text):
        if not quotes(look.known, value):
            yield Fault(Flaw.INVENTION, f"It names “{value}”, which is not in the plan.")
    for number in _NUMBER.findall(look.text):
        if not quotes(look.known, number) and not quotes(look.known, _NUMBER_WORDS.get(number, number)):
            yield Fault(Flaw.INVENTION, f"It names the number {number}, which is not in the plan.")


_NUMBER = re.compile(r"(?<![\w.,:-])\d{1,3}(?![\w-])")
_NUMBER_WORDS = {digit: word for word, digit in DIGITS.items()} | {
    "10": "ten",
    "11": "eleven",
    "12": "twelve",
}


def _missing(look: _Look) -> Iterator[Fault]:
    for value in planned_values(look.scenario, look.plan):
        if not quotes(look.text, value):
            yield Fault(Flaw.MISSING, f"It does not say “{value}” exactly so.")


def _repetitions(look: _Look) -> Iterator[Fault]:
    words = _WORD.findall(look.text.casefold())
    said = (message.text for message in look.heard if message.sender == "customer")
    if len(words) > 1 and any(_WORD.findall(text.casefold()) == words for text in said):
        yield Fault(Flaw.REPETITION, "It is word for word what you have said before.")


# ---------------------------------------------------------------- how it is said


def _helper_talk(look: _Look) -> Iterator[Fault]:
    for pattern in (HELPER_TALK, _OUT_OF_PART):
        found = pattern.search(look.text)
        if found and not quotes(look.known, found.group()):
            yield Fault(Flaw.HELPER_TALK, "It speaks like an assistant or a program, not like the person.")


_OUT_OF_PART = re.compile(
    r"\b(?:language model|chat ?gpt|open ?ai|anthropic|chatbot|system prompt|role-?play(?:ing)?)\b"
    r"|\b(?:stay|remain|break|out of) (?:in )?character\b"
    r"|\bi(?:'m| am|’m) (?:just )?(?:an? )?(?:ai|program|bot|simulation|simulated)\b"
    r"|\bi (?:can(?:no|')?t|can’t|won't|am unable to) (?:comply|fulfil+|continue with (?:this|that) request)\b"
    r"|\b(?:as|i(?:'m| am|’m)) (?:your |the |an? )?(?:assistant|support agent|service desk agent)\b"
    r"|\b(?:let me|i can|i(?:'ll| will|’ll)) (?:help|assist) you\b"
    r"|\bmy (?:instructions|guidelines|rules|prompt)\b",
    re.IGNORECASE,
)


def _markup(look: _Look) -> Iterator[Fault]:
    for pattern in _MARKS:
        found = pattern.search(look.text)
        if found and found.group().strip() not in look.known:
            yield Fault(Flaw.MARKUP, "It holds markup, a list, a label or a stage direction.")
            return
    name = re.escape(look.scenario.claimed_person.name)
    first = re.escape(look.scenario.claimed_person.name.split()[0])
    if re.search(rf"^\W*(?:{name}|{first})\s*:", look.text, re.IGNORECASE | re.MULTILINE):
        yield Fault(Flaw.MARKUP, "It begins with the name of a speaker.")


_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"`[^`]*`?|~~~",  # code
        r"\*[^*\n]+\*|\*\*|(?<!\w)__?[^_\n]+__?(?!\w)",  # emphasis and stage directions
        r"^\s*(?:#{1,6}\s|>\s|[-*•+]\s|\d{1,2}[.)]\s)",  # headings, quotations, lists
        r"!?\[[^\]\n]*\]\([^)\n]*\)|\[\[|^\s*\[[^\]\n]*\]\s*$",  # links, notes
        r"^\s*\([^)\n]*\)\s*$",  # a stage direction on a line of its own
        r"^\s*(?:-{3,}|={3,})\s*$|^\s*\|.*\|",  # rules, tables
        r"</?[a-z!][^>\n]*>?|&(?:[a-z]+|#\d+);",  # HTML
        r"[{}]|^\s*\[[\"{]",  # JSON, placeholders
        r"\A\s*[\"“][^\"“”]*[\"”]\s*\Z",  # the whole message as a quotation
        r"^\W*(?:customer|caller|client|user|agent|trainee|assistant|system|ai|service desk|support)\s*:",
        r"^\W*(?:you|me|reply|response|message|plan)\s*:",  # whose turn it is
    )
)


def _scripts(look: _Look) -> Iterator[Fault]:
    """Letters that no Latin alphabet has: another language, or look-alikes that hide a value."""
    foreign = {
        char for char in look.text if char.isalpha() and not unicodedata.name(char, "").startswith("LATIN")
    }
    hidden = {
        char for char in look.text if unicodedata.category(char) in ("Cf", "Cc", "Co") and char not in _BLANKS
    }
    if any(char not in look.known for char in foreign | hidden) and not _is_ordinal(foreign | hidden):
        yield Fault(Flaw.SCRIPT, "It is not written in English with Latin letters.")


_BLANKS = "\n\t\u200d"
"""A joiner stands inside emoji."""


def _is_ordinal(chars: set[str]) -> bool:
    return chars <= {"ª", "º", "µ", "ʼ", "ʹ"}


def _own_rules(look: _Look) -> Iterator[Fault]:
    runs = _runs(look.text) & _rule_runs()
    if OPENS in look.text or CLOSES in look.text or runs - _runs(look.known):
        yield Fault(Flaw.RULES, "It repeats words of your rules.")


@cache
def _rule_runs() -> frozenset[tuple[str, ...]]:
    return frozenset(_runs(RULES))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def _length(look: _Look) -> Iterator[Fault]:
    if len(look.text) > LONGEST_REPLY:
        yield Fault(Flaw.TOO_LONG, f"It is longer than {LONGEST_REPLY} characters.")


def _emptiness(look: _Look) -> Iterator[Fault]:
    if not _WORD.search(look.text):
        yield Fault(Flaw.EMPTY, "It is empty.")


_WORD = re.compile(r"\w+")
_ALWAYS: tuple[Callable[[_Look], Iterator[Fault]], ...] = (
    _leaks, _inventions, _helper_talk, _markup, _scripts, _own_rules, _length,
)  # fmt: skip
_AT_THE_END: tuple[Callable[[_Look], Iterator[Fault]], ...] = (_emptiness, _missing, _repetitions)
