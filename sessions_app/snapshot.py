"""A session as one structure: what the console draws, the API answers and a client resumes from."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from engine.desk import ToolInfo, list_tools
from engine.events import ArticleCited, ArticleOpened
from engine.records import RecordView, list_records
from engine.state import CallState
from sessions_app.definitions import scenario_of
from sessions_app.events import Frame, MessageCreated, Seq, TicketView, VerificationView
from sessions_app.models import SessionEvent, Ticket, UserSession
from sessions_app.projection import debrief_path, ticket_view, verification_view
from sessions_app.queries import transcript

OPENED: str = ArticleOpened.model_fields["type"].default
CITED: str = ArticleCited.model_fields["type"].default


class ScenarioHead(Frame):
    """Which scenario this is, and the desk's rules for the shift in Markdown."""

    slug: str
    title: str
    difficulty: str
    estimated_minutes: int
    xp_reward: int
    briefing: str


class ReportedBy(Frame):
    """The customer as the ticket reports them; not necessarily what the records say."""

    name: str
    contact: str
    location: str | None


class TicketFile(TicketView):
    """The whole ticket: its own state and what it says.

    `waited_ms` is how long the customer was waited for (every `typing_ms` of theirs): the clocks stood still
    then.
    """

    waited_ms: int
    category: str
    subject: str
    description: str
    channel: str
    reported_by: ReportedBy
    asset: str | None
    technical_context: str | None


class Note(Frame):
    """The trainee's note and its version, which `note.save` names as its base."""

    text: str
    version: Seq


class Reading(Frame):
    """The knowledge articles of this session by key: opened, cited, and the one that is open now."""

    opened: tuple[str, ...]
    cited: tuple[str, ...]
    open: str | None


class SessionSnapshot(Frame):
    """Everything that the trainee's screens show, at `now`, as of `head_seq`.

    `call_over`: the customer has left; nothing can be said any more, but the session can be ended. `teams`
    are those that a ticket can be escalated to. `debrief` is where the debrief is, once the session has
    ended.
    """

    id: UUID
    status: Literal["active", "completed", "abandoned"]
    outcome: Literal["resolved", "escalated", "refused", "abandoned"] | None
    head_seq: Seq
    now: dt.datetime
    started_at: dt.datetime
    completed_at: dt.datetime | None
    call_over: bool
    scenario: ScenarioHead
    desk: str
    teams: tuple[str, ...]
    ticket: TicketFile
    messages: Annotated[tuple[MessageCreated, ...], Field(description="In order of `seq`.")]
    verification: VerificationView
    records: tuple[RecordView, ...]
    tools: tuple[ToolInfo, ...]
    note: Note
    reading: Reading
    debrief: str | None


def session_snapshot(session: UserSession) -> SessionSnapshot:
    """Return a session of `access.session_for` as its trainee sees it; two queries, however long the call.

    Messages that were stored after `session` was read are left out, so that everything is of one moment.
    """
    scenario = scenario_of(session)
    state = CallState.model_validate(session.state)
    messages = [frame for frame in transcript(session.pk) if frame["seq"] <= session.head_seq]
    return SessionSnapshot(
        id=session.pk,
        status=session.status,  # type: ignore[arg-type]  # the column holds one of these
        outcome=_outcome(session),  # type: ignore[arg-type]
        head_seq=session.head_seq,
        now=timezone.now(),
        started_at=session.started_at,
        completed_at=session.completed_at,
        call_over=state.left,
        scenario=ScenarioHead(**{field: getattr(scenario, field) for field in ScenarioHead.model_fields}),
        desk=scenario.desk.name,
        teams=scenario.desk.teams,
        ticket=_ticket_file(session, waited_ms=sum(frame["typing_ms"] for frame in messages)),
        messages=tuple(MessageCreated.model_validate(frame) for frame in messages),
        verification=verification_view(state),
        records=list_records(scenario, state),
        tools=list_tools(scenario, state),
        note=Note(text=session.ticket.note, version=session.ticket.note_version),
        reading=_reading(session),
        debrief=None if session.is_active else debrief_path(session.pk),
    )


def _outcome(session: UserSession) -> str | None:
    if session.is_active:
        return None
    return session.resolution_type or "abandoned"


def _ticket_file(session: UserSession, *, waited_ms: int) -> TicketFile:
    ticket: Ticket = session.ticket
    written = scenario_of(session).ticket
    return TicketFile(
        **dict(ticket_view(ticket)),
        waited_ms=waited_ms,
        category=written.category,
        subject=written.subject,
        description=written.description,
        channel=written.channel,
        reported_by=ReportedBy(**written.reported_by.model_dump()),
        asset=written.asset,
        technical_context=written.technical_context,
    )


def _reading(session: UserSession) -> Reading:
    events = SessionEvent.objects.filter(
        session=session, type__in=[OPENED, CITED], seq__lte=session.head_seq
    ).order_by("seq")
    articles: dict[str, dict[str, None]] = {OPENED: {}, CITED: {}}
    for kind, article in events.values_list("type", "data__article"):
        articles[kind][article] = None
    return Reading(
        opened=tuple(articles[OPENED]), cited=tuple(articles[CITED]), open=session.reading_article or None
    )
