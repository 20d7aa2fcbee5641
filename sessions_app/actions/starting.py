"""Taking a ticket: the session begins and the customer writes first."""

import datetime as dt
import secrets
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from engine import ENGINE_VERSION
from engine.turn import open_call
from scenarios.models import Scenario, ScenarioStatus
from sessions_app.actions.ledger import Ledger
from sessions_app.errors import Locked, ScenarioUnavailable
from sessions_app.models import SessionStatus, Ticket, UserSession
from sessions_app.queries import missing_prerequisites

SEED_BITS = 31


def start_session(
    *, user_id: UUID, scenario: Scenario, at: dt.datetime | None = None, seed: int | None = None
) -> tuple[UserSession, bool]:
    """Return the trainee's running session of a scenario and whether it was begun just now.

    `seed` decides every draw of the simulated customer; without one it is random.

    Raises:
        Locked: the scenario opens only after others.
        ScenarioUnavailable: it is not published.
    """
    if running := _running(user_id, scenario):
        return running, False
    offered = scenario.status == ScenarioStatus.PUBLISHED and scenario.is_active
    version_id = scenario.current_version_id
    if not offered or version_id is None:
        raise ScenarioUnavailable(
            "This scenario cannot be practised now. Choose another one from the catalogue."
        )
    if missing := missing_prerequisites(user_id, scenario):
        raise Locked(missing)
    try:
        with transaction.atomic():
            seed = secrets.randbits(SEED_BITS) if seed is None else seed
            return _begin(user_id, scenario.pk, version_id, seed=seed, at=at or timezone.now()), True
    except IntegrityError:
        # Somebody was faster, with the same wish.
        running = _running(user_id, scenario)
        if running is None:
            raise
        return running, False


def _running(user_id: UUID, scenario: Scenario) -> UserSession | None:
    return UserSession.objects.filter(
        user_id=user_id, scenario_id=scenario.pk, status=SessionStatus.ACTIVE
    ).first()


def _begin(user_id: UUID, scenario_id: UUID, version_id: UUID, *, seed: int, at: dt.datetime) -> UserSession:
    session = UserSession.objects.create(
        user_id=user_id,
        scenario_id=scenario_id,
        scenario_version_id=version_id,
        started_at=at,
        seed=seed,
        engine_version=ENGINE_VERSION,
    )
    session.typing_pace = _pace_of(user_id)  # type: ignore[attr-defined]  # as a locked session has it
    ledger = Ledger(session, at=at)
    _open_ticket(ledger)
    turn = open_call(ledger.scenario, seed=session.seed, at=at)
    ledger.state = turn.state  # the screens are shown as they are now, so nothing on them has changed
    ledger.answer(turn)
    ledger.close()
    return session


def _pace_of(user_id: UUID) -> str | None:
    return User.objects.values_list("preferences__interface__typing_pace", flat=True).get(pk=user_id)


def _open_ticket(ledger: Ledger) -> Ticket:
    ticket = ledger.scenario.ticket
    return Ticket.objects.create(
        session=ledger.session,
        number=_next_number(),
        priority=ticket.priority,
        first_response_due_at=ledger.at + dt.timedelta(minutes=ticket.sla.first_response_minutes),
        resolution_due_at=ledger.at + dt.timedelta(minutes=ticket.sla.resolution_minutes),
    )


def _next_number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('sessions_app_ticket_number')")
        (number,) = cursor.fetchone()
    return f"HV-{number}"
