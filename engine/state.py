"""What the customer remembers and what is true now. A plain value: every step takes one and gives the next."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict, Field

from engine.conditions import Condition, holds
from engine.definition import Scenario
from engine.errors import NotDrawn
from engine.parts import Part, Value
from engine.vocabulary import Assurance, IdentityField, Outcome, Proof


class Mood(Part):
    """How the customer feels; each scale from 0 to 1. Patience and trust high is good, confusion high is bad."""

    patience: float = 0.5
    trust: float = 0.5
    confusion: float = 0.0

    @property
    def warmth(self) -> float:
        """One figure from 0 to 1 for how kindly the customer speaks."""
        return max(0.0, min(1.0, (self.patience + self.trust) / 2 - self.confusion / 4))


class CallState(Part):
    """Everything that a step of the call depends on, besides the scenario, the message and the time.

    A field that this release does not know is passed over: during a deploy, servers of the old release read states
    that the new one has stored.
    """

    model_config = ConfigDict(extra="ignore")

    seed: int = 0
    turn: int = 0
    values: dict[str, Value] = Field(default_factory=dict)
    """The estate's variables."""
    told: dict[str, int] = Field(default_factory=dict)
    """Fact id → how often it was told."""
    asked: dict[str, int] = Field(default_factory=dict)
    """Fact id, `identity.<field>` or `other.<n>` → how often it was asked."""
    given: dict[IdentityField, str] = Field(default_factory=dict)
    """What the caller has said for each identity field, the latest."""
    marks: dict[IdentityField, Outcome] = Field(default_factory=dict)
    proofs: dict[Proof, bool] = Field(default_factory=dict)
    excused: tuple[Proof, ...] = ()
    """Proofs of possession that the caller has already talked about or made an excuse for."""
    mood: Mood = Mood()
    done: dict[str, int] = Field(default_factory=dict)
    """Action id → how often it was really done."""
    instructed: dict[str, int] = Field(default_factory=dict)
    """Action id → how often the customer was asked to do it."""
    slipped: str | None = None
    """The action that the customer has just done in another way than was meant."""
    waiting_chores: tuple[str, ...] = ()
    """Customer actions from one message that are still to be done: one at a time."""
    rules: dict[str, int] = Field(default_factory=dict)
    """Mood rule → how often it has moved the mood: the second kind word counts less than the first."""
    said: tuple[str, ...] = ()
    """Every line the voice has used, so that none comes twice."""
    refusals: int = 0
    """How often an impostor was held off: refusals, challenges, failed proofs."""
    promised_until: dt.datetime | None = None
    """When the time that the trainee promised runs out."""
    promised_minutes: int = 0
    """How long they said."""
    hold_since: dt.datetime | None = None
    wondered: bool = False
    """Whether the customer has asked in this silence whether anyone is there."""
    last_trainee_at: dt.datetime | None = None
    last_customer_at: dt.datetime | None = None
    last_text: str | None = None
    """What the trainee wrote last, made plain: whether the same comes twice."""
    greeted: bool = False
    confirmed: bool = False
    """Whether the trainee has told the caller that their details match."""
    unsaid_match: bool = False
    """Whether the trainee took that back: the customer remarks on it once."""
    put_off: bool = False
    """Whether a promised time was put off before it ran out."""
    worry: str | None = None
    """The customer's own question that is still without an answer, as they worded it."""
    worried_at: int = 0
    """The turn in which it was asked."""
    gave_reason: bool = False
    """Whether the customer has said why they are content or not."""
    satisfied: bool = False
    """Whether the customer has seen for themselves that it works."""
    left: bool = False
    """The customer has ended the chat."""

    @property
    def assurance(self) -> Assurance:
        """`identified` with name, username and asset tag marked as matching; `proven` with a passed proof on top."""
        if any(self.marks.get(field) is not Outcome.MATCHES for field in IdentityField):
            return Assurance.NONE
        return Assurance.PROVEN if any(self.proofs.values()) else Assurance.IDENTIFIED

    def names(self) -> Mapping[str, Value]:
        """Every state name that a condition may use, with its value now."""
        names: dict[str, Value] = dict(self.values)
        names["assurance"] = str(self.assurance)
        names.update({f"told.{fact}": True for fact in self.told})
        names.update({f"done.{action}": True for action in self.done})
        names.update({f"proof.{proof}": passed for proof, passed in self.proofs.items()})
        return names

    def fulfils(self, condition: Condition) -> bool:
        return holds(condition, _Defaulting(self.names()))

    def with_(self, **changes: Any) -> CallState:
        return self.model_copy(update=changes)

    def draw(self, *key: object) -> float:
        """A number in [0, 1) that depends on the session's seed and `key` alone, so that a replay draws the same."""
        text = "/".join(str(part) for part in (self.seed, *key))
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) / 2**64


class _Defaulting(dict[str, Value]):
    """`told.`, `done.` and `proof.` names that nothing has happened to are false, not unknown."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or str(name).startswith(("told.", "done.", "proof."))

    def __missing__(self, name: str) -> Value:
        return False


def first_state(scenario: Scenario, *, seed: int, at: dt.datetime) -> CallState:
    """The state in which a session of this scenario begins. Raises NotDrawn where something is still left open."""
    if scenario.variation:
        raise NotDrawn(f"{scenario.slug} leaves things open: draw it with engine.variation.vary first.")
    patience = (scenario.persona.starting_mood + scenario.persona.traits.patience) / 2
    return CallState(
        seed=seed,
        values={name: variable.starts for name, variable in scenario.estate.variables.items()},
        mood=Mood(patience=patience, trust=scenario.persona.starting_mood),
        last_customer_at=at,
    )
