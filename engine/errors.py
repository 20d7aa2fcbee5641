"""What the engine refuses, in one vocabulary. `code` is for programs, `detail` tells a person what to do."""

from __future__ import annotations


class EngineError(Exception):
    """A step that cannot be taken; the state is unchanged."""

    code = "engine_error"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotYetGiven(EngineError):
    """The trainee marked a field that the caller has said nothing about."""

    code = "not_answered"


class VerificationRequired(EngineError):
    """A call may not be resolved before the caller was identified."""

    code = "verification_required"


class UnknownTool(EngineError):
    code = "unknown_tool"


class BadArguments(EngineError):
    code = "bad_arguments"


class CallOver(EngineError):
    """The customer has left, or the session has ended."""

    code = "call_over"


class NotDrawn(EngineError):
    """A scenario that leaves something open was played before its choices were drawn."""

    code = "not_drawn"
