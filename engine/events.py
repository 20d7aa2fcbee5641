"""What happened in a session, as closed, typed events. They are stored, scored, replayed and shown in the debrief."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from engine.parts import Part, Value
from engine.understanding.acts import Act
from engine.vocabulary import Assurance, Ending, IdentityField, Outcome, Proof


class SpanOfActs(Part):
    """A sentence of a trainee message (character offsets into the stored text) and what it does."""

    start: int
    end: int
    acts: tuple[Act, ...]


class MessageRead(Part):
    """What the engine understood of the trainee message that came just before this event."""

    type: Literal["message_read"] = "message_read"
    sentences: tuple[SpanOfActs, ...]
    asked: tuple[str, ...] = ()
    """Ids of facts, `identity.<field>` or `other.<n>` that were asked for."""
    instructed: tuple[str, ...] = ()
    """Ids of the customer's actions that were asked for."""
    followed: bool = True
    """False where the customer said that they did not follow."""


class FactTold(Part):
    """The customer told a fact, on a question or of their own accord."""

    type: Literal["fact_told"] = "fact_told"
    fact: str
    asked: bool


class IdentityGiven(Part):
    """The caller gave a value for an identity field; `value` as the caller said it."""

    type: Literal["identity_given"] = "identity_given"
    field: IdentityField
    value: str


class FieldMarked(Part):
    """The trainee compared a field with the records. `given` is what the caller had said, `right` whether the mark is
    what the records say (never shown before the debrief)."""

    type: Literal["field_marked"] = "field_marked"
    field: IdentityField
    outcome: Outcome
    given: str
    right: bool


class ProofChecked(Part):
    """A proof of possession was carried out."""

    type: Literal["proof_checked"] = "proof_checked"
    proof: Proof
    passed: bool


class AssuranceReached(Part):
    """The caller's assurance changed to this level."""

    type: Literal["assurance_reached"] = "assurance_reached"
    level: Assurance


class ActionTaken(Part):
    """An action of the estate. `effective` is False where its precondition did not hold or the customer only claimed
    it; `forced` where the agent went on without the assurance that the desk requires."""

    type: Literal["action_taken"] = "action_taken"
    action: str
    by: Literal["agent", "customer"]
    effective: bool
    assurance: Assurance
    needed: Assurance
    forced: bool = False
    claimed: bool = False


class ToolWarned(Part):
    """A risky tool was stopped by the desk's rule; nothing was done."""

    type: Literal["tool_warned"] = "tool_warned"
    action: str
    assurance: Assurance
    needed: Assurance


class EstateChanged(Part):
    """Variables of the estate that have new values."""

    type: Literal["estate_changed"] = "estate_changed"
    changes: dict[str, Value]


class MoodMoved(Part):
    """The customer's mood after a named rule; each scale from 0 to 1."""

    type: Literal["mood_moved"] = "mood_moved"
    rule: str
    patience: float
    trust: float
    confusion: float


class RecordLookedUp(Part):
    """The trainee opened a record: `person:<id>`, `asset:<id>` or `service:<id>`."""

    type: Literal["record_looked_up"] = "record_looked_up"
    record: str


class KnowledgeSearched(Part):
    type: Literal["knowledge_searched"] = "knowledge_searched"
    query: str
    found: int


class ArticleOpened(Part):
    type: Literal["article_opened"] = "article_opened"
    article: str


class ArticleClosed(Part):
    """The trainee left an article after this many seconds on it (the server's clock)."""

    type: Literal["article_closed"] = "article_closed"
    article: str
    seconds: float


class ArticleCited(Part):
    type: Literal["article_cited"] = "article_cited"
    article: str


class NoteSaved(Part):
    type: Literal["note_saved"] = "note_saved"
    version: int
    characters: int


class HoldStarted(Part):
    type: Literal["hold_started"] = "hold_started"


class HoldEnded(Part):
    type: Literal["hold_ended"] = "hold_ended"
    seconds: float


class CustomerWondered(Part):
    """After a silence the customer asked whether anyone was there."""

    type: Literal["customer_wondered"] = "customer_wondered"
    seconds: float


class CustomerLeft(Part):
    """The customer ended the chat: an impostor gave up, or patience ran out."""

    type: Literal["customer_left"] = "customer_left"
    why: Literal["gave_up", "out_of_patience", "said_goodbye"]


class SessionEnded(Part):
    type: Literal["session_ended"] = "session_ended"
    ending: Ending | None
    """None where the trainee abandoned the session."""
    team: str | None = None
    reason: str = ""


Event = Annotated[
    MessageRead
    | FactTold
    | IdentityGiven
    | FieldMarked
    | ProofChecked
    | AssuranceReached
    | ActionTaken
    | ToolWarned
    | EstateChanged
    | MoodMoved
    | RecordLookedUp
    | KnowledgeSearched
    | ArticleOpened
    | ArticleClosed
    | ArticleCited
    | NoteSaved
    | HoldStarted
    | HoldEnded
    | CustomerWondered
    | CustomerLeft
    | SessionEnded,
    Field(discriminator="type"),
]

event_adapter: TypeAdapter[Event] = TypeAdapter(Event)
"""Reads a stored event back: `event_adapter.validate_python({"type": …, …})`."""
