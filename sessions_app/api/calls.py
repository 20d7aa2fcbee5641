"""A call as a whole: what its screens show, what is said in it, and how it ends."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.rest.endpoint import answer
from accounts.rest.idempotency import idempotent
from accounts.rest.openapi import Says, documented
from accounts.rest.pages import Place, cut, place_in
from accounts.rest.reading import read_body, read_query
from accounts.rest.throttling import MessageThrottle, PersonThrottle
from engine.vocabulary import Ending
from sessions_app import actions
from sessions_app.access import session_for
from sessions_app.api import examples
from sessions_app.api.endpoint import (
    BAD_ARGUMENTS,
    CALL_OVER,
    READ_ONLY,
    SESSION_NOT_FOUND,
    SESSION_OVER,
    VERIFICATION_REQUIRED,
    PracticeEndpoint,
)
from sessions_app.models import UserSession
from sessions_app.queries import frames_after, history_of
from sessions_app.serializers import (
    EndBody,
    Ended,
    EventsPage,
    EventsQuery,
    Said,
    SayBody,
    SessionItem,
    SessionPage,
    SessionsQuery,
)
from sessions_app.snapshot import SessionSnapshot, session_snapshot

TAG = "The call"
SESSION = {"session_id": "The session's id."}


class Begun(Place):
    """A session's place in the list."""

    started_at: dt.datetime
    id: UUID


class SessionsEndpoint(PracticeEndpoint):
    """`sessions`."""

    @documented(
        "List my sessions",
        tag=TAG,
        query=SessionsQuery,
        answers={200: Says(SessionPage, "A page of sessions.", examples.SESSIONS)},
    )
    def get(self, request: Request) -> Response:
        """Return the reader's sessions, newest first."""
        query = read_query(SessionsQuery, request)
        sessions = history_of(self.reader.pk).order_by("-started_at", "-id")
        if query.status:
            sessions = sessions.filter(status=query.status)
        if after := place_in(Begun, query):
            sessions = sessions.filter(
                Q(started_at__lt=after.started_at) | Q(started_at=after.started_at, id__lt=after.id)
            )
        rows = list(sessions[: query.page_size + 1])
        shown, following = cut(rows, query, request, lambda row: Begun(started_at=row.started_at, id=row.pk))
        return answer(SessionPage(results=tuple(map(SessionItem.of, shown)), next=following))


class SessionEndpoint(PracticeEndpoint):
    """`sessions/{session_id}`."""

    @documented(
        "Look at a session",
        tag=TAG,
        path=SESSION,
        answers={200: Says(SessionSnapshot, "The session.", examples.SESSION)},
        refusals=[SESSION_NOT_FOUND],
    )
    def get(self, request: Request, session_id: UUID) -> Response:
        """Return everything that the trainee's screens show: ticket, messages, verification, records, tools, note.

        Nothing hidden is among it: what the customer knows, and what an action was worth, are told by the debrief.
        """
        return answer(session_snapshot(_look(self.reader, session_id)))


class EventsEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/events`."""

    @documented(
        "Catch up",
        tag=TAG,
        path=SESSION,
        query=EventsQuery,
        answers={200: Says(EventsPage, "What happened since.", examples.EVENTS)},
        refusals=[SESSION_NOT_FOUND],
    )
    def get(self, request: Request, session_id: UUID) -> Response:
        """Return what the screens were told after a `seq`, in order: what the socket's `resume` sends.

        For clients without a socket. Keep the highest `seq`, and ask again with it.
        """
        query = read_query(EventsQuery, request)
        _look(self.reader, session_id)
        frames, head = frames_after(session_id, query.after)
        return answer(EventsPage.model_validate({"events": frames, "head": head}))


class MessagesEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/messages`."""

    throttle_classes: ClassVar[list[Any]] = [PersonThrottle, MessageThrottle]

    @documented(
        "Say something",
        tag=TAG,
        path=SESSION,
        body=SayBody,
        example=examples.SAY,
        answers={
            201: Says(Said, "The message is stored, and so is the customer's reply.", examples.SAID),
            200: Says(Said, "A repeat: what was stored the first time.", examples.SAID),
        },
        refusals=[READ_ONLY, SESSION_NOT_FOUND, SESSION_OVER, CALL_OVER],
    )
    @idempotent
    def post(self, request: Request, session_id: UUID) -> Response:
        """Send a message to the customer and get their reply.

        `typing_ms` tells for how long to show the customer typing before the reply. It is there at once; where a
        language model words it, the answer waits for it, and `typing_ms` is the time that it took.
        """
        wish = read_body(SayBody, request)
        who = {"user_id": self.reader.pk, "session_id": session_id}
        posted = actions.post_message(**who, client_id=wish.client_id, text=wish.text)
        posted = actions.await_reply(**who, posted=posted)
        said = Said.model_validate({"message": posted.message, "events": posted.events})
        return answer(said, 201 if posted.created else 200)


class ResolveEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/resolve`."""

    @documented(
        "Resolve, escalate or refuse",
        tag=TAG,
        path=SESSION,
        body=EndBody,
        example=examples.END,
        answers={200: Says(Ended, "The session has ended; these are its scores.", examples.ENDED)},
        refusals=[READ_ONLY, SESSION_NOT_FOUND, SESSION_OVER, VERIFICATION_REQUIRED, BAD_ARGUMENTS],
    )
    @idempotent
    def post(self, request: Request, session_id: UUID) -> Response:
        """End the call with its documentation, and get the scores. A repeat gets the same scores again.

        `escalated` and `refused` need a `reason`. An escalation without `team` goes to the team that the reason
        names.
        """
        wish = read_body(EndBody, request)
        finished = actions.finish_session(
            user_id=self.reader.pk,
            session_id=session_id,
            ending=Ending(wish.resolution_type),
            documentation=wish.documentation,
            team=wish.team,
            reason=wish.reason,
        )
        return answer(Ended.of(finished.session, finished.scores))


class AbandonEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/abandon`."""

    @documented(
        "Give up",
        tag=TAG,
        path=SESSION,
        answers={200: Says(Ended, "The session has ended without scores.", examples.ABANDONED)},
        refusals=[READ_ONLY, SESSION_NOT_FOUND, SESSION_OVER],
    )
    @idempotent
    def post(self, request: Request, session_id: UUID) -> Response:
        """Give the session up. It is not scored and costs nothing; again changes nothing."""
        abandoned = actions.abandon_session(user_id=self.reader.pk, session_id=session_id)
        return answer(Ended.of(abandoned.session, None))


def _look(user: User, session_id: UUID) -> UserSession:
    """Return a session; whoever looks lets the customer wonder at a silence, as the live socket does."""
    session = session_for(user, session_id)
    if session.user_id == user.pk and session.is_active and actions.wonder(session_id=session_id):
        return session_for(user, session_id)
    return session
