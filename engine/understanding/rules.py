"""Rules for the unmistakable, and the vocabulary's own rules on which acts go together.

A rule says what a sentence surely is before the model is asked; it is worth having only where words leave
no doubt and a mistake would be grave (a secret asked for) or silly (a bare "hi" not understood).
"""

import re

from engine.understanding.acts import Act
from engine.understanding.analysis import tokens

SURE = 0.99
"""Confidence of a reading by rule."""

_SECRET = (
    r"(?:(?:current|old|new|last|windows|network|email|work|login|own|exact|full|bank|laptop|phone|voicemail|icloud|wifi|"
    r"temporary|secret) ){0,2}(?:password|pin|passcode|passphrase|otp|one time (?:pass)?code|recovery (?:code|key)|"
    r"backup codes?|mfa code|bitlocker (?:recovery )?key)"
)
_GREETING = (
    r"(?:hi|hello|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings|howdy|welcome|"
    r"hi hi|hello hello|good morning to you|hi there|hello there)"
)

_PATTERNS: tuple[tuple[Act, re.Pattern[str]], ...] = (
    (Act.GREET, re.compile(rf"{_GREETING}(?: (?:there|again|all|everyone|team|sir|madam|mate|dear|it|service desk|help desk))?")),
    (Act.REQUEST_SECRET, re.compile(
        rf"(?:so |and |ok |please |sorry )?(?:what (?:is|'s|was|are)|which is|tell me|give me|send me|say me|share|provide|"
        rf"confirm|type|spell(?: out)?|i (?:will )?need|i would need|(?:can|could|may|would) (?:i|you|we) (?:please )?"
        rf"(?:have|get|see|tell me|give me|send me|share|provide|confirm|read me)|let me have|read me)"
        rf"(?: please)? your {_SECRET}(?: (?:please|now|for me|so i can .*|to .*|here|in the chat))? ?\??"
    )),
    (Act.MANIPULATE, re.compile(
        r".*\b(?:(?:ignore|disregard|forget|override|bypass)(?: \w+){0,4} (?:instructions|prompt|programming)|system prompt|"
        r"your (?:system )?prompt|developer mode|jailbreak|(?:scoring|grading|marking) (?:criteria|rubric|scheme)|"
        r"answer key|root cause of (?:this|the) (?:scenario|exercise|simulation)|(?:end|stop|skip|reset|leave) (?:the|this) "
        r"(?:simulation|exercise|scenario|role ?play|sim)|(?:break|out of) character)\b.*"
    )),
    (Act.THANK, re.compile(r"(?:ok |great |perfect |brilliant )?(?:many |great )?(?:thanks|thank you|cheers)(?: (?:so|very) much| a lot| a million)?")),
    (Act.FAREWELL, re.compile(r"(?:good)?(?:bye|bye bye|bye now|goodbye|see you(?: (?:later|soon|around|then))?|take care)(?: now| then)?")),
)  # fmt: skip

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


def settle(acts: list[tuple[Act, float]]) -> list[tuple[Act, float]]:
    """Apply the rules on acts that go together to the acts of one clause; order is kept."""
    present = {act: confidence for act, confidence in acts}
    for special, general in SPECIFIC:
        if special in present and general in present:
            del present[general]
    for one, other in EXCLUSIVE:
        if one in present and other in present:
            del present[one if present[one] < present[other] else other]
    return [(act, confidence) for act, confidence in acts if act in present]
