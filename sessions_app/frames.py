"""Reading what a client sends: a closed command, or the error frame that says what is wrong with it."""

import json
from collections import deque
from typing import Any

from pydantic import ValidationError

from sessions_app.events import ClientFrame, Error, client_frames

FRAME_BYTES = 64 * 1024
"""The largest frame that is read."""
FLOOD_FRAMES = 40
FLOOD_SECONDS = 2.0


def read_frame(text: str) -> ClientFrame | Error:
    """Return the command that a frame holds; an `Error` that names the field where it holds none."""
    try:
        return client_frames.validate_json(text)
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return Error(
            code="bad_frame",
            detail=_in_words(detail["type"], detail["msg"]),
            client_id=_client_id_of(text),
            field=_field_of(detail["loc"]),
        )


def _in_words(kind: str, message: str) -> str:
    if kind == "json_invalid":
        return "A frame is one JSON object in UTF-8."
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return "`type` must name one of the frames that the protocol knows."
    return f"{message}."


def _field_of(location: tuple[int | str, ...]) -> str | None:
    """Leave out the tag that stands for the frame's type, and names that came from the client."""
    named = [str(part) for part in location[1:]]
    return _presentable(".".join(named)) if named else None


def _client_id_of(text: str) -> str | None:
    """Return the id that a client gave a frame which is otherwise wrong, so that it can tell which one it
    was."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    client_id = data.get("client_id") if isinstance(data, dict) else None
    return _presentable(client_id) if isinstance(client_id, str) else None


def _presentable(text: str) -> str | None:
    return text if len(text) <= 80 and text.isprintable() else None


class FloodGate:
    """Counts frames: more than `FLOOD_FRAMES` within `FLOOD_SECONDS` is a flood."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=FLOOD_FRAMES)

    def lets_in(self, now: float) -> bool:
        """Whether a frame at `now` (seconds of any steady clock) may come in."""
        full = len(self._times) == FLOOD_FRAMES
        if full and now - self._times[0] < FLOOD_SECONDS:
            return False
        self._times.append(now)
        return True
