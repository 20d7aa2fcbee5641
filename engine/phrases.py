"""Turns of phrase that tell what a sentence is after: forbidding, announcing, taking back, answering.

The model of acts knows what a sentence does; these tell whether what it names is asked for, or only spoken of.
"""

from __future__ import annotations

import re

from engine.vocabulary import IdentityField, Proof

WORDS_OF_FIELD = {
    IdentityField.NAME: re.compile(
        r"\b(?:surname|(?<!user )(?<!login )(?<!account )names?)\b", re.IGNORECASE
    ),
    IdentityField.USERNAME: re.compile(r"\b(?:user ?(?:name|id)|log.?in|account name|user)\b", re.IGNORECASE),
    IdentityField.ASSET_TAG: re.compile(r"\b(?:asset|tag|sticker|serial|inventory)\b", re.IGNORECASE),
}
"""Words by which a question that lists several details names each of them."""
WORDS_OF_PROOF = {
    Proof.CALL_BACK: {"call", "calling", "ring", "ringing", "phone", "number", "dial"},
    Proof.PUSH: {
        "push",
        "prompt",
        "notification",
        "authenticator",
        "app",
        "approve",
        "code",
        "device",
        "phone",
        "tap",
    },
    Proof.MANAGER_APPROVAL: {"manager", "supervisor", "boss", "approval"},
}
FORBIDS = re.compile(
    r"\b(?:do not|don['’]?t|dont|never|no need to|needn['’]?t|avoid|stop|without) (?!worry|forget|hesitate|panic|be )"
    r"[^,;.!?]*?(?=$|[,;.!?]|\b(?:and|but|instead|then|just|only)\b)",
    re.IGNORECASE,
)
"""A clause that tells the customer to leave something alone."""
_LEAD_IN = r"\s*(?:(?:ok(?:ay)?|right|so|and|now|then|good|great|well|hmm?|sorry|thanks|no),?\s+)*"
_WANTS = r"(?:(?:just|also|only|really|still|will|would|should|do|have to|must)\s+)*(?:need|want|like|love|wonder|ask)"
SPEAKS_OF_SELF = re.compile(
    _LEAD_IN + r"(?:i(?! meant?\b)|i['’](?:m|ll|ve|d)|we|we['’](?:ll|re|ve)|let me)\b"
    rf"(?!\s+{_WANTS}\b)(?!\s+was wondering|\s+wondering)",
    re.IGNORECASE,
)
"""What the agent does themselves: it asks the customer for nothing."""
STATES = re.compile(
    _LEAD_IN + r"(?:it['’]?s|it is|it was|its|the|your|that['’]?s|this is|there['’]?s|there is"
    r"|you['’]re|you don['’]?t|they|no|not)\b"
    r"(?!.*\b(?:what|which|when|where|who|how|why|any|tell|whether|if)\b)",
    re.IGNORECASE,
)
"""How a statement begins; without a question mark it asks nothing."""
BEGINS_AS_QUESTION = re.compile(
    _LEAD_IN
    + r"(?:i mean(?:t)?,? )?(?:who|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|had|can|could"
    r"|will|would|any|tell me|and)\b|.*\bwhats\b",
    re.IGNORECASE,
)
"""How a question begins that is typed without its mark."""
REPORTS_BACK = re.compile(
    r"\b(?:tell me|let me know|shout|ping me|give me a shout|say so)\b.{0,12}\b(?:when|once|if|as soon as)\b"
    r".{0,24}\b(?:done|finished|ready|through|there|in|back|over|complete)\b",
    re.IGNORECASE,
)
"""How one asks to be told when a step is done: part of the step, and no question of its own."""
TAKES_BACK = re.compile(
    r"\b(?:wait,? no|no,? wait|scratch that|actually,? no|forget (?:that|it)|never ?mind)\b", re.IGNORECASE
)
"""How one takes back what one has just asked for."""
ANSWERS = re.compile(
    r"\s*(?:yes|yeah|no|nope|on|in|at|the|your|my|from|with|by|both|either|neither)\b", re.IGNORECASE
)
POINTS_BACK = re.compile(r"\b(?:it|that|there|one)\b", re.IGNORECASE)
"""Words by which a sentence speaks of what the sentence before it asked for."""
OWN_TAG = re.compile(r"\b(?:asset|tag|serial|inventory)\b", re.IGNORECASE)
"""Words that make a label the caller's own device's."""
