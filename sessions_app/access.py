"""The only way to a session on behalf of somebody."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from accounts.models import User
from sessions_app.errors import ReadOnly, SessionNotFound
from sessions_app.models import UserSession
from sessions_app.storage import row_of, selected


def may_review(user: User) -> bool:
    """Whether the person may read the sessions of every trainee."""
    return user.is_active and (user.is_superuser or user.is_instructor)


def sessions_visible_to(user: User) -> QuerySet[UserSession]:
    """Return the sessions that a person may read: their own, and everybody's for instructors."""
    if not user.is_active:
        return UserSession.objects.none()
    if may_review(user):
        return UserSession.objects.all()
    return UserSession.objects.filter(user=user)


def session_for(user: User, session_id: UUID) -> UserSession:
    """Return a session that the person may read, with its scenario, version number and ticket.

    Raises:
        SessionNotFound: there is none, or it is a stranger's.
    """
    sessions = sessions_visible_to(user).select_related("scenario", "ticket", "user")
    session = sessions.defer("scenario__definition").filter(pk=session_id).first()
    if session is None:
        raise SessionNotFound
    return session


def own_session_for(user: User, session_id: UUID) -> UserSession:
    """Return a session in which the person may act.

    Raises:
        SessionNotFound: there is none, or it is a stranger's.
        ReadOnly: the person may only watch it.
    """
    session = session_for(user, session_id)
    if session.user_id != user.pk:
        raise ReadOnly
    return session


LOCKED = """
    SELECT {columns}, person.preferences #>> '{{interface,typing_pace}}'
    FROM sessions_app_usersession AS session JOIN accounts_user AS person ON person.id = session.user_id
    WHERE session.id = %s AND (%s::uuid IS NULL OR session.user_id = %s)
    FOR UPDATE OF session
"""
"""Every message begins with this query, so it is written out: building it cost more than asking it."""


def lock_own_session(*, user_id: UUID, session_id: UUID) -> UserSession:
    """Return a trainee's own session with its row locked until the transaction ends.

    Raises:
        SessionNotFound: there is none, or it is a stranger's.
    """
    return _lock(session_id, user_id)


def lock_session(*, session_id: UUID) -> UserSession:
    """Return a session with its row locked, for what the system itself does in it.

    Raises:
        SessionNotFound: there is none.
    """
    return _lock(session_id, None)


def _lock(session_id: UUID, user_id: UUID | None) -> UserSession:
    with connection.cursor() as cursor:
        cursor.execute(
            LOCKED.format(columns=selected(UserSession, "session")), [session_id, user_id, user_id]
        )
        found = cursor.fetchone()
    if found is None:
        raise SessionNotFound
    *columns, pace = found
    session = row_of(UserSession, columns)
    session.typing_pace = pace  # type: ignore[attr-defined]  # of the person's preferences, for the ledger
    return session
