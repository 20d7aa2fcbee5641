"""Everything that crosses the live socket, as closed types: what a client commands and what it is shown.

Frames with a `seq` are stored, and the same to every viewer at any time; the others answer one client and are
gone. Frames hold what the trainee's screen may show and nothing else: `sessions_app.projection` makes them.
"""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from engine.records import RecordView
from engine.vocabulary import Assurance, IdentityField, Outcome, Proof
from scenarios.knowledge import QUERY_LIMIT
from sessions_app.models import NOTE_LIMIT, REASON_LIMIT, TEXT_LIMIT
from sessions_app.texts import unstorable

SEQ_LIMIT = 2**31 - 1


def _storable(text: str) -> str:
    if problem := unstorable(text):
        raise ValueError(f"holds {problem}")
    return text


Storable = AfterValidator(_storable)
MessageText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT), Storable
]
Documentation = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NOTE_LIMIT), Storable
]
NoteText = Annotated[str, StringConstraints(max_length=NOTE_LIMIT), Storable]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=REASON_LIMIT), Storable]
Word = Annotated[str, StringConstraints(min_length=1, max_length=80), Storable]
Seq = Annotated[int, Field(ge=0, le=SEQ_LIMIT)]
Arguments = Annotated[
    dict[Word, bool | Annotated[str, StringConstraints(max_length=200), Storable]], Field(max_length=5)
]


class Frame(BaseModel):
    """One frame. A field nobody declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# ---------------------------------------------------------------- what a client sends


class Command(Frame):
    """A client's wish. `client_id`, made by the client, lets it be sent again without being done again."""

    client_id: UUID


class Authenticate(Frame):
    """The bearer token of a client that has no cookie: the first frame, and again when the token was renewed."""

    type: Literal["authenticate"]
    token: Annotated[str, StringConstraints(min_length=1, max_length=8_000)]


class SendMessage(Command):
    """Say something to the customer."""

    type: Literal["message.send"]
    text: MessageText


class SaveNote(Command):
    """Keep the note; `base_version` is the version that was edited."""

    type: Literal["note.save"]
    text: NoteText
    base_version: Seq


class MarkVerification(Command):
    """Say whether what the caller gave is what the records hold."""

    type: Literal["verification.mark"]
    field: IdentityField
    outcome: Outcome


class RunTool(Command):
    """Use a tool, a proof of possession, or `look_up` with `{"record": id}`."""

    type: Literal["tool.run"]
    tool: Word
    arguments: Arguments = Field(default_factory=dict)


class SearchKnowledge(Command):
    """Search the knowledge base."""

    type: Literal["knowledge.search"]
    query: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=QUERY_LIMIT), Storable
    ]


class OpenArticle(Command):
    """Open an article; the one that was open before is closed."""

    type: Literal["article.open"]
    article: Word


class CloseArticle(Command):
    """Close the open article."""

    type: Literal["article.close"]


class CiteArticle(Command):
    """Cite an article; the answer holds the words to put into the note."""

    type: Literal["article.cite"]
    article: Word


class EndSession(Command):
    """Resolve, escalate or refuse."""

    type: Literal["session.end"]
    resolution_type: Literal["resolved", "escalated", "refused"]
    documentation: Documentation
    team: Word | None = None
    reason: Reason = ""


class AbandonSession(Command):
    """Give the session up without scores."""

    type: Literal["session.abandon"]


class Resume(Frame):
    """Ask for every stored frame after `after`."""

    type: Literal["resume"]
    after: Seq


class Typing(Frame):
    """The trainee is typing; observers see it."""

    type: Literal["typing"]


class Ping(Frame):
    """Ask for the head of the sequence."""

    type: Literal["ping"]


ClientFrame = Annotated[
    Authenticate
    | SendMessage
    | SaveNote
    | MarkVerification
    | RunTool
    | SearchKnowledge
    | OpenArticle
    | CloseArticle
    | CiteArticle
    | EndSession
    | AbandonSession
    | Resume
    | Typing
    | Ping,
    Field(discriminator="type"),
]
client_frames: TypeAdapter[ClientFrame] = TypeAdapter(ClientFrame)

# ---------------------------------------------------------------- what a server sends: stored frames


class StoredFrame(Frame):
    """A frame with its place in the session's sequence. `at` is the server's moment of it.

    `follows` names the customer's message that brought it about: a client may hold it back until that message
    is shown. `client_id` is that of the command that it answers.
    """

    seq: Seq
    at: dt.datetime
    client_id: UUID | None = None


class MessageCreated(StoredFrame):
    """One whole message. `typing_ms`: how long the client shows the customer typing before it shows the text;
    `ends_call`: it tells that the customer has left, and nothing can be said any more."""

    type: Literal["message.created"] = "message.created"
    id: UUID
    sender: Literal["trainee", "customer", "system", "instructor"]
    text: str
    typing_ms: int = Field(default=0, ge=0)
    ends_call: bool = False


class TicketView(Frame):
    """The ticket's own state. The due moments leave out the time that the customer was waited for."""

    number: str
    status: Literal["open", "in_progress", "waiting", "resolved", "escalated", "closed"]
    priority: Literal["low", "medium", "high"]
    first_response_due_at: dt.datetime
    resolution_due_at: dt.datetime
    first_responded_at: dt.datetime | None
    closed_at: dt.datetime | None


class FieldView(Frame):
    """One identity field: what the caller said, and what the trainee made of it."""

    given: str | None
    outcome: Outcome | None


class VerificationView(Frame):
    """The checklist. `proofs` holds those that were tried and whether they passed."""

    fields: dict[IdentityField, FieldView]
    assurance: Assurance
    proofs: dict[Proof, bool]


class TicketUpdated(StoredFrame):
    """The ticket changed."""

    type: Literal["ticket.updated"] = "ticket.updated"
    ticket: TicketView


class VerificationUpdated(StoredFrame):
    """The caller gave an identity value, or the trainee marked one or ran a proof."""

    type: Literal["verification.updated"] = "verification.updated"
    verification: VerificationView
    follows: Seq | None = None


class EstateUpdated(StoredFrame):
    """Records that changed, each whole."""

    type: Literal["estate.updated"] = "estate.updated"
    records: tuple[RecordView, ...]
    follows: Seq | None = None


class ToolResult(StoredFrame):
    """What a tool's screen says. `warning`: the desk's rule stopped it and nothing was done."""

    type: Literal["tool.result"] = "tool.result"
    tool: str
    arguments: dict[str, Any]
    ok: bool
    warning: bool
    text: str
    data: dict[str, Any]


class NoteSaved(StoredFrame):
    """The note as it is stored now."""

    type: Literal["note.saved"] = "note.saved"
    version: Seq
    text: str


class SessionFinished(StoredFrame):
    """The session is over; the debrief is at `debrief`."""

    type: Literal["session.finished"] = "session.finished"
    outcome: Literal["resolved", "escalated", "refused", "abandoned"]
    debrief: str


# ---------------------------------------------------------------- what a server sends: answers


class MessageAck(Frame):
    """The message is stored; also the answer to a repeat."""

    type: Literal["message.ack"] = "message.ack"
    client_id: UUID
    seq: Seq


class NoteConflict(Frame):
    """The note was changed elsewhere; this is what is stored."""

    type: Literal["note.conflict"] = "note.conflict"
    client_id: UUID
    text: str
    version: Seq


class ArticleCard(Frame):
    """What is told of an article before it is read. `key` names it in this session."""

    model_config = ConfigDict(from_attributes=True)

    key: str
    title: str
    source: str
    credibility: str
    credibility_label: str
    credibility_sentence: str
    published_on: dt.date
    url: str


class FoundArticle(ArticleCard):
    """A search result; `snippet_html` is safe HTML with `<mark>` around what was found."""

    snippet_html: str


class OpenedArticle(ArticleCard):
    """An article as it is read; `body_html` is safe HTML."""

    body_html: str


class KnowledgeFound(Frame):
    """The results of a search, the best first. `corrected` is what was searched where that was not
    `query`."""

    type: Literal["knowledge.found"] = "knowledge.found"
    client_id: UUID
    query: str
    corrected: str | None
    results: tuple[FoundArticle, ...]


class ArticleOpened(Frame):
    """The article that was asked for."""

    type: Literal["article.opened"] = "article.opened"
    client_id: UUID
    article: OpenedArticle


class ArticleClosed(Frame):
    """No article is open any more; `seconds` is the time on the last one."""

    type: Literal["article.closed"] = "article.closed"
    client_id: UUID
    article: str | None
    seconds: float


class ArticleCited(Frame):
    """The citation is recorded; `citation` are the words for the note."""

    type: Literal["article.cited"] = "article.cited"
    client_id: UUID
    article: str
    citation: str


class Resumed(Frame):
    """Everything up to `head` has been sent."""

    type: Literal["resumed"] = "resumed"
    head: Seq


class Pong(Frame):
    """The answer to a ping."""

    type: Literal["pong"] = "pong"
    head: Seq


class Heartbeat(Frame):
    """Sent every 15 seconds; a client that has seen less than `head` asks for `resume`."""

    type: Literal["heartbeat"] = "heartbeat"
    head: Seq


class MessageDelta(Frame):
    """A reply that a language model is still wording. `text` is all of it so far, in whole sentences that have passed
    the check; `id` is that of the `message.created` which replaces it, maybe with other words."""

    type: Literal["message.delta"] = "message.delta"
    id: UUID
    text: str


class CustomerTyping(Frame):
    """A reply is on its way: a language model words it."""

    type: Literal["customer.typing"] = "customer.typing"


class TraineeTyping(Frame):
    """The trainee is typing; sent to observers only."""

    type: Literal["trainee.typing"] = "trainee.typing"


class Error(Frame):
    """A command that was refused, or a frame that could not be read. Nothing was changed."""

    type: Literal["error"] = "error"
    code: str
    detail: str
    client_id: str | None = None
    field: str | None = None


ServerFrame = Annotated[
    MessageCreated
    | TicketUpdated
    | VerificationUpdated
    | EstateUpdated
    | ToolResult
    | NoteSaved
    | SessionFinished
    | MessageAck
    | NoteConflict
    | KnowledgeFound
    | ArticleOpened
    | ArticleClosed
    | ArticleCited
    | Resumed
    | Pong
    | Heartbeat
    | MessageDelta
    | CustomerTyping
    | TraineeTyping
    | Error,
    Field(discriminator="type"),
]
server_frames: TypeAdapter[ServerFrame] = TypeAdapter(ServerFrame)

SHOWN_TYPES = (
    "ticket.updated",
    "verification.updated",
    "estate.updated",
    "tool.result",
    "note.saved",
    "session.finished",
)
"""Types of stored events that the trainee's screen is shown; every other stored event is hidden until the
debrief."""
