"""What the endpoints of practice share: refusals of the actions as problems."""

from typing import Any
from uuid import UUID

from rest_framework.response import Response

from accounts.rest.endpoint import Endpoint
from accounts.rest.problems import INVALID, NOT_FOUND, ApiError, Kind
from scenarios.models import Scenario
from sessions_app import errors
from sessions_app.access import own_session_for
from sessions_app.errors import SessionError, SessionNotFound

SESSION_NOT_FOUND = Kind("not_found", 404, NOT_FOUND.title, "There is no such session.")
SCENARIO_NOT_FOUND = Kind("not_found", 404, NOT_FOUND.title, "There is no such scenario.")
READ_ONLY = Kind("read_only", 403, "You are watching", errors.ReadOnly().detail)
SESSION_OVER = Kind(
    "session_over", 409, "The session has ended", "This session has ended. Read its debrief, or start again."
)
CALL_OVER = Kind(
    "call_over",
    409,
    "The customer has left",
    "The customer has left the chat. End the session and write it up.",
)
LOCKED = Kind(
    "locked", 403, "Not open yet", "Complete “The projector that stays dark” first to open this scenario."
)
UNAVAILABLE = Kind(
    "scenario_unavailable",
    404,
    "Not offered now",
    "This scenario cannot be practised now. Choose another one.",
)
NOT_ANSWERED = Kind(
    "not_answered",
    409,
    "The caller has not said it",
    "The caller has not given the username yet. Ask for it first.",
)
VERIFICATION_REQUIRED = Kind(
    "verification_required",
    409,
    "Check the caller first",
    "The caller is not identified. Compare what they gave with the records before resolving.",
)
UNKNOWN_TOOL = Kind(
    "unknown_tool", 404, "No such tool", "There is no such tool here. `tools` of the session lists all."
)
BAD_ARGUMENTS = Kind("bad_arguments", 400, "Wrong arguments", "`force` is true or false.")
ARTICLE_NOT_FOUND = Kind("article_not_found", 404, "No such article", errors.ArticleNotFound().detail)
NOTE_CONFLICT = Kind(
    "note_conflict",
    409,
    "The note was changed elsewhere",
    "The note has a newer version than the one you edited. `text` and `version` hold it; nothing was lost.",
)
STILL_RUNNING = Kind(
    "session_running", 409, "The call still goes on", "The debrief is written when the session has ended."
)

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        INVALID, SESSION_NOT_FOUND, READ_ONLY, SESSION_OVER, CALL_OVER, LOCKED, UNAVAILABLE, NOT_ANSWERED,
        VERIFICATION_REQUIRED, UNKNOWN_TOOL, BAD_ARGUMENTS, ARTICLE_NOT_FOUND,
    )
}  # fmt: skip
"""What the actions refuse, by the code of `sessions_app.errors`."""


class PracticeEndpoint(Endpoint):
    """An endpoint whose refusals come from `sessions_app.errors`."""

    def handle_exception(self, exc: Exception) -> Response:
        """Turn what an action refuses into a problem."""
        if isinstance(exc, SessionError):
            exc = self._problem_of(exc)
        elif isinstance(exc, Scenario.DoesNotExist):
            exc = ApiError(SCENARIO_NOT_FOUND)
        return super().handle_exception(exc)

    def _problem_of(self, refusal: SessionError) -> ApiError:
        if isinstance(refusal, SessionNotFound):
            refusal = self._why_not_found(refusal)
        extra: dict[str, Any] = dict(refusal.extra)
        field = extra.pop("field", None)
        if field is not None:
            return ApiError(INVALID, errors={field: [refusal.detail]}, **extra)
        return ApiError(KINDS[refusal.code], refusal.detail, **extra)

    def _why_not_found(self, refusal: SessionError) -> SessionError:
        """Tell somebody who may read the session, but acted in it, that they may only watch."""
        session_id = self.kwargs.get("session_id")
        if isinstance(session_id, UUID):
            try:
                own_session_for(self.reader, session_id)
            except SessionError as closer:
                return closer
        return refusal
