"""What somebody reads after a call."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest.endpoint import answer
from accounts.rest.openapi import Says, documented
from accounts.rest.problems import ApiError
from sessions_app.access import session_for
from sessions_app.api.debrief_example import DEBRIEF
from sessions_app.api.endpoint import SESSION_NOT_FOUND, STILL_RUNNING, PracticeEndpoint
from sessions_app.debrief import Debrief, debrief_of


class DebriefEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/debrief`."""

    @documented(
        "Read the debrief",
        tag="The call",
        path={"session_id": "The session's id."},
        answers={200: Says(Debrief, "The debrief.", DEBRIEF)},
        refusals=[SESSION_NOT_FOUND, STILL_RUNNING],
    )
    def get(self, request: Request, session_id: UUID) -> Response:
        """Return the scores with the evidence for every point, the timeline, and what was behind the call.

        It is what the debrief's page shows, and there once the session has ended.
        """
        session = session_for(self.reader, session_id)
        if session.is_active:
            raise ApiError(STILL_RUNNING)
        return answer(debrief_of(session))
