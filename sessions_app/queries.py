"""Named reads of practice."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from engine.events import event_adapter
from engine.record import CallRecord, HappenedEvent, SaidMessage
from engine.state import CallState
from engine.vocabulary import Ending
from engine.voice.brief import Heard
from scenarios.models import Scenario
from sessions_app.events import SHOWN_TYPES
from sessions_app.models import (
    ChatMessage,
    PendingReply,
    PerformanceMetric,
    ResolutionType,
    Sender,
    SessionEvent,
    SessionStatus,
    UserSession,
    Validity,
)
from sessions_app.projection import debrief_path, event_frame, message_frame

# ---------------------------------------------------------------- one session


def frames_between(session_id: UUID, after: int, until: int | None = None) -> list[dict[str, Any]]:
    """Return every frame that a viewer must see with `after < seq <= until`, in order."""
    bounds: dict[str, Any] = {"session_id": session_id, "seq__gt": after}
    if until is not None:
        bounds["seq__lte"] = until
    frames = [message_frame(message) for message in ChatMessage.objects.filter(**bounds).order_by()]
    shown = SessionEvent.objects.filter(**bounds, type__in=SHOWN_TYPES).order_by()
    frames += [event_frame(event) for event in shown]
    return sorted(frames, key=lambda frame: frame["seq"])


def frames_after(session_id: UUID, after: int) -> tuple[list[dict[str, Any]], int]:
    """Return every visible frame after `after`, in order, and the head of the sequence that they reach.

    One query where nothing is new.
    """
    head = UserSession.objects.values_list("head_seq", flat=True).get(pk=session_id)
    return (frames_between(session_id, after, head) if head > after else []), head


def reply_due_at(session_id: UUID) -> dt.datetime | None:
    """Return when the reply that is being worded must be there at the latest; None where there is none."""
    pending = PendingReply.objects.filter(session_id=session_id)
    return pending.values_list("lease_until", flat=True).first()


def finished_frame(session_id: UUID) -> dict[str, Any]:
    """Return the frame that told the end of a session which has ended."""
    return event_frame(SessionEvent.objects.get(session_id=session_id, type="session.finished"))


def transcript(session_id: UUID) -> list[dict[str, Any]]:
    """Return the messages of a session as frames, in order."""
    messages = ChatMessage.objects.filter(session_id=session_id).order_by("seq")
    return [message_frame(message) for message in messages]


def tool_results(session_id: UUID, until: int) -> list[dict[str, Any]]:
    """Return the `tool.result` frames of a session up to `until`, in order."""
    events = SessionEvent.objects.filter(session_id=session_id, type="tool.result", seq__lte=until)
    return [event_frame(event) for event in events.order_by("seq")]


def happened_in(session_id: UUID) -> tuple[HappenedEvent, ...]:
    """Return what happened in a session, in order; frames that only showed it are left out."""
    events = SessionEvent.objects.filter(session_id=session_id).exclude(type__in=SHOWN_TYPES).order_by("seq")
    return tuple(
        HappenedEvent(
            id=str(event.pk),
            seq=event.seq,
            at=event.at,
            event=event_adapter.validate_python({"type": event.type, **event.data}),
        )
        for event in events
    )


def call_record(session: UserSession, *, state: CallState | None = None) -> CallRecord:
    """Return an ended session as the scoring reads it; `state` where it is newer than what is stored."""
    messages = ChatMessage.objects.filter(session=session).order_by("seq")
    said = tuple(
        SaidMessage.model_construct(  # stored texts keep their every character: evidence cites spans of them
            id=str(message.pk),
            seq=message.seq,
            sender=message.sender,  # type: ignore[arg-type]  # the column holds one of these
            text=message.text,
            at=message.created_at,
            typing_ms=message.metadata.get("typing_ms", 0),
        )
        for message in messages
    )
    return CallRecord(
        started_at=session.started_at,
        ended_at=session.completed_at or session.started_at,
        messages=said,
        events=happened_in(session.pk),
        state=state or CallState.model_validate(session.state),
        note=session.resolution_documentation,
        ending=Ending(session.resolution_type) if session.resolution_type else None,
        team=session.resolution_team or None,
        reason=session.resolution_reason,
    )


def heard_until(session_id: UUID, seq: int, *latest: str) -> list[Heard]:
    """Return what has been said up to `seq`, in order, and then the trainee's `latest` messages, not stored yet."""
    messages = ChatMessage.objects.filter(session_id=session_id, seq__lte=seq).order_by("seq")
    stored = messages.values_list("sender", "text")
    return [
        *(Heard(sender=sender, text=text) for sender, text in stored),  # type: ignore[arg-type]  # one of these
        *(Heard(sender="trainee", text=text) for text in latest),
    ]


def waited_ms(session_id: UUID) -> int:
    """Return for how long the customer was waited for: the time they were seen typing, in milliseconds."""
    replies = ChatMessage.objects.filter(session_id=session_id, sender=Sender.CUSTOMER)
    typing = Sum(Cast(KT("metadata__typing_ms"), BigIntegerField()))
    return replies.aggregate(total=typing)["total"] or 0


# ---------------------------------------------------------------- one trainee's way


def completed_scenario_ids(user_id: UUID) -> set[UUID]:
    """Return the scenarios that a trainee has brought to a valid end, passed or not."""
    sessions = UserSession.objects.filter(
        user_id=user_id, status=SessionStatus.COMPLETED, validity=Validity.VALID
    )
    return set(sessions.order_by().values_list("scenario_id", flat=True).distinct())


def missing_prerequisites(user_id: UUID, scenario: Scenario) -> list[dict[str, str]]:
    """Return `slug` and `title` of what must be completed before this scenario opens."""
    needed = list(scenario.prerequisites.order_by("title").values("id", "slug", "title"))
    if not needed:
        return []
    completed = completed_scenario_ids(user_id)
    return [{"slug": one["slug"], "title": one["title"]} for one in needed if one["id"] not in completed]


def history_of(user_id: UUID) -> QuerySet[UserSession]:
    """Return a trainee's sessions, newest first, with scenario and scores; the call itself is not loaded."""
    sessions = UserSession.objects.filter(user_id=user_id).select_related("scenario", "metric")
    return sessions.defer("state", "scenario__definition").order_by("-started_at")


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """A session that has ended, as a list shows it. `overall` is None where nothing was scored or it is void."""

    ended_at: dt.datetime
    resolution: str
    overall: float | None
    passed: bool
    void: bool
    debrief: str


def past_attempts(user_id: UUID, scenario_id: UUID, *, limit: int) -> list[PastAttempt]:
    """Return how a trainee's last sessions of a scenario ended, newest first; one query."""
    sessions = UserSession.objects.filter(
        user_id=user_id, scenario_id=scenario_id, completed_at__isnull=False
    )
    columns = ("pk", "completed_at", "resolution_type", "validity", "metric__overall", "metric__passed")
    return [
        PastAttempt(
            ended_at=ended_at,
            resolution=str(ResolutionType(ending).label) if ending else "",
            overall=None if overall is None else float(overall),
            passed=bool(passed),
            void=validity == Validity.VOID,
            debrief=debrief_path(session_id),
        )
        for session_id, ended_at, ending, validity, overall, passed in sessions.order_by(
            "-completed_at"
        ).values_list(*columns)[:limit]
    ]


def running_sessions_of(user_id: UUID) -> dict[UUID, UUID]:
    """Return the trainee's running session of each scenario: scenario id → session id."""
    sessions = UserSession.objects.filter(user_id=user_id, status=SessionStatus.ACTIVE)
    return dict(sessions.order_by().values_list("scenario_id", "pk"))


def attempts_at(user_id: UUID, scenario_id: UUID) -> QuerySet[PerformanceMetric]:
    """Return the valid attempts of a trainee at a scenario, oldest first."""
    return PerformanceMetric.objects.filter(user_id=user_id, scenario_id=scenario_id).order_by("created_at")


def idle_session_ids(idle_since: dt.datetime) -> list[UUID]:
    """Return the running sessions that nobody has touched since then."""
    sessions = UserSession.objects.filter(status=SessionStatus.ACTIVE, updated_at__lte=idle_since)
    return list(sessions.order_by("updated_at").values_list("pk", flat=True))
