"""Telling open sockets what was stored. A wake-up only: PostgreSQL is the truth, and a lost word heals by
itself."""

import asyncio
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


def announce(batch: Batch) -> None:
    """Hand a batch to every open socket of its session; never raises."""
    message = {
        "type": "session.stored",
        "after": batch.after,
        "head": batch.head,
        "frames": list(batch.frames),
    }
    try:
        async_to_sync(_send)(group_of(batch.session_id), message)
    except Exception:
        # Whatever the layer does wrong, the step is stored and the heartbeat catches up.
        log.warning("announcement_lost", session=str(batch.session_id), head=batch.head, exc_info=True)


async def _send(group: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    if layer is not None:
        async with asyncio.timeout(SEND_SECONDS):
            await layer.group_send(group, message)
