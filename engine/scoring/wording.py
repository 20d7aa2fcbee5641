"""The words of reasons: acts, actions, facts and times as a trainee would say them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.call import Sentence
from engine.definition import Scenario
from engine.understanding.acts import Act
from engine.vocabulary import Assurance, Ending, IdentityField, Proof

DID: dict[Act, str] = {
    Act.GREET: "greeted the customer",
    Act.INTRODUCE_SELF: "said who you are",
    Act.ASK_NAME: "asked for the name",
    Act.ASK_USERNAME: "asked for the username",
    Act.ASK_ASSET_TAG: "asked for the asset tag",
    Act.ASK_OTHER_ID: "asked for another identity detail",
    Act.START_POSSESSION_CHECK: "started a proof of possession",
    Act.CONFIRM_IDENTITY: "told the caller that the details match",
    Act.CHALLENGE_IDENTITY: "told the caller that a detail does not match",
    Act.ASK_PROBLEM: "asked what is wrong",
    Act.ASK_SYMPTOM: "asked what exactly happens",
    Act.ASK_ERROR_TEXT: "asked for the wording of the error",
    Act.ASK_ONSET: "asked when it began",
    Act.ASK_RECENT_CHANGE: "asked what had changed",
    Act.ASK_SCOPE: "asked who or what else is affected",
    Act.ASK_IMPACT: "asked how it affects the work",
    Act.ASK_ALREADY_TRIED: "asked what was already tried",
    Act.ASK_ENVIRONMENT: "asked about the device, application or network",
    Act.ASK_LOCATION: "asked where the customer is or how to reach them",
    Act.ASK_PERMISSION: "asked for permission",
    Act.EMPATHIZE: "recognised the customer's trouble",
    Act.APOLOGIZE: "apologised",
    Act.THANK: "thanked the customer",
    Act.REASSURE: "reassured the customer",
    Act.SET_EXPECTATION: "said what happens next or how long it takes",
    Act.REQUEST_HOLD: "asked the customer to hold",
    Act.RETURN_FROM_HOLD: "came back from the hold",
    Act.ACKNOWLEDGE: "acknowledged what was said",
    Act.SMALL_TALK: "made small talk",
    Act.INSTRUCT: "gave an instruction",
    Act.ANNOUNCE_ACTION: "said what you were doing",
    Act.EXPLAIN: "explained the cause",
    Act.CONFIRM_FIX: "asked whether it works now",
    Act.SUMMARIZE: "summed up",
    Act.ANNOUNCE_ESCALATION: "said who takes over",
    Act.REFUSE: "declined the request",
    Act.GIVE_REFERENCE: "gave a reference",
    Act.TEACH: "gave advice for the future",
    Act.OFFER_MORE_HELP: "offered more help",
    Act.ASK_SATISFACTION: "asked whether the customer is content",
    Act.FAREWELL: "said goodbye",
    Act.REQUEST_SECRET: "asked for a password or code",
    Act.DISCLOSE_SECRET: "gave away a password or code",
    Act.DISCLOSE_RECORD: "told the caller a detail from the records",
    Act.BLAME: "blamed the customer",
    Act.DISMISS: "brushed the customer off",
    Act.MANIPULATE: "spoke to the simulation instead of the customer",
    Act.OTHER: "wrote something that was no part of a support call",
}
"""Each act in the past tense, to follow “You” or “You never”."""

LEVELS = {
    Assurance.NONE: "nobody was identified",
    Assurance.IDENTIFIED: "the caller was identified",
    Assurance.PROVEN: "the caller was proven to be who they claimed",
}
BEFORE_LEVEL = {
    Assurance.IDENTIFIED: "before the caller was identified",
    Assurance.PROVEN: "before any proof that it was really them",
}
FIELDS = {
    IdentityField.NAME: "name",
    IdentityField.USERNAME: "username",
    IdentityField.ASSET_TAG: "asset tag",
}
PROOFS = {
    Proof.CALL_BACK: "call back on the number on file",
    Proof.PUSH: "push to the enrolled device",
    Proof.MANAGER_APPROVAL: "manager approval",
}
ENDED = {
    Ending.RESOLVED: "resolved the ticket",
    Ending.ESCALATED: "escalated the ticket",
    Ending.REFUSED: "refused the request",
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def either(phrases: Iterable[str], joint: str = "or") -> str:
    """“a, b or c”, each phrase once."""
    each = list(dict.fromkeys(phrases))
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} {joint} {each[-1]}"


def did(acts: Iterable[Act]) -> str:
    return either(DID[act] for act in acts)


def did_in(sentence: Sentence, acts: Sequence[Act]) -> str:
    """What a sentence did of `acts`."""
    return either((DID[act] for act in acts if act in sentence.acts), "and")


def where(sentence: Sentence) -> str:
    return f"in your {ordinal(sentence.number)} message"


def ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def labels(scenario: Scenario, actions: Iterable[str], joint: str = "or") -> str:
    """The actions by the names that the trainee knows them by."""
    return either((f"“{scenario.actions[action].label}”" for action in actions), joint)


def topics(scenario: Scenario, facts: Iterable[str]) -> str:
    return either((f"“{scenario.facts[fact].topic}”" for fact in facts), "and")


def titles(scenario: Scenario, articles: Iterable[str]) -> str:
    return either(f"“{scenario.knowledge[article].title}”" for article in articles)


def duration(seconds: float) -> str:
    """A length of time in the largest units that tell something."""
    whole = round(seconds)
    if whole < 120:
        return f"{whole} second{'' if whole == 1 else 's'}"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} minutes"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} hours"
