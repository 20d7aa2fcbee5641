"""What the sockets of a session are shown while a language model words a reply."""

import asyncio
import datetime as dt
import threading
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from sessions_app.actions import talking
from sessions_app.consumers import in_database
from sessions_app.models import ChatMessage, PendingReply
from tests.sessions_app.sockets import Client
from tests.sessions_app.test_consumers import Stage
from tests.support.scripted_model import ScriptedModel, parrots, parrots_until

pytestmark = pytest.mark.django_db(transaction=True)

BEGINNING = "One moment, let me look."


@pytest.fixture
async def stage(model: ScriptedModel, settings: Settings) -> AsyncIterator[Stage]:
    """A running session, and workers that end with the test."""
    settings.LLM_FIRST_WORD_SECONDS, settings.LLM_ANSWER_SECONDS = 10, 20
    stage = await in_database(Stage)
    yield stage
    for client in stage.clients:
        await client.cut()
    model.kill()
    await asyncio.to_thread(lambda: [one.join(10) for one in threading.enumerate() if one.name == "wording"])
    await asyncio.sleep(0.05)


async def say(client: Client, text: str = "What is your username, please?", **fields: Any) -> dict[str, Any]:
    wish = {"type": "message.send", "client_id": str(uuid.uuid4()), "text": text, **fields}
    return await client.ask("message.ack", **wish)


async def test_sentences_are_shown_as_they_come_and_replaced_by_the_message(
    stage: Stage, model: ScriptedModel
) -> None:
    gate = threading.Event()
    model.plays(parrots_until(gate, after=BEGINNING))
    own, watching = await stage.join(), await stage.join(cookie=stage.instructor_cookie)
    await say(own)
    for client in (own, watching):
        delta = await client.until("message.delta")
        assert delta["text"] == BEGINNING
        assert "customer.typing" in {frame["type"] for frame in client.frames}
    gate.set()
    for client in (own, watching):
        while (frame := await client.until("message.created"))["sender"] != "customer":
            pass
        assert frame["id"] == delta["id"]
        assert frame["text"].startswith(BEGINNING)
        await client.until("verification.updated")
        stored = await stage.database()
        assert [one for one in client.stored() if one["seq"] <= stored[-1]["seq"]] == stored


async def test_whoever_comes_in_mid_stream_is_told_and_gets_the_whole(
    stage: Stage, model: ScriptedModel
) -> None:
    gate = threading.Event()
    model.plays(parrots_until(gate, after=BEGINNING))
    first = await stage.join()
    await say(first)
    await first.until("message.delta")
    second = await stage.join()
    assert await second.get() == {"type": "customer.typing"}
    gate.set()
    assert (await second.until("message.created"))["sender"] == "customer"


async def test_a_repeat_gets_its_acknowledgement_and_nothing_else(stage: Stage, model: ScriptedModel) -> None:
    gate = threading.Event()
    model.plays(parrots_until(gate, after=BEGINNING), parrots())
    client, client_id = await stage.join(), str(uuid.uuid4())
    first = await say(client, client_id=client_id)
    assert await say(client, client_id=client_id) == first
    gate.set()
    await client.until("verification.updated")
    assert [frame["sender"] for frame in client.frames if frame["type"] == "message.created"] == [
        "customer",
        "trainee",
        "customer",
    ]
    assert len(model.stages) == 1


async def test_a_socket_that_opens_outlives_a_dead_worker(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server was killed while a model was asked: who comes back gets the built-in words in time."""
    monkeypatch.setattr(talking, "begin_wording", lambda *_: None)
    client = await stage.join()
    await say(client)
    await client.cut()

    def shorten() -> None:
        lease = timezone.now() + dt.timedelta(seconds=0.3)
        PendingReply.objects.update(lease_until=lease)

    await in_database(shorten)
    again = await stage.join(after=client.frames[-1].get("seq", 0))
    assert await again.until("customer.typing")
    reply = await again.until("message.created")
    assert reply["sender"] == "customer"
    stored = await in_database(lambda: ChatMessage.objects.get(pk=reply["id"]))
    assert (stored.metadata["voice"], stored.metadata["why"]) == ("built_in", "lost")
