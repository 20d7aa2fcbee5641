"""The end of a session: handed in with its documentation and scored, or given up."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from engine import desk
from engine.call import Call
from engine.events import SessionEnded
from engine.scorecard import ScoreCard
from engine.scoring import score
from engine.vocabulary import Dimension, Ending
from gamification.actions import award_session
from sessions_app.access import lock_own_session, lock_session
from sessions_app.actions.ledger import Ledger, refuse_when_over
from sessions_app.actions.reading import READING_COLUMNS, end_reading
from sessions_app.actions.replying import settle_first
from sessions_app.debrief import write_debrief
from sessions_app.errors import InvalidText, engine_refusals
from sessions_app.events import SessionFinished
from sessions_app.live import Batch
from sessions_app.models import (
    NOTE_LIMIT,
    REASON_LIMIT,
    Assessor,
    CriterionResult,
    PerformanceMetric,
    ResolutionType,
    SessionStatus,
    Ticket,
    TicketStatus,
    UserSession,
    Validity,
)
from sessions_app.projection import debrief_path
from sessions_app.queries import call_record, waited_ms
from sessions_app.results import FinalScores, final_scores
from sessions_app.texts import clean_text

TICKET_AFTER = {
    Ending.RESOLVED: TicketStatus.RESOLVED,
    Ending.ESCALATED: TicketStatus.ESCALATED,
    Ending.REFUSED: TicketStatus.CLOSED,
}
CENTS = Decimal("0.01")
RESULT_COLUMNS = (
    "status",
    "completed_at",
    "duration",
    "resolution_type",
    "resolution_team",
    "resolution_documentation",
    "resolution_reason",
    "satisfaction",
    "validity",
    "void_reasons",
    "final_scores",
    "debrief_text",
    "debrief_generated_at",
)


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished session and what it was worth; `created` is False for a repeat."""

    session: UserSession
    scores: FinalScores
    created: bool
    batch: Batch | None = None


def finish_session(
    *,
    user_id: UUID,
    session_id: UUID,
    ending: Ending,
    documentation: str,
    team: str | None = None,
    reason: str = "",
    client_id: UUID | None = None,
    at: dt.datetime | None = None,
) -> Finished:
    """Resolve, escalate or refuse, and score the call. A finished session returns the scores that it got.

    An escalation or refusal needs a reason. An escalation without `team` goes to the one team that its reason
    names.

    Raises:
        InvalidText: documentation or reason missing or too long.
        VerificationRequired: resolving before the caller was identified.
        BadArguments: the desk has no such team.
        SessionNotFound, SessionOver (abandoned before).
    """
    with transaction.atomic():
        session = lock_own_session(user_id=user_id, session_id=session_id)
        if session.status == SessionStatus.COMPLETED:
            return Finished(session, FinalScores.model_validate(session.final_scores), created=False)
        refuse_when_over(session)
        documentation = clean_text(documentation, field="documentation", limit=NOTE_LIMIT)
        reason = clean_text(reason, field="reason", limit=REASON_LIMIT, required=False)
        if ending is not Ending.RESOLVED and not reason:
            raise InvalidText("reason", "Say why: an escalation or a refusal needs a `reason`.")
        ledger = Ledger(session, at=at)
        settle_first(ledger)
        if ending is Ending.ESCALATED and team is None:
            team = team_named_in(reason, ledger.scenario.desk.teams)
        _end_call(ledger, ending, team, reason)
        _note_ending(ledger, ending, team, documentation, reason)
        scores = _score(ledger)
        ledger.show(
            SessionFinished, client_id=client_id, outcome=ending.value, debrief=debrief_path(session.pk)
        )
        batch = ledger.close(*RESULT_COLUMNS, *READING_COLUMNS)
        return Finished(session, scores, created=True, batch=batch)


def team_named_in(text: str, teams: Sequence[str]) -> str | None:
    """Return the desk's team that `text` names, or None where it names none or several."""
    named = [team for team in teams if team.casefold() in text.casefold()]
    return named[0] if len(named) == 1 else None


def _end_call(ledger: Ledger, ending: Ending, team: str | None, reason: str) -> None:
    with engine_refusals():
        step = desk.end_call(ledger.scenario, ledger.state, ending=ending, team=team, reason=reason)
    end_reading(ledger)
    ledger.happen(step.events)
    ledger.move(step.state)


def _note_ending(ledger: Ledger, ending: Ending, team: str | None, documentation: str, reason: str) -> None:
    session = ledger.session
    _end(ledger, SessionStatus.COMPLETED, TICKET_AFTER[ending])
    session.resolution_type = ResolutionType(ending)
    session.resolution_team = team or ""
    session.resolution_documentation = documentation
    session.resolution_reason = reason


def _end(ledger: Ledger, status: SessionStatus, ticket_status: TicketStatus) -> None:
    session = ledger.session
    session.status = status
    session.completed_at = ledger.at
    session.duration = ledger.at - session.started_at
    ticket = Ticket.objects.get(session=session)
    waited = waited_ms(session.pk)
    ledger.change_ticket(ticket, status=ticket_status, closed_at=ledger.at, waited_ms=waited)


def _score(ledger: Ledger) -> FinalScores:
    """Judge the call from its rows, and store what it was worth."""
    session = ledger.session
    ledger.store_rows()
    record = call_record(session, state=ledger.state)
    card = score(ledger.scenario, record)
    award = award_session(
        user_id=session.user_id,
        session_id=session.pk,
        scenario_slug=ledger.scenario.slug,
        difficulty=ledger.scenario.difficulty,
        xp_reward=ledger.scenario.xp_reward,
        ending=session.resolution_type,
        caller_genuine=ledger.scenario.caller.genuine,
        card=card,
        finished_at=ledger.at,
    )
    scores = final_scores(card, Call(ledger.scenario, record), award)
    session.satisfaction = card.satisfaction
    session.validity = Validity.VALID if card.valid else Validity.VOID
    session.void_reasons = list(card.void_reasons)
    session.final_scores = scores.model_dump(mode="json")
    _store_criteria(session, card)
    if card.valid:
        _store_metric(session, card, xp=award.xp, ended_at=ledger.at)
    session.state = ledger.state.model_dump(mode="json")
    session.debrief_text, session.debrief_generated_at = write_debrief(session), ledger.at
    return scores


def _store_criteria(session: UserSession, card: ScoreCard) -> None:
    CriterionResult.objects.bulk_create(
        CriterionResult(
            session=session,
            position=position,
            criterion=judged.criterion,
            dimension=judged.dimension,
            wording=judged.wording,
            why=judged.why,
            better=judged.better or "",
            weight=judged.weight,
            fatal=judged.fatal,
            result=judged.result,
            points=Decimal(judged.points).quantize(Decimal("0.001")),
            evidence=[piece.model_dump(mode="json") for piece in judged.evidence],
            assessor=Assessor.ENGINE,
            reason=judged.reason,
        )
        for position, judged in enumerate(card.criteria)
    )


def _store_metric(session: UserSession, card: ScoreCard, *, xp: int, ended_at: dt.datetime) -> None:
    by_dimension: dict[Dimension, float | None] = {part.dimension: part.score for part in card.dimensions}
    seconds = (ended_at - session.started_at).total_seconds()
    PerformanceMetric.objects.create(
        session=session,
        user_id=session.user_id,
        scenario_id=session.scenario_id,
        **{str(dimension): _two_places(by_dimension.get(dimension)) for dimension in Dimension},
        overall=Decimal(card.overall).quantize(CENTS),
        passed=card.passed,
        xp_earned=xp,
        completion_seconds=round(seconds),
        created_at=ended_at,
    )


def _two_places(score: float | None) -> Decimal | None:
    return None if score is None else Decimal(score).quantize(CENTS)


@dataclass(frozen=True, slots=True)
class Abandoned:
    """A session that was given up; `created` is False where it had been before."""

    session: UserSession
    created: bool
    batch: Batch | None = None


def abandon_session(
    *, user_id: UUID, session_id: UUID, client_id: UUID | None = None, at: dt.datetime | None = None
) -> Abandoned:
    """Give a session up without scores; again changes nothing.

    Raises:
        SessionNotFound.
        SessionOver: it was completed.
    """
    with transaction.atomic():
        session = lock_own_session(user_id=user_id, session_id=session_id)
        if session.status == SessionStatus.ABANDONED:
            return Abandoned(session, created=False)
        refuse_when_over(session)
        return _abandon(session, client_id, at, reason="Given up by the trainee")


def abandon_idle_session(*, session_id: UUID, idle_since: dt.datetime, at: dt.datetime | None = None) -> bool:
    """Abandon a session that nobody has touched since `idle_since`; return whether that was so."""
    with transaction.atomic():
        session = lock_session(session_id=session_id)
        if not session.is_active or session.updated_at > idle_since:
            return False
        _abandon(session, None, at, reason="Left idle")
        return True


def _abandon(
    session: UserSession, client_id: UUID | None, at: dt.datetime | None, *, reason: str
) -> Abandoned:
    ledger = Ledger(session, at=at)
    settle_first(ledger)
    end_reading(ledger)
    ledger.happen([SessionEnded(ending=None, reason=reason)])
    _end(ledger, SessionStatus.ABANDONED, TicketStatus.CLOSED)
    ledger.show(SessionFinished, client_id=client_id, outcome="abandoned", debrief=debrief_path(session.pk))
    return Abandoned(session, created=True, batch=ledger.close(*RESULT_COLUMNS, *READING_COLUMNS))
