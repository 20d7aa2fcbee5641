"""What practice refuses, in one vocabulary.

`code` is for programs, `detail` tells a person what to do next, `status` is the HTTP status that fits, and
`extra` holds further fields of the answer. Nothing was changed when one of these is raised.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from engine.errors import EngineError


class SessionError(Exception):
    """A step that cannot be taken."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra


class SessionNotFound(SessionError):
    """There is no such session, or it is somebody else's; the answer does not tell which."""

    code = "not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such session.")


class ScenarioUnavailable(SessionError):
    """The scenario cannot be started: not published, or taken away."""

    code = "scenario_unavailable"
    status = 404


class Locked(SessionError):
    """The scenario opens only after others; `missing` holds the `slug` and `title` of each."""

    code = "locked"
    status = 403

    def __init__(self, missing: list[dict[str, str]]) -> None:
        titles = ", ".join(f"“{scenario['title']}”" for scenario in missing)
        super().__init__(f"Complete {titles} first to open this scenario.", missing=missing)
        self.missing = missing


class SessionOver(SessionError):
    """The session has ended."""

    code = "session_over"


class CallOver(SessionError):
    """The customer has left the chat; the session itself can still be ended."""

    code = "call_over"


class InvalidText(SessionError):
    """A text is missing, too long, or holds characters that no text may hold; `field` names it."""

    code = "invalid"
    status = 400

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail, field=field)


class NotAnswered(SessionError):
    """A field was marked that the caller has said nothing about."""

    code = "not_answered"


class VerificationRequired(SessionError):
    """Resolving before the caller's identity was checked."""

    code = "verification_required"


class UnknownTool(SessionError):
    """The scenario has no such tool."""

    code = "unknown_tool"
    status = 404


class BadArguments(SessionError):
    """A tool or an ending was given arguments that it does not take."""

    code = "bad_arguments"
    status = 400


class ArticleNotFound(SessionError):
    """There is no such article in this session."""

    code = "article_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such article. Search again and open one of the results.")


class ReadOnly(SessionError):
    """Somebody who only watches a session tried to act in it."""

    code = "read_only"
    status = 403

    def __init__(self) -> None:
        super().__init__("You are watching this session. Only its trainee can act in it.")


FROM_ENGINE: dict[str, type[SessionError]] = {
    kind.code: kind for kind in (CallOver, NotAnswered, VerificationRequired, UnknownTool, BadArguments)
}


@contextmanager
def engine_refusals() -> Iterator[None]:
    """Turn what the engine refuses into the same refusal of this app."""
    try:
        yield
    except EngineError as refusal:
        raise FROM_ENGINE.get(refusal.code, SessionError)(refusal.detail) from refusal
