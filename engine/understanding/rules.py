"""Rules for the unmistakable, and the vocabulary's own rules on which acts go together.

A rule says what a sentence surely is before the model is asked; it is worth having only where words leave
no doubt and a mistake would be grave (a secret asked for) or silly (a bare "hi" not understood).
"""

import re

from engine.understanding.acts import Act
from engine.understanding.analysis import tokens

SURE = 0.99
"""Confidence of a reading by rule."""

_OWNED = (
    r"(?:(?:current|old|new|last|windows|network|email|work|login|own|exact|full|bank|laptop|phone|voicemail|icloud|"
    r"wifi|temporary|secret) ){0,2}"
)
_CONFIDENTIAL = (
    r"(?:password|pin|passcode|passphrase|otp|one time (?:pass)?code|recovery (?:code|key)|backup codes?|mfa code|"
    r"bitlocker (?:recovery )?key)"
)  # what a caller keeps to themselves
_WANTED = (
    r"(?:what (?:is|'s|was|are)|which is|tell me|give me|send me|say me|share|provide|confirm|type|spell(?: out)?|"
    r"i (?:will )?need|i would need|let me have|read me|(?:can|could|may|would) (?:i|you|we) (?:please )?"
    r"(?:have|get|see|tell me|give me|send me|share|provide|confirm|read me))(?: please)?"
)
_GREETING = (
    r"(?:hi|hello|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings|howdy|welcome|"
    r"hi hi|hello hello|good morning to you|hi there|hello there)"
)
_GREETED = r"(?: (?:there|again|all|everyone|team|sir|madam|mate|dear|it|service desk|help desk))?"
_OUT_OF_PLAY = (
    r"(?:(?:ignore|disregard|forget|override|bypass)(?: \w+){0,4} (?:instructions|prompt|programming)|system prompt|"
    r"your (?:system )?prompt|developer mode|jailbreak|(?:scoring|grading|marking) (?:criteria|rubric|scheme)|"
    r"answer key|root cause of (?:this|the) (?:scenario|exercise|simulation)|(?:break|out of) character|"
    r"(?:end|stop|skip|reset|leave) (?:the|this) (?:simulation|exercise|scenario|role ?play|sim))"
)

_PATTERNS: tuple[tuple[Act, re.Pattern[str]], ...] = tuple(
    (act, re.compile(pattern))
    for act, pattern in (
        (Act.GREET, _GREETING + _GREETED),
        (
            Act.REQUEST_SECRET,
            (
                rf"(?:so |and |ok |please |sorry )?{_WANTED} your {_OWNED}{_CONFIDENTIAL}"
                r"(?: (?:please|now|for me|so i can .*|to .*|here|in the chat))? ?\??"
            ),
        ),
        (Act.MANIPULATE, rf".*\b{_OUT_OF_PLAY}\b.*"),
        (
            Act.THANK,
            (
                r"(?:ok |great |perfect |brilliant )?(?:many |great )?(?:thanks|thank you|cheers)"
                r"(?: (?:so|very) much| a lot| a million)?"
            ),
        ),
        (
            Act.FAREWELL,
            r"(?:(?:good ?)?bye|bye bye|see you(?: (?:later|soon|around|then))?|take care)(?: now| then)?",
        ),
    )
)

_THUMBS = re.compile(r"[\s\U0001f44d\U0001f44c\u2705\U0001f3fb-\U0001f3ff\ufe0f]+")

_SOLICITS = re.compile(
    r"\b(?:tell|telling|give|send|share|read|provide|spell|dictate|confirm|say|paste|post|drop|pass|text|forward|"
    r"need|want|require|what is|what's|what was|whats|what are|let me|lemme|to me|for me|me the|me your|here|"
    r"in the chat|in chat|so i can|so that i)\b"
)
_ABOUT = re.compile(
    r"(?:(?:and|so|ok|okay|right|now|just|please|first|quick question|sorry) )*"
    r"(?:(?:do|did|does|have|has|are|is|was|were|when|how (?:many|often|long|do|did)|where|why|who|since when|"
    r"can you (?:still )?(?:try|use|log|sign|remember)|could you (?:try|use)|any chance|"
    r"what (?:do|did|can) you (?:see|get|hear|notice)|what (?:happens|happened|does))\b"
    r"|which password\b(?:.*\b(?:old|new|current|previous|right|wrong|same)\b| (?:did|do) you use\b))"
)

EXCLUSIVE: tuple[tuple[Act, Act], ...] = (
    (Act.CONFIRM_IDENTITY, Act.CHALLENGE_IDENTITY),
    (Act.ASK_USERNAME, Act.DISCLOSE_RECORD),
    (Act.CONFIRM_FIX, Act.ASK_ALREADY_TRIED),
    (Act.TEACH, Act.REQUEST_SECRET),
    (Act.REFUSE, Act.REQUEST_SECRET),
    (Act.TEACH, Act.DISCLOSE_SECRET),
    (Act.START_POSSESSION_CHECK, Act.REQUEST_SECRET),
    (Act.EMPATHIZE, Act.BLAME),
    (Act.REASSURE, Act.DISMISS),
    (Act.INSTRUCT, Act.DISMISS),
)
"""Acts that one clause does not do both of; the likelier stays."""

SPECIFIC: tuple[tuple[Act, Act], ...] = (
    (Act.ASK_ERROR_TEXT, Act.ASK_SYMPTOM),
    (Act.RETURN_FROM_HOLD, Act.THANK),
    (Act.ASK_ASSET_TAG, Act.INSTRUCT),
    (Act.EMPATHIZE, Act.APOLOGIZE),
    (Act.ASK_USERNAME, Act.ASK_NAME),
    (Act.ASK_ASSET_TAG, Act.ASK_ENVIRONMENT),
    (Act.START_POSSESSION_CHECK, Act.SET_EXPECTATION),
    (Act.START_POSSESSION_CHECK, Act.ANNOUNCE_ACTION),
    (Act.ANNOUNCE_ESCALATION, Act.ANNOUNCE_ACTION),
    (Act.SUMMARIZE, Act.ANNOUNCE_ACTION),
    (Act.SUMMARIZE, Act.EXPLAIN),
    (Act.DISCLOSE_SECRET, Act.ANNOUNCE_ACTION),
    (Act.ASK_RECENT_CHANGE, Act.ASK_ONSET),
    (Act.CONFIRM_FIX, Act.ASK_SYMPTOM),
)
"""Specific beats general: in one clause the first leaves no room for the second."""


_ONE_THING = frozenset(frozenset(pair) for pair in (*EXCLUSIVE, *SPECIFIC))


def one_thing(first: Act, second: Act) -> bool:
    """Tell whether two acts are two readings of the same words rather than two things done."""
    return frozenset((first, second)) in _ONE_THING


def sure_act(text: str) -> Act | None:
    """The act that a sentence surely is, or None."""
    if _THUMBS.fullmatch(text):
        return Act.ACKNOWLEDGE
    if not any(c.isalpha() for c in text):
        return Act.OTHER
    plain = " ".join(word for word in tokens(text) if word not in {"...", ".."})
    for act, pattern in _PATTERNS:
        if pattern.fullmatch(plain):
            return act
    return None


_ANSWER = re.compile(
    r"(?:yes|no|not|ok|sure|of course|never|always|maybe|i (?:do|am|have|did|will|can|think)|it is|we)\b.*"
)


def bare_answer(text: str, context: str | None) -> bool:
    """Tell whether a short sentence merely answers what the customer asked last (`context`)."""
    if context is None or not context.rstrip().endswith("?"):
        return False
    words = tokens(text)
    return 0 < len(words) <= 6 and _ANSWER.fullmatch(" ".join(words)) is not None and "?" not in words


def settle(acts: list[tuple[Act, float]]) -> list[tuple[Act, float]]:
    """Apply the rules on acts that go together to the acts of one clause; order is kept."""
    present = dict(acts)
    for special, general in SPECIFIC:
        if special in present and general in present:
            del present[general]
    for one, other in EXCLUSIVE:
        if one in present and other in present:
            del present[one if present[one] < present[other] else other]
    return [(act, confidence) for act, confidence in acts if act in present]


def speaks_about_secret(text: str) -> bool:
    """Tell whether a sentence asks something *about* a password or code without wanting to be told it.

    "How often did you type your password?" is no `request_secret`, and to call it one would fail the trainee.
    """
    plain = " ".join(tokens(text))
    return _ABOUT.match(plain) is not None and _SOLICITS.search(plain) is None


_OFFER = re.compile(
    r"\b(?:i|we|they|it)(?: can|'ll| will| could| would|'d|'m| am|'re| are| have to| need to|'ve| have)\b"
    r"|\b(?:would|could|shall|should|can|will|do|does|did)\b.*\b(?:pass|password|code|pin)\b"
    r"|\b(?:new|temporary|another|a) (?:access )?(?:pass|password|code|pin)\b"
)
_VALUE = re.compile(r"[A-Za-z]*\d[\w!@#$%&*-]*|\w+[!@#$%&*]\w*|\b[a-z]+[A-Z]\w*|[\"“”'][^\"“”']{4,}[\"“”']")


def only_offers_secret(text: str) -> bool:
    """Tell whether a sentence speaks of giving a pass or code and holds nothing that could be one.

    "I can give you a temporary pass" is no `disclose_secret`, and to call it one would fail the trainee.
    """
    return _OFFER.search(text.lower()) is not None and _VALUE.search(text) is None


_QUESTION = re.compile(r"(?:(?:and|so|ok|now|but) )*(?:is|are|do|does|did|was|were|has|have) (?!to\b)")


def asks_yes_or_no(text: str) -> bool:
    """Tell whether a sentence begins as a yes-or-no question does: it explains nothing then."""
    return _QUESTION.match(" ".join(tokens(text))) is not None
