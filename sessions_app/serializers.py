"""What the API reads and answers about practice. Texts obey the same rules as the live socket's frames."""

import datetime as dt
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from accounts.rest.pages import Answer, Page, PageQuery
from accounts.rest.reading import Body, Query, Storable
from engine.vocabulary import Difficulty, Dimension, IdentityField, Outcome
from scenarios.knowledge import QUERY_LIMIT, SearchResults
from sessions_app.events import (
    SEQ_LIMIT,
    Arguments,
    Documentation,
    EstateUpdated,
    FoundArticle,
    MessageCreated,
    MessageText,
    NoteSaved,
    NoteText,
    OpenedArticle,
    Reason,
    Seq,
    SessionFinished,
    TicketUpdated,
    ToolResult,
    VerificationUpdated,
    VerificationView,
    Word,
)
from sessions_app.models import SessionStatus, UserSession
from sessions_app.performance import Performance, Timeframe
from sessions_app.projection import debrief_path
from sessions_app.results import FinalScores

ClientId = Annotated[
    UUID | None, Field(description="Made by the client: a repeat is answered and not done again.")
]
ShownFrame = Annotated[
    MessageCreated
    | TicketUpdated
    | VerificationUpdated
    | EstateUpdated
    | ToolResult
    | NoteSaved
    | SessionFinished,
    Field(discriminator="type"),
]
Events = Annotated[
    tuple[ShownFrame, ...],
    Field(description="What the step brought about, in order of `seq`: the same frames as on the socket."),
]
Status = Literal["active", "completed", "abandoned"]
EndedAs = Literal["resolved", "escalated", "refused", "abandoned"]

# ---------------------------------------------------------------- what a client sends


class SayBody(Body):
    """What the trainee says. `client_id` is made by the client: the same one again is the same message."""

    client_id: UUID
    text: MessageText


class MarkBody(Body):
    """Whether what the caller gave for a field is what the records hold."""

    field: IdentityField
    outcome: Outcome
    client_id: ClientId = None


class ToolBody(Body):
    """Arguments of a tool: `{"force": true}` uses it against the desk's rule, `look_up` takes `{"record": id}`."""

    arguments: Arguments = Field(default_factory=dict)
    client_id: ClientId = None


class NoteBody(Body):
    """The whole note, and the version that was edited."""

    text: NoteText
    base_version: Annotated[StrictInt, Field(ge=0, le=SEQ_LIMIT)]


class EndBody(Body):
    """How the call ends. Escalating or refusing needs a `reason`; `team` is one of the desk's `teams`."""

    resolution_type: Literal["resolved", "escalated", "refused"]
    documentation: Documentation
    reason: Reason = ""
    team: Word | None = None


class SearchQuery(Query):
    """What to search the knowledge base for."""

    q: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=QUERY_LIMIT),
        Storable,
        Field(description="Words to look for. Slips of the pen are put right."),
    ]


class EventsQuery(Query):
    """Which events are wanted."""

    after: Annotated[Seq, Field(description="The highest `seq` that the client has seen.")] = 0


class CatalogueQuery(PageQuery):
    """Which scenarios are wanted; without parameters all of them."""

    difficulty: Annotated[Difficulty | None, Field(description="Only of this difficulty.")] = None
    completed: Annotated[
        bool | None, Field(description="Only those that the reader has completed, or has not.")
    ] = None


class SessionsQuery(PageQuery):
    """Which of the reader's sessions are wanted."""

    status: Annotated[Status | None, Field(description="Only in this state.")] = None


class PerformanceQuery(Query):
    """Over which time, and of which dimension."""

    timeframe: Annotated[Timeframe, Field(description="How far to look back.")] = Timeframe.ALL
    dimension: Annotated[
        Dimension | None, Field(description="Only this dimension; the trend is of it then.")
    ] = None


# ---------------------------------------------------------------- what the API answers


class Said(Answer):
    """The stored message, and in `events` the customer's reply with what it changed on the screens."""

    message: MessageCreated
    events: Events


class Marked(Answer):
    """The checklist as it is now."""

    verification: VerificationView
    events: Events


class ToolUsed(Answer):
    """What the tool's screen says, and what came of it, the customer's reaction included."""

    result: ToolResult
    events: Events


class StoredNote(Answer):
    """The note as it is stored, and its version, the base of the next change."""

    text: str
    version: Seq


class KnowledgeAnswer(Answer):
    """What a search found, the best first. `corrected` is what was searched where that was not `query`."""

    query: str
    corrected: str | None
    results: tuple[FoundArticle, ...]

    @classmethod
    def of(cls, found: SearchResults) -> Self:
        """Return the results of a search."""
        hits = tuple(FoundArticle.model_validate(hit) for hit in found.hits)
        return cls(query=found.query, corrected=found.corrected, results=hits)


class ArticleAnswer(OpenedArticle):
    """An article as it is read; `body_html` is safe HTML. Its reading time runs until another one is opened,
    it is closed, or the session ends."""


class CitedAnswer(Answer):
    """The citation is recorded; `citation` are the words for the note."""

    article: str
    citation: str


class ClosedAnswer(Answer):
    """The article that was open, null when none was, and the seconds on it."""

    article: str | None
    seconds: float


class EventsPage(Answer):
    """Everything with `after < seq <= head` that the trainee's screen shows."""

    events: Events
    head: Seq


class Ended(Answer):
    """A session that has ended, what it was worth, and where its debrief is."""

    id: UUID
    status: Literal["completed", "abandoned"]
    outcome: EndedAs
    completed_at: dt.datetime
    scores: Annotated[FinalScores | None, Field(description="Null for an abandoned session.")]
    debrief: str

    @classmethod
    def of(cls, session: UserSession, scores: FinalScores | None) -> Self:
        """Return how a session ended."""
        return cls.model_validate(
            {
                "id": session.pk,
                "status": session.status,
                "outcome": session.resolution_type or "abandoned",
                "completed_at": session.completed_at,
                "scores": scores,
                "debrief": debrief_path(session.pk),
            }
        )


class SessionItem(Answer):
    """A session in a list. `overall` is null where nothing was scored."""

    id: UUID
    scenario: Annotated[str, Field(description="The scenario's slug.")]
    title: str
    status: Status
    outcome: EndedAs | None
    started_at: dt.datetime
    completed_at: dt.datetime | None
    overall: float | None
    passed: bool | None
    valid: bool | None

    @classmethod
    def of(cls, session: UserSession) -> Self:
        """Return a session of `queries.history_of`."""
        scores: dict[str, Any] = session.final_scores or {}
        active = session.status == SessionStatus.ACTIVE
        return cls.model_validate(
            {
                "id": session.pk,
                "scenario": session.scenario.slug,
                "title": session.scenario.title,
                "status": session.status,
                "outcome": None if active else session.resolution_type or "abandoned",
                "started_at": session.started_at,
                "completed_at": session.completed_at,
                **{name: scores.get(name) for name in ("overall", "passed", "valid")},
            }
        )


class SessionPage(Page[SessionItem]):
    """A page of the reader's sessions, newest first."""


class ScoreSummary(Answer):
    """A score over several runs, 0–100 with two decimals; null where no run could be assessed for it."""

    average: float | None
    best: float | None
    latest: float | None


class TrendStep(Answer):
    """The average of the runs of one day (of one week over all time), which began at `start`."""

    start: dt.datetime
    runs: int
    score: float


class PerformanceAnswer(Answer):
    """What the reader's valid runs in a time come to. `trend` is of `dimension`, or of the overall score for
    null."""

    timeframe: Timeframe
    since: dt.datetime | None
    dimension: Dimension | None
    runs: int
    passed: int
    xp: int
    seconds: Annotated[int, Field(description="Seconds spent on these runs.")]
    overall: ScoreSummary
    dimensions: dict[Dimension, ScoreSummary]
    trend: tuple[TrendStep, ...]

    @classmethod
    def of(cls, performance: Performance) -> Self:
        """Return a summary."""
        return cls.model_validate(performance)
