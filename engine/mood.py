"""How the customer's mood moves: by named rules, each a fixed push on the three scales.

A push down weighs more on an impatient person, a push up less each time the same rule repeats: the third "I
understand" is worth little. Every move is an event that names its rule, so that the debrief can say what moved it.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.draft import Draft
from engine.events import MoodMoved
from engine.state import Mood
from engine.understanding.acts import Act


class Push(NamedTuple):
    patience: float = 0.0
    trust: float = 0.0
    confusion: float = 0.0


RULES: dict[str, Push] = {
    "introduced": Push(trust=0.04),
    "cared": Push(patience=0.06, trust=0.06),
    "took_ownership": Push(patience=0.04, trust=0.06),
    "said_what_comes_next": Push(patience=0.06, trust=0.04, confusion=-0.05),
    "explained": Push(trust=0.05, confusion=-0.15),
    "kept_promise": Push(patience=0.05, trust=0.08),
    "broke_promise": Push(patience=-0.12, trust=-0.1),
    "fixed": Push(patience=0.3, trust=0.3, confusion=-0.3),
    "verified_kindly": Push(trust=0.04),
    "asked_again": Push(patience=-0.08, trust=-0.02),
    "jargon": Push(patience=-0.02, confusion=0.15),
    "unclear": Push(patience=-0.03, confusion=0.08),
    "left_waiting": Push(patience=-0.1, trust=-0.05),
    "answered": Push(patience=0.03, trust=0.05),
    "passed_over": Push(patience=-0.04, trust=-0.05),
    "contradicted": Push(patience=-0.05, trust=-0.08, confusion=0.08),
    "passed_on": Push(patience=-0.04, trust=-0.02),
    "held_off": Push(patience=-0.08, trust=-0.02),
    "blamed": Push(patience=-0.25, trust=-0.25),
    "brushed_off": Push(patience=-0.2, trust=-0.2),
    "asked_for_secret": Push(trust=-0.15, confusion=0.05),
    "talked_past": Push(patience=-0.05, trust=-0.05, confusion=0.08),
}

BY_ACT: dict[Act, str] = {
    Act.INTRODUCE_SELF: "introduced",
    Act.EMPATHIZE: "cared",
    Act.APOLOGIZE: "cared",
    Act.THANK: "cared",
    Act.SMALL_TALK: "cared",
    Act.REASSURE: "took_ownership",
    Act.SET_EXPECTATION: "said_what_comes_next",
    Act.EXPLAIN: "explained",
    Act.CONFIRM_IDENTITY: "verified_kindly",
    Act.ANNOUNCE_ESCALATION: "passed_on",
    Act.REFUSE: "held_off",
    Act.BLAME: "blamed",
    Act.DISMISS: "brushed_off",
    Act.REQUEST_SECRET: "asked_for_secret",
    Act.MANIPULATE: "talked_past",
}
"""The acts of a trainee that move the mood by themselves."""

# fmt: off
JARGON = frozenset({
    "dns", "dhcp", "ldap", "kerberos", "gpo", "registry", "hive", "tcp", "udp", "vlan", "subnet", "mdm",
    "entra", "oauth", "saml", "radius", "spooler", "gpupdate", "ipconfig", "tls", "ssl", "certificate",
    "token", "provisioning", "directory-sync", "tenant", "dacl", "uac", "bios", "firmware", "kernel",
})
# fmt: on
"""Words of the trade that a novice does not know."""


def move_mood(draft: Draft, rule: str) -> None:
    """Apply a rule to the draft's mood and record it."""
    push = RULES[rule]
    earlier = draft.count("rules", rule) - 1
    gain = 1 / (1 + earlier)
    loss = 1.4 - 0.8 * draft.scenario.persona.traits.patience
    before = draft.state.mood
    mood = Mood(
        patience=_moved(before.patience, push.patience, gain, loss),
        trust=_moved(before.trust, push.trust, gain, loss),
        confusion=_moved(before.confusion, push.confusion, 1.0, 1.0),
    )
    if mood == before:
        return
    draft.change(mood=mood)
    draft.record(MoodMoved(rule=rule, patience=mood.patience, trust=mood.trust, confusion=mood.confusion))


def _moved(scale: float, push: float, gain: float, loss: float) -> float:
    return round(max(0.0, min(1.0, scale + push * (gain if push > 0 else loss))), 4)


def has_jargon(text: str) -> bool:
    return any(word.strip(".,;:!?()'\"").lower() in JARGON for word in text.split())
