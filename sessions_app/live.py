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
    try:
        if _server is not None and _server.is_running():
            # Whoever stored it has a thread and a connection of the pool in hand: it does not wait here.
            asyncio.run_coroutine_threadsafe(_send(batch), _server)
        else:
            async_to_sync(_send)(batch)
    except RuntimeError:  # a loop that is closing down
        log.warning("announcement_lost", session=str(batch.session_id), head=batch.head, exc_info=True)


async def _send(batch: Batch) -> None:
    """Use the channel layer. Whatever it does wrong, the step is stored and the heartbeat catches up."""
    message = {
        "type": "session.stored",
        "after": batch.after,
        "head": batch.head,
        # As text, so that no layer copies it piece by piece and the sender's own socket need not read it.
        "frames": json.dumps(batch.frames, ensure_ascii=False, separators=(",", ":")),
    }
    try:
        layer = get_channel_layer()
        if layer is not None:
            async with asyncio.timeout(SEND_SECONDS):
                await layer.group_send(group_of(batch.session_id), message)
    except Exception:
        log.warning("announcement_lost", session=str(batch.session_id), head=batch.head, exc_info=True)
