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


_YES_OR_NO = re.compile(r"(?:yes|yeah|yep|yup|no|nope|nah|sure|of course|absolutely|correct|exactly)\b")
_ANSWER = re.compile(
    r"(?:yes|no|not|ok|sure|of course|never|always|maybe|i (?:do|am|have|did|will|can|think)|it is|we)\b.*"
)


LONG_ANSWER = 14
"""Words of a sentence that begins with a yes or a no and is still nothing but an answer."""


def bare_answer(text: str, context: str | None) -> bool:
    """Tell whether a short sentence merely answers what the customer asked last (`context`)."""
    if context is None or not context.rstrip().endswith("?"):
        return False
    words = tokens(text)
    plain = " ".join(words)
    if "?" in words or not words:
        return False
    return (len(words) <= 6 and _ANSWER.fullmatch(plain) is not None) or (
        len(words) <= LONG_ANSWER and _YES_OR_NO.match(plain) is not None
    )


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
