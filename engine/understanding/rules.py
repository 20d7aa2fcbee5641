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


def speaks_about_secret(text: str) -> bool:
    """Tell whether a sentence asks something *about* a password or code without wanting to be told it.

    "How often did you type your password?" is no `request_secret`, and to call it one would fail the trainee.
    """
    plain = " ".join(tokens(text))
    return _ABOUT.match(plain) is not None and _SOLICITS.search(plain) is None


_VALUE = re.compile(
    r"\w*\d[\w!@#$%&*-]*|\w+[!@#$%&*_]\w*|(?-i:\b[a-z]+[A-Z])\w*|[\"“”'‘’`][^\"“”'’`]{{3,}}[\"“”'’`]"
    r"|\b(?:passwords?|pass ?codes?|codes?|pins?|pass(?:phrase)?|pw|pwd|keys?|it)\b"
    r"(?:['’]?s| is| are|:| =| to| as| will be)+\s+(?!(?:{said})\b)[\w']+"
    r"|\b(?:use|try|type|enter|with|as|put)\s+(?:in )?(?!(?:{pointed})\b)[A-Za-z]{{4,}}".format(
        said="a|the|on|in|being|sent|valid|only|your|ready|reset|set|gone|for|now|here|there|not|still|too|temporary"
        "|new|about|good|wrong|right|to|what|something|changed|expired|you|me|my|our|that|this|it|done|working|ok"
        "|okay|fine|case|so|very|just|going|coming|waiting|attached",
        pointed="the|your|a|an|that|this|it|my|our|his|her|any|both|one|of|in|on|to|for|again|them|these|those"
        "|another|some|their|me|you|what|whatever|same|old|new|password|pass|code|pin|ur|sign|logging|log|and",
    ),
    re.IGNORECASE,
)


def gives_a_value(text: str) -> bool:
    """Tell whether a sentence holds anything that could be a password or a code.

    "Log in with the pass, please" gives none away, and to call it a `disclose_secret` would fail the trainee.
    """
    return _VALUE.search(text) is not None


_SECRET_NOUN = re.compile(
    r"pass ?w|\b(?:pw|pwd|pass|psw|otp|puk|mfa|2fa|sms)\b|pass ?(?:code|phrase)"
    r"|\b(?:pin|code|digit|number|key|word)s?\b"
    r"|secret|credential|token|log.?in|\bsix\b|characters|phrase"
    r"|\b(?:tell|give|write|share|send|say|type|read|what)\b",
    re.IGNORECASE,
)


def names_a_secret(text: str) -> bool:
    """Tell whether a sentence names a secret, or at least asks to be told something."""
    return _SECRET_NOUN.search(text) is not None


_COMFORTS = re.compile(
    r"\bbe (?:so |too )?hard on yourself|\bfeel (?:bad|stupid|silly|guilty|embarrassed)"
    r"|\bbe (?:sorry|embarrassed|ashamed)\b|\bbeat yourself|\bblame yourself|\bnot your fault"
    r"|\bhappens? to (?:everybody|everyone|anybody|anyone|all|the best)"
    r"|\b(?:everybody|everyone) (?:forgets|does (?:it|that))|\bhalf the (?:floor|office|team|company|building)\b",
    re.IGNORECASE,
)


def comforts(text: str) -> bool:
    """Tell whether a sentence is comfort in the words of a reproach: "don't be hard on yourself"."""
    return _COMFORTS.search(text) is not None


_HOLDS_BACK = re.compile(
    r"\b(?:can['’]?t|cannot|couldn['’]?t|won['’]?t|unable|without|until|till|unless)\b", re.IGNORECASE
)


_SIMULATION = re.compile(
    r"\b(?:simulat(?:ion|or|ed)|rubrics?|criteri(?:on|a)|spoil(?:ers?|ing)|language model|system prompt|jailbreak"
    r"|game master|charade|silly game|narrator|fourth wall|graded|(?:my|your) (?:scoring|grad(?:e|es|er|ing))"
    r"|your (?:makers|programmers|instructions|personality)|full marks|(?:dan|god|debug|developer) mode)\b"
    r"|^\W*(?:role|system|assistant)\s*:",
    re.IGNORECASE,
)
_PERHAPS_SIMULATION = re.compile(
    r"\b(?:(?:your|the) prompt|pass mark|(?:my|a|the|this|that) (?:score|points|run|hint|twist|script|test|session)"
    r"|walkthrough|role-?play|trainees?|debrief|(?:dev|maintenance|demo|admin) mode|hints?)\b",
    re.IGNORECASE,
)


def speaks_of_simulation(text: str) -> bool:
    """Tell whether a sentence names what only somebody outside the call can know of: the simulation, its grading."""
    return _SIMULATION.search(text) is not None


def may_speak_of_simulation(text: str) -> bool:
    """Tell whether a sentence names what is the simulation's as a rule, but could be a matter of the call."""
    return _PERHAPS_SIMULATION.search(text) is not None


def holds_back(text: str) -> bool:
    """Tell whether a sentence says what cannot be, or not yet: it confirms nobody's identity then."""
    return _HOLDS_BACK.search(text) is not None


_ASKS_WHICH = re.compile(
    r"(?:(?:and|so|ok|okay|right|now|but|hmm|well|great|good),? )*"
    r"(?:where|who|whose|when|which|why|how (?:many|often|long)|since when|what (?!about))\b",
    re.IGNORECASE,
)


_WHERE_IT_CAME_FROM = re.compile(
    r"\bwhere (?:(?:did|was|were|has|have)\b.*|do you )\b(?:get|got|find|found|saved?|download\w*|see|saw|read"
    r"|hear|heard|come|came|put|click\w*|buy|bought|learn\w*|go|went)\b",
    re.IGNORECASE,
)


def asks_for_origin(text: str) -> bool:
    """Tell whether a sentence asks where a thing came from or went: not where the caller is."""
    return _WHERE_IT_CAME_FROM.search(text) is not None


_WHO_DID = re.compile(
    r"\bwho(?:['’]?s| is| are| was| were)? (?:it|they|that|the|this|these)\b.*\bfrom\b"
    r"|\bwho (?:sent|made|wrote|told|did|else|has|can|could)\b",
    re.IGNORECASE,
)


def asks_who_did(text: str) -> bool:
    """Tell whether a sentence asks who did something or whom a thing is from: not who the caller is."""
    return _WHO_DID.search(text) is not None


def asks_which(text: str) -> bool:
    """Tell whether a sentence asks for a thing, a place, a time or a person: not whether something works."""
    return _ASKS_WHICH.match(text) is not None


_QUESTION = re.compile(r"(?:(?:and|so|ok|now|but) )*(?:is|are|do|does|did|was|were|has|have) (?!to\b)")


def asks_yes_or_no(text: str) -> bool:
    """Tell whether a sentence begins as a yes-or-no question does: it explains nothing then."""
    return _QUESTION.match(" ".join(tokens(text))) is not None
