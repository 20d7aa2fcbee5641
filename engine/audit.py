"""Run validity: a run that a fault of the simulated customer has spoilt is void and costs nothing.

Only the customer's side is looked at. What a trainee can bring about on purpose (asking the same thing
until the wordings run out) does not void a run.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from engine.call import Call
from engine.definition import Scenario
from engine.events import ActionTaken, CustomerLeft, FactTold, IdentityGiven, MessageRead
from engine.identity import same_value
from engine.record import CallRecord, SaidMessage
from engine.references import spoken_lines
from engine.understanding.acts import Act
from engine.vocabulary import IdentityField

TIME_TO_ANSWER = dt.timedelta(seconds=30)
"""A last message that the trainee did not wait this long for an answer to is no fault."""
ASKED_TOO_OFTEN = 3
"""From this time of asking the same, a repeated answer is no fault."""

HELPER_TALK = re.compile(
    r"\bas an? (?:ai|a\.i\.|artificial intelligence|language model|virtual assistant|assistant)\b"
    r"|\b(?:ai|large) language model\b"
    r"|\bhow (?:can|may) i (?:help|assist) you\b"
    r"|\bis there anything else i can (?:help|assist)\b"
    r"|\bi(?:'m| am) (?:here to (?:help|assist)|an ai\b|a (?:chat)?bot\b)"
    r"|\bi(?:'m| am) (?:unable|not able) to assist with\b",
    re.IGNORECASE,
)
VALUE = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\b|\b\d{4,}\b")
"""What looks like a tag, a code or a long number: letters and digits in one, or four digits and more."""
_BRACES = re.compile(r"[{}]")
_WORD = re.compile(r"\w+")


class Fault(StrEnum):
    """What a simulated customer can do wrong, by the names under which it is counted."""

    EARLY_REVEAL = "early_reveal"
    REPETITION = "repetition"
    NON_ANSWER = "non_answer"
    ROLE_FLIP = "role_flip"
    CONTRADICTION = "contradiction"
    HALLUCINATED_FACT = "hallucinated_fact"
    ENDED_TOO_SOON = "ended_too_soon"


class Finding(NamedTuple):
    """A fault of the customer's, and what happened in words for the trainee."""

    fault: Fault
    reason: str


def audit(scenario: Scenario, record: CallRecord) -> tuple[Finding, ...]:
    """Why the run is void; nothing for a valid run."""
    call = Call(scenario, record)
    looks = {
        Fault.EARLY_REVEAL: _leaked_kernels,
        Fault.REPETITION: _repeated_lines,
        Fault.NON_ANSWER: _non_answers,
        Fault.ROLE_FLIP: _helper_talk,
        Fault.CONTRADICTION: _contradictions,
        Fault.HALLUCINATED_FACT: _invented_values,
        Fault.ENDED_TOO_SOON: _left_for_nothing,
    }
    found = (Finding(fault, reason) for fault, look in looks.items() for reason in look(call))
    return tuple(dict.fromkeys(found))


def says(text: str, kernel: str) -> bool:
    """Whether `kernel` stands in `text` as words of its own, in any case."""
    return re.search(rf"(?<!\w){re.escape(kernel.casefold())}(?!\w)", text.casefold()) is not None


# ---------------------------------------------------------------- leaks


def _leaked_kernels(call: Call) -> Iterator[str]:
    told = _turns_of_telling(call)
    for name, fact in call.scenario.facts.items():
        for kernel in fact.kernel:
            if message := _first_with(call, kernel):
                turn = call.turn_of(message.seq)
                if turn < told.get(name, turn + 1) and not _brought_up(call, kernel, turn):
                    yield f"The customer gave away “{kernel}” ({fact.topic}) before telling it."


def _turns_of_telling(call: Call) -> dict[str, int]:
    turns: dict[str, int] = {}
    for happened in call.happened(FactTold):
        turns.setdefault(happened.event.fact, call.turn_of(happened.seq))
    return turns


def _first_with(call: Call, kernel: str) -> SaidMessage | None:
    return next((message for message in call.customer_messages if says(message.text, kernel)), None)


def _brought_up(call: Call, kernel: str, turn: int) -> bool:
    """Whether the trainee had said it themselves by this turn, or an action that they asked for showed it."""
    if any(says(message.text, kernel) for message in call.trainee_messages[:turn]):
        return True
    shown = [line for action in _asked_for_by(call, turn) for line in _lines_of(call.scenario, action)]
    return any(says(line, kernel) for line in shown)


def _asked_for_by(call: Call, turn: int) -> set[str]:
    """The actions that were done, or asked of the customer, up to this turn."""
    done = {each.event.action for each in call.happened(ActionTaken) if call.turn_of(each.seq) <= turn}
    asked = {
        name for said, read in call.readings if call.turn_of(said.seq) <= turn for name in read.instructed
    }
    return done | asked


def _lines_of(scenario: Scenario, name: str) -> list[str]:
    action = scenario.actions[name]
    slips = action.goes_wrong.says if action.goes_wrong else ()
    return [*action.otherwise, *slips, *(line for report in action.reports for line in report.says)]


# ---------------------------------------------------------------- repetition


def _repeated_lines(call: Call) -> Iterator[str]:
    seen: set[tuple[str, ...]] = set()
    for message in call.customer_messages:
        words = _words(message.text)
        if len(words) > 1 and words in seen and not _provoked(call, message):
            yield f"The customer said the same thing twice: “{message.text}”"
        seen.add(words)


def _provoked(call: Call, message: SaidMessage) -> bool:
    """Whether the trainee had done the same thing often enough for anyone to run out of words."""
    turn = call.turn_of(message.seq)
    if turn == 0:
        return False
    answered = call.trainee_messages[turn - 1]
    if any(_words(earlier.text) == _words(answered.text) for earlier in call.trainee_messages[: turn - 1]):
        return True
    reading = next((read for said, read in call.readings if said.id == answered.id), None)
    if reading is None:
        return False
    earlier_readings = [read for said, read in call.readings if said.seq < answered.seq]
    return any(
        1 + sum(1 for earlier in earlier_readings if _same_kind(earlier, reading, wanted)) >= ASKED_TOO_OFTEN
        for wanted in (*reading.asked, *reading.instructed, *(() if reading.followed else ("",)))
    )


def _same_kind(earlier: MessageRead, reading: MessageRead, wanted: str) -> bool:
    if not wanted:
        return not earlier.followed and not reading.followed
    return wanted in earlier.asked or wanted in earlier.instructed


# ---------------------------------------------------------------- broken texts, silence


def _non_answers(call: Call) -> Iterator[str]:
    yield from _broken_texts(call)
    yield from _unanswered(call)


def _broken_texts(call: Call) -> Iterator[str]:
    authored = [line for _, lines in spoken_lines(call.scenario) for line in lines]
    for message in call.customer_messages:
        if not message.text.strip():
            yield "A reply of the customer was empty."
        if _BRACES.search(message.text) and not _quotes_braces(message.text, authored):
            yield f"A reply of the customer held a placeholder instead of a word: “{message.text}”"


def _helper_talk(call: Call) -> Iterator[str]:
    for message in call.customer_messages:
        if helper := HELPER_TALK.search(message.text):
            yield f"The customer spoke like an assistant: “{helper.group()}”"


def _quotes_braces(text: str, authored: list[str]) -> bool:
    """Whether every word with a brace is the author's own, such as an error code."""
    words = [word for word in text.split() if _BRACES.search(word)]
    return all("{value}" not in word and any(word in line for line in authored) for word in words)


def _unanswered(call: Call) -> Iterator[str]:
    left = min((happened.seq for happened in call.happened(CustomerLeft)), default=None)
    answers = [message for message in call.messages if message.sender in ("customer", "instructor")]
    for number, message in enumerate(call.trainee_messages, start=1):
        following = call.trainee_messages[number] if number < len(call.trainee_messages) else None
        if left is not None and left < message.seq:
            return
        until = following.seq if following else None
        answered = any(message.seq < each.seq and (until is None or each.seq < until) for each in answers)
        hurried = following is None and call.record.ended_at - message.at < TIME_TO_ANSWER
        if not answered and not hurried:
            yield f"Your message {number} got no reply."


# ---------------------------------------------------------------- contradictions


def _contradictions(call: Call) -> Iterator[str]:
    for field in IdentityField:
        values = [
            given.event.value
            for given in call.happened(IdentityGiven)
            if given.event.field is field and not _read_out(call, given.event.value, given.seq)
        ]
        answer = call.scenario.caller.answers.get(field)
        if answer and answer.slip and values and same_value(field, values[0], answer.slip):
            while values and same_value(field, values[0], answer.slip):
                values.pop(0)
        if any(not same_value(field, values[0], value) for value in values[1:]):
            label = field.replace("_", " ")
            yield f"The customer contradicted themselves on the {label}: “{values[0]}” and another value."


def _read_out(call: Call, value: str, seq: int) -> bool:
    """Whether the trainee had named the value, so that the caller only agreed."""
    return any(says(message.text, value) for message in call.trainee_messages if message.seq < seq)


# ---------------------------------------------------------------- invention, leaving


def _invented_values(call: Call) -> Iterator[str]:
    """A tag, code or number that stands neither in the scenario nor in anything the trainee wrote before."""
    known = call.scenario.model_dump_json().casefold()
    heard = ""
    for message in call.messages:
        if message.sender != "customer":
            heard += f" {message.text.casefold()}"
            continue
        for value in VALUE.findall(message.text):
            if value.casefold() not in known and value.casefold() not in heard:
                yield f"The customer named something that does not exist: “{value}”"


def _left_for_nothing(call: Call) -> Iterator[str]:
    """Only who was held off gives up, and only who was treated badly walks out."""
    for happened in call.happened(CustomerLeft):
        genuine = call.scenario.caller.genuine
        before = [sentence for sentence in call.sentences if sentence.message.seq < happened.seq]
        treated_badly = any(sentence.acts & {Act.BLAME, Act.DISMISS} for sentence in before)
        if happened.event.why == "gave_up" and genuine:
            yield "The customer gave up like an impostor."
        if happened.event.why == "out_of_patience" and not treated_badly:
            yield "The customer left without a reason."


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))
