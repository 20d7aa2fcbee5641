"""What the trainee does at the desk: verification, tools, the note."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest.endpoint import answer
from accounts.rest.idempotency import idempotent
from accounts.rest.openapi import Says, documented
from accounts.rest.problems import ApiError
from accounts.rest.reading import read_body
from sessions_app import actions
from sessions_app.access import session_for
from sessions_app.api import examples
from sessions_app.api.endpoint import (
    BAD_ARGUMENTS,
    NOT_ANSWERED,
    NOTE_CONFLICT,
    READ_ONLY,
    SESSION_NOT_FOUND,
    SESSION_OVER,
    UNKNOWN_TOOL,
    PracticeEndpoint,
)
from sessions_app.serializers import MarkBody, Marked, NoteBody, StoredNote, ToolBody, ToolUsed

TAG = "The desk"
SESSION = {"session_id": "The session's id."}


def _beside(answered: actions.Answered) -> list[dict[str, Any]]:
    """Return the frames of a step without the one that answers it."""
    return [frame for frame in answered.events if frame["seq"] != answered.frame["seq"]]


class VerificationEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/verification`."""

    @documented(
        "Mark what the caller gave",
        tag=TAG,
        path=SESSION,
        body=MarkBody,
        example=examples.MARK,
        answers={200: Says(Marked, "The checklist as it is now.", examples.MARKED)},
        refusals=[READ_ONLY, SESSION_NOT_FOUND, SESSION_OVER, NOT_ANSWERED],
    )
    @idempotent
    def post(self, request: Request, session_id: UUID) -> Response:
        """Say whether what the caller gave for a field is what the records hold, as you see it."""
        wish = read_body(MarkBody, request)
        marked = actions.mark_verification(
            user_id=self.reader.pk,
            session_id=session_id,
            field=wish.field,
            outcome=wish.outcome,
            client_id=wish.client_id,
        )
        content = {"verification": marked.frame["verification"], "events": _beside(marked)}
        return answer(Marked.model_validate(content))


class ToolEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/tools/{tool}`."""

    @documented(
        "Use a tool",
        tag=TAG,
        path=SESSION | {"tool": "The tool's id, of `tools` in the session, or `look_up`."},
        body=ToolBody,
        example=examples.TOOL,
        answers={200: Says(ToolUsed, "What the tool's screen says.", examples.TOOL_USED)},
        refusals=[READ_ONLY, SESSION_NOT_FOUND, SESSION_OVER, UNKNOWN_TOOL, BAD_ARGUMENTS],
    )
    @idempotent
    def post(self, request: Request, session_id: UUID, tool: str) -> Response:
        """Act on the estate, ask for a proof of possession, or look a record up.

        Where the desk's rule asks for more assurance than there is, `warning` is true and nothing was done;
        `{"force": true}` does it all the same, and the debrief will tell.
        """
        wish = read_body(ToolBody, request)
        used = actions.run_tool(
            user_id=self.reader.pk,
            session_id=session_id,
            tool=tool,
            arguments=dict(wish.arguments),
            client_id=wish.client_id,
        )
        return answer(ToolUsed.model_validate({"result": used.frame, "events": _beside(used)}))


class NotesEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/notes`."""

    @documented(
        "Read the note",
        tag=TAG,
        path=SESSION,
        answers={200: Says(StoredNote, "The note.", examples.NOTE_VIEW)},
        refusals=[SESSION_NOT_FOUND],
    )
    def get(self, request: Request, session_id: UUID) -> Response:
        """Return the trainee's note and its version."""
        ticket = session_for(self.reader, session_id).ticket
        return answer(StoredNote(text=ticket.note, version=ticket.note_version))

    @documented(
        "Keep the note",
        tag=TAG,
        path=SESSION,
        body=NoteBody,
        example=examples.NOTE,
        answers={200: Says(StoredNote, "The note as it is stored now.", examples.NOTE_VIEW)},
        refusals=[READ_ONLY, SESSION_NOT_FOUND, SESSION_OVER, NOTE_CONFLICT],
    )
    def put(self, request: Request, session_id: UUID) -> Response:
        """Store the whole note. `base_version` is the version that was edited.

        If another tab or client was faster, the answer 409 holds the newer `text` and its `version`.
        """
        wish = read_body(NoteBody, request)
        saved = actions.save_note(
            user_id=self.reader.pk, session_id=session_id, text=wish.text, base_version=wish.base_version
        )
        if isinstance(saved, actions.Conflict):
            raise ApiError(NOTE_CONFLICT, text=saved.text, version=saved.version)
        return answer(StoredNote(text=saved.frame["text"], version=saved.frame["version"]))
