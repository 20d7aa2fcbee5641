"""The words that scenario files, events, scores and pages share. One word per thing, and no others."""

from __future__ import annotations

from enum import StrEnum


class Difficulty(StrEnum):
    STARTER = "starter"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Dimension(StrEnum):
    """What a session is scored on, each 0–100."""

    VERIFICATION = "verification"
    COMMUNICATION = "communication"
    TECHNICAL = "technical"
    RESEARCH = "research"
    DOCUMENTATION = "documentation"
    RESPONSE_TIME = "response_time"


class Assurance(StrEnum):
    """How sure the desk may be of who is on the line. Ordered: each level includes the ones before it."""

    NONE = "none"
    IDENTIFIED = "identified"
    PROVEN = "proven"

    @property
    def rank(self) -> int:
        return list(Assurance).index(self)

    def covers(self, required: Assurance) -> bool:
        return self.rank >= required.rank


class IdentityField(StrEnum):
    """What the trainee compares with the records to know who is on the line."""

    NAME = "name"
    USERNAME = "username"
    ASSET_TAG = "asset_tag"


class Outcome(StrEnum):
    """What the trainee made of an identity field."""

    MATCHES = "matches"
    MISMATCH = "mismatch"


class Proof(StrEnum):
    """Proofs of possession: what an impostor cannot pass by knowing facts."""

    CALL_BACK = "call_back"
    PUSH = "push"
    MANAGER_APPROVAL = "manager_approval"


class Ending(StrEnum):
    """How a trainee may end a session."""

    RESOLVED = "resolved"
    ESCALATED = "escalated"
    REFUSED = "refused"


class Credibility(StrEnum):
    """Where a knowledge article comes from, the most to be trusted first."""

    OFFICIAL = "official"
    VENDOR = "vendor"
    COMMUNITY = "community"
    UNKNOWN = "unknown"


class Relevance(StrEnum):
    """What an article is worth to this ticket. Never shown before the debrief."""

    SOLVES = "solves"
    HELPS = "helps"
    DISTRACTS = "distracts"
    WRONG = "wrong"


class Archetype(StrEnum):
    """The kinds of person that the built-in voice knows."""

    OFFICE_WORKER = "office_worker"
    FRUSTRATED = "frustrated"
    RETIREE = "retiree"
    NEW_EMPLOYEE = "new_employee"
    EXECUTIVE = "executive"
    ANXIOUS = "anxious"
    EXPERT = "expert"
    NON_NATIVE = "non_native"


class Pretext(StrEnum):
    """The families of impostors, by the story that they tell."""

    COLLEAGUE = "colleague"
    EXECUTIVE = "executive"
    SUPPLIER = "supplier"


class TechnicalLevel(StrEnum):
    NOVICE = "novice"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
