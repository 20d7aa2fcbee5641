"""What a sentence cannot be, by its words: readings that the model is too quick with, and that would cost a trainee.

Each rule answers for one act. It never reads an act into a sentence, it only takes one away, except for attempts on the
simulation: words that nobody within the call can know of.
"""

import re
from collections.abc import Callable

from engine.understanding.acts import Act
from engine.understanding.analysis import tokens

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


RULED_OUT: dict[Act, Callable[[str], bool]] = {
    Act.REQUEST_SECRET: lambda text: speaks_about_secret(text) or not names_a_secret(text),
    Act.DISCLOSE_SECRET: lambda text: not gives_a_value(text),
    Act.EXPLAIN: asks_yes_or_no,
    Act.CONFIRM_IDENTITY: holds_back,
    Act.BLAME: comforts,
    Act.ASK_NAME: asks_who_did,
    Act.ASK_LOCATION: asks_for_origin,
    Act.CONFIRM_FIX: asks_which,
}
"""For each act that has one, the rule by which a sentence cannot be it."""


def impossible(act: Act, text: str) -> bool:
    """Tell whether the words rule out an act that the model may read into them."""
    return act in RULED_OUT and RULED_OUT[act](text)


SUSPECTED, HARDLY_SUSPECTED = 0.1, 0.03
"""How likely an attempt on the simulation must be where the words could be innocent, and where they hardly are."""


def attempts_simulation(text: str, likely: float) -> bool:
    """Tell whether the words name the simulation, and the model (`likely`) does not rule out that it is meant."""
    if speaks_of_simulation(text):
        return likely >= HARDLY_SUSPECTED
    return may_speak_of_simulation(text) and likely >= SUSPECTED
