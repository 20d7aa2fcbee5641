"""Telling open sockets what was stored. A wake-up only: PostgreSQL is the truth, and a lost word heals by
itself."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from sessions_app.events import Frame

log = structlog.get_logger(__name__)

SEND_SECONDS = 1.0
"""How long a dead channel layer may hold up a command that is stored already."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step stored: every visible frame with `after < seq <= head`, in order."""

    session_id: UUID
    after: int
    head: int
    frames: tuple[dict[str, Any], ...]


def group_of(session_id: UUID) -> str:
    """Return the channel group of everybody who watches a session."""
    return f"session.{session_id.hex}"


_server: asyncio.AbstractEventLoop | None = None


def serve_from_here() -> None:
    """Remember the event loop of the sockets: what this process announces goes there without being waited for."""
    global _server  # noqa: PLW0603 - a process has one server
    _server = asyncio.get_running_loop()


def announce(batch: Batch) -> None:
    """Hand a batch to every open socket of its session; never raises."""
    # As text, so that no layer copies it piece by piece and the sender's own socket need not read it.
    frames = json.dumps(batch.frames, ensure_ascii=False, separators=(",", ":"))
    message = {"type": "session.stored", "after": batch.after, "head": batch.head, "frames": frames}
    _tell(batch.session_id, message)


def show(session_id: UUID, frame: Frame) -> None:
    """Show every open socket of a session a frame that is not stored; whoever is away misses it. Never raises."""
    _tell(session_id, {"type": "session.live", "frame": frame.model_dump_json()})


def _tell(session_id: UUID, message: dict[str, Any]) -> None:
    try:
        if _server is not None and _server.is_running():
            # Whoever stored it has a thread and a connection of the pool in hand: it does not wait here.
            asyncio.run_coroutine_threadsafe(_send(session_id, message), _server)
        else:
            async_to_sync(_send)(session_id, message)
    except RuntimeError:  # a loop that is closing down
        log.warning("announcement_lost", session=str(session_id), exc_info=True)


async def _send(session_id: UUID, message: dict[str, Any]) -> None:
    """Use the channel layer. Whatever it does wrong, what was stored is stored and the heartbeat catches up."""
    try:
        layer = get_channel_layer()
        if layer is not None:
            async with asyncio.timeout(SEND_SECONDS):
                await layer.group_send(group_of(session_id), message)
    except Exception:
        log.warning("announcement_lost", session=str(session_id), exc_info=True)
