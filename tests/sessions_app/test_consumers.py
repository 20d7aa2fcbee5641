"""The live socket, through the whole ASGI application."""

import asyncio
import json
import random
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.contrib.sessions.models import Session

from accounts.models import User
from scenarios.models import Scenario
from sessions_app import actions, consumers, live
from sessions_app.consumers import in_database
from sessions_app.queries import frames_between
from tests.factories import InstructorFactory, UserFactory
from tests.sessions_app.conftest import Call, published
from tests.sessions_app.sockets import Client, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


class Stage:
    """A trainee with a running session, a stranger and an instructor, each signed in."""

    def __init__(self) -> None:
        self.trainee: User = UserFactory()
        self.scenario: Scenario = published()
        self.call = Call(self.trainee, self.scenario)
        self.id = self.call.session.pk
        self.cookie = sign_in(self.trainee)
        self.stranger_cookie = sign_in(UserFactory())
        self.instructor_cookie = sign_in(InstructorFactory())
        self.clients: list[Client] = []

    async def join(self, **how: Any) -> Client:
        """Open a socket as the trainee and read up to `resumed`."""
        client = await self.open(**{"cookie": self.cookie, **how})
        await client.until("resumed")
        return client

    async def open(self, **how: Any) -> Client:
        client = await Client(how.pop("session_id", self.id), **how).open()
        self.clients.append(client)
        return client

    async def database(self) -> list[dict[str, Any]]:
        return await in_database(frames_between, self.id, 0)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = await in_database(Stage)
    yield stage
    for client in stage.clients:
        await client.cut()
    await asyncio.sleep(0.05)


def message(text: str = "Hello, what is going on?", client_id: str | None = None) -> dict[str, Any]:
    return {"type": "message.send", "client_id": client_id or str(uuid.uuid4()), "text": text}


class TestOpening:
    async def test_everything_so_far_then_resumed(self, stage: Stage) -> None:
        client = await stage.join()
        assert client.stored() == await stage.database()
        assert client.frames[-1] == {"type": "resumed", "head": stage.call.session.head_seq}

    @pytest.mark.parametrize("after", ["-1", "x", "1e9", "9" * 30, "", "²"])
    async def test_an_odd_after_is_survived(self, stage: Stage, after: str) -> None:
        client = await stage.join(after=after)
        assert (await client.ask("message.ack", **message()))["seq"] == 2

    async def test_after_beyond_the_head_hides_nothing_that_follows(self, stage: Stage) -> None:
        client = await stage.join(after=5000)
        await client.send(**message())
        assert (await client.until("message.created"))["seq"] == 2

    async def test_nobody_without_signing_in(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(consumers, "AUTHENTICATE_SECONDS", 0.05)
        client = await stage.open()
        assert await client.closed() == 4401
        assert client.frames == []

    async def test_a_command_before_signing_in_closes(self, stage: Stage) -> None:
        client = await stage.open()
        await client.send(**message())
        assert await client.closed() == 4401
        assert len(await stage.database()) == 1

    async def test_a_strangers_session_is_no_session(self, stage: Stage) -> None:
        for session_id in (stage.id, uuid.uuid4(), "nonsense", "1' OR '1'='1"):
            client = await stage.open(cookie=stage.stranger_cookie, session_id=session_id)
            assert await client.closed() == 4404
            assert client.frames == []

    @pytest.mark.parametrize(
        "origin", ["http://evil.example", "https://testserver", "http://testserver:8001", "null"]
    )
    async def test_only_our_own_pages_may_open_one(self, stage: Stage, origin: str) -> None:
        client = Client(stage.id, cookie=stage.cookie, origin=origin)
        connected, _code = await client.socket.connect()
        assert not connected


class TestTokens:
    @pytest.fixture
    def tokens(self, monkeypatch: pytest.MonkeyPatch, stage: Stage) -> dict[str, User | None]:
        known: dict[str, User | None] = {"good": stage.trainee}
        monkeypatch.setattr(consumers, "authenticate_token", known.get)
        return known

    async def test_as_the_first_frame(self, stage: Stage, tokens: dict[str, User | None]) -> None:
        client = await stage.open(origin=None)
        await client.ask("resumed", type="authenticate", token="good")
        await client.ask("message.ack", **message())

    async def test_a_fresh_one_keeps_the_socket_open(
        self, stage: Stage, tokens: dict[str, User | None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(consumers, "CHECK_SECONDS", 0.05)
        client = await stage.open(origin=None)
        await client.ask("resumed", type="authenticate", token="good")
        tokens["fresh"] = tokens["good"]
        tokens["others"] = await in_database(UserFactory)
        refusal = await client.ask("error", type="authenticate", token="others")
        assert refusal["code"] == "bad_token"
        await client.ask("resumed", type="authenticate", token="fresh")
        tokens["good"] = None
        await client.until("heartbeat")
        assert client.close_code is None

    async def test_as_a_subprotocol(self, stage: Stage, tokens: dict[str, User | None]) -> None:
        client = Client(stage.id, origin=None, subprotocols=["firstline", "bearer.good"])
        assert await client.socket.connect() == (True, "firstline")
        await client.until("resumed")
        await client.leave()

    async def test_a_wrong_one_closes(self, stage: Stage, tokens: dict[str, User | None]) -> None:
        first = await stage.open(origin=None)
        await first.send(type="authenticate", token="bad")
        second = await stage.open(origin=None, subprotocols=["bearer.bad"])
        assert (await first.closed(), await second.closed()) == (4401, 4401)

    async def test_one_that_was_withdrawn_closes_an_open_socket(
        self, stage: Stage, tokens: dict[str, User | None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(consumers, "CHECK_SECONDS", 0.05)
        client = await stage.open(origin=None)
        await client.ask("resumed", type="authenticate", token="good")
        tokens["good"] = None
        assert await client.closed() == 4401


class TestTalking:
    async def test_ack_first_then_the_turn(self, stage: Stage) -> None:
        client = await stage.join()
        wish = message()
        await client.send(**wish)
        ack, said, reply = [await client.get() for _ in range(3)]
        assert ack == {"type": "message.ack", "client_id": wish["client_id"], "seq": 2}
        assert (said["sender"], said["client_id"]) == ("trainee", wish["client_id"])
        assert (reply["sender"], reply["typing_ms"] > 0) == ("customer", True)

    async def test_a_repeat_is_acknowledged_alike_and_stored_once(self, stage: Stage) -> None:
        client = await stage.join()
        wish = message()
        acks = [await client.ask("message.ack", **wish) for _ in range(3)]
        assert acks[0] == acks[1] == acks[2]
        trainee = [frame for frame in await stage.database() if frame.get("sender") == "trainee"]
        assert len(trainee) == 1

    async def test_every_viewer_sees_the_same_order(self, stage: Stage) -> None:
        tabs = [await stage.join() for _ in range(3)]
        for number in range(4):
            await tabs[number % 2].send(**message(f"Question {number}: since when?"))
        expected: list[dict[str, Any]] = []
        for tab in tabs:
            while sum(frame.get("sender") == "trainee" for frame in tab.stored()) < 4:
                await tab.get()
        expected = await stage.database()
        for tab in tabs:
            while tab.stored()[-1]["seq"] < expected[-1]["seq"]:
                await tab.get()
            assert tab.stored() == expected

    async def test_what_others_store_arrives(self, stage: Stage) -> None:
        client = await stage.join()
        await in_database(lambda: stage.call.say("From the API: what happened?"))
        assert (await client.until("message.created"))["text"].startswith("From the API")

    async def test_observers_watch_and_do_nothing(self, stage: Stage) -> None:
        trainee = await stage.join()
        observer = await stage.join(cookie=stage.instructor_cookie)
        wish = message()
        refusal = await observer.ask("error", **wish)
        assert (refusal["code"], refusal["client_id"]) == ("read_only", wish["client_id"])
        await trainee.send(type="typing")
        await observer.until("trainee.typing")
        await trainee.ask("message.ack", **message())
        assert (await observer.until("message.created"))["sender"] == "trainee"
        assert "trainee.typing" not in {frame["type"] for frame in trainee.frames}


class TestCommands:
    async def test_a_whole_call_over_the_socket(self, stage: Stage) -> None:
        client = await stage.join()
        new = lambda: str(uuid.uuid4())  # noqa: E731
        for question, field in (
            ("Can I take your full name, please?", "name"),
            ("What is your username?", "username"),
            ("What does the asset tag on the sticker say?", "asset_tag"),
        ):
            await client.ask("message.ack", **message(question))
            mark = {"type": "verification.mark", "client_id": new(), "field": field, "outcome": "matches"}
            await client.send(**mark)
            while ((frame := await client.get()) or {}).get("client_id") != mark["client_id"]:
                pass
            assert frame["type"] == "verification.updated"
        assert frame["verification"]["assurance"] == "identified"
        note = await client.ask("note.saved", type="note.save", client_id=new(), text="n", base_version=0)
        assert note["version"] == 1
        conflict = await client.ask(
            "note.conflict", type="note.save", client_id=new(), text="m", base_version=0
        )
        assert (conflict["text"], conflict["version"]) == ("n", 1)
        tool = await client.ask("tool.result", type="tool.run", client_id=new(), tool="call_back")
        assert tool["ok"]
        found = await client.ask("knowledge.found", type="knowledge.search", client_id=new(), query="locked")
        key = found["results"][0]["key"]
        opened = await client.ask("article.opened", type="article.open", client_id=new(), article=key)
        assert opened["article"]["body_html"]
        cited = await client.ask("article.cited", type="article.cite", client_id=new(), article=key)
        assert opened["article"]["title"] in cited["citation"]
        closed = await client.ask("article.closed", type="article.close", client_id=new())
        assert closed["article"] == key
        end = {
            "type": "session.end",
            "resolution_type": "resolved",
            "documentation": "Unlocked, phone was the cause.",
        }
        first = await client.ask("session.finished", **end, client_id=new())
        assert first["debrief"] == f"/sessions/{stage.id}/debrief/"
        again = await client.ask("session.finished", **end, client_id=new())
        assert again == first
        refusal = await client.ask("error", **message("One more thing"))
        assert refusal["code"] == "session_over"

    async def test_a_repeated_tool_answers_with_the_stored_result(self, stage: Stage) -> None:
        client = await stage.join()
        run = {
            "type": "tool.run",
            "client_id": str(uuid.uuid4()),
            "tool": "look_up",
            "arguments": {"record": "person:maria"},
        }
        assert await client.ask("tool.result", **run) == await client.ask("tool.result", **run)

    async def test_giving_up(self, stage: Stage) -> None:
        client = await stage.join()
        frame = await client.ask("session.finished", type="session.abandon", client_id=str(uuid.uuid4()))
        assert frame["outcome"] == "abandoned"

    @pytest.mark.parametrize(
        ("wish", "code"),
        [
            ({"type": "verification.mark", "field": "name", "outcome": "matches"}, "not_answered"),
            ({"type": "tool.run", "tool": "teleport"}, "unknown_tool"),
            ({"type": "tool.run", "tool": "look_up", "arguments": {"record": "x"}}, "bad_arguments"),
            ({"type": "article.open", "article": "nothing"}, "article_not_found"),
            (
                {"type": "session.end", "resolution_type": "resolved", "documentation": "d"},
                "verification_required",
            ),
            ({"type": "session.end", "resolution_type": "refused", "documentation": "d"}, "invalid"),
        ],
    )
    async def test_a_refusal_names_the_command(self, stage: Stage, wish: dict[str, Any], code: str) -> None:
        client = await stage.join()
        client_id = str(uuid.uuid4())
        refusal = await client.ask("error", client_id=client_id, **wish)
        assert (refusal["code"], refusal["client_id"]) == (code, client_id)
        assert len(await stage.database()) == 1


ID = "6f1c2a52-0c3e-4a53-9a39-0d1d4f1f7b11"
BAD_FRAMES = [
    "",
    "hello",
    "null",
    "[]",
    "7",
    '"text"',
    "{}",
    "{" * 3000,
    "[" * 30000,
    '{"type": 7}',
    '{"type": "unknown"}',
    '{"type": "message.created", "seq": 1}',
    '{"type": "message.send"}',
    f'{{"type": "message.send", "client_id": "{ID}"}}',
    '{"type": "message.send", "client_id": "not a uuid", "text": "hi"}',
    '{"type": "message.send", "client_id": 7, "text": "hi"}',
    f'{{"type": "message.send", "client_id": "{ID}", "text": 7}}',
    f'{{"type": "message.send", "client_id": "{ID}", "text": ""}}',
    f'{{"type": "message.send", "client_id": "{ID}", "text": "   "}}',
    f'{{"type": "message.send", "client_id": "{ID}", "text": "a\\u0000b"}}',
    f'{{"type": "message.send", "client_id": "{ID}", "text": "\\ud800"}}',
    f'{{"type": "message.send", "client_id": "{ID}", "text": "hi", "sender": "customer"}}',
    f'{{"type": "message.send", "client_id": "{ID}", "text": "{"x" * 4001}"}}',
    f'{{"type": "note.save", "client_id": "{ID}", "text": "n", "base_version": -1}}',
    f'{{"type": "note.save", "client_id": "{ID}", "text": "n", "base_version": 1{"0" * 30}}}',
    f'{{"type": "note.save", "client_id": "{ID}", "text": "n", "base_version": NaN}}',
    f'{{"type": "verification.mark", "client_id": "{ID}", "field": "shoe_size", "outcome": "matches"}}',
    f'{{"type": "tool.run", "client_id": "{ID}", "tool": "x", "arguments": {{"a": {{"b": 1}}}}}}',
    f'{{"type": "tool.run", "client_id": "{ID}", "tool": "x", "arguments": {{"a": 1e999}}}}',
    f'{{"type": "tool.run", "client_id": "{ID}", "tool": "\\u0000", "arguments": {{}}}}',
    f'{{"type": "session.end", "client_id": "{ID}", "resolution_type": "won", "documentation": "d"}}',
    '{"type": "resume", "after": "soon"}',
    '{"type": "resume", "after": -1}',
    '{"type": "ping", "client_id": "\\ud800"}',
]


class TestBadFrames:
    async def test_an_error_and_the_socket_stays(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(consumers.FloodGate, "lets_in", lambda *_: True)
        client = await stage.join()
        for text in BAD_FRAMES:
            await client.send_text(text)
            error = await client.get()
            assert error is not None, text[:200]
            assert (error["type"], error.get("code")) == ("error", "bad_frame"), text[:200]
            assert await client.ask("pong", type="ping") == {"type": "pong", "head": 1}
        assert len(await stage.database()) == 1

    async def test_the_error_names_field_and_command(self, stage: Stage) -> None:
        client = await stage.join()
        error = await client.ask("error", type="message.send", client_id=ID, text="x" * 5000)
        assert (error["field"], error["client_id"]) == ("text", ID)

    async def test_binary_frames_are_refused(self, stage: Stage) -> None:
        client = await stage.join()
        await client.socket.send_to(bytes_data=b"\x00\xff")
        assert (await client.until("error"))["code"] == "bad_frame"

    async def test_a_huge_frame_closes(self, stage: Stage) -> None:
        client = await stage.join()
        await client.send_text(json.dumps({"type": "ping", "x": "é" * 33_000}, ensure_ascii=False))
        assert await client.closed() == 1009

    async def test_a_flood_closes(self, stage: Stage) -> None:
        client = await stage.join()
        for _ in range(41):
            await client.send(type="typing")
        assert await client.closed() == 1008

    async def test_fuzz(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(consumers.FloodGate, "lets_in", lambda *_: True)
        chance = random.Random(7)
        client = await stage.join()
        for _ in range(300):
            frame = list(chance.choice(BAD_FRAMES)[:500] or "x")
            for _ in range(chance.randint(1, 8)):
                frame[chance.randrange(len(frame))] = chance.choice('{}[]",:\\u0000é☃ntf1e-')
            await client.send_text("".join(frame))
        await client.ask("pong", type="ping")
        assert client.close_code is None
        assert {frame["code"] for frame in client.frames if frame["type"] == "error"} <= {"bad_frame"}


class TestResume:
    async def test_after_random_cuts_the_list_is_the_databases(self, stage: Stage) -> None:
        chance = random.Random(11)
        seen: dict[int, dict[str, Any]] = {}
        for number in range(12):
            client = await stage.open(cookie=stage.cookie, after=max(seen, default=0))
            for _ in range(chance.randint(0, 2)):
                await client.send(**message(f"Message {number}: what happened then?"))
            for _ in range(chance.randint(0, 6)):
                try:
                    await client.get(timeout=0.2)
                except TimeoutError:
                    break
            await client.cut()
            for frame in client.stored():
                assert seen.setdefault(frame["seq"], frame) == frame
        await asyncio.sleep(0.3)  # what was under way when the last one was cut
        client = await stage.join(after=max(seen, default=0))
        seen |= {frame["seq"]: frame for frame in client.stored()}
        assert [seen[seq] for seq in sorted(seen)] == await stage.database()

    async def test_a_client_asks_for_what_it_missed(self, stage: Stage) -> None:
        client = await stage.join()
        await in_database(stage.call.identify)
        await client.ask("resumed", type="resume", after=0)
        begin = next(i for i, frame in enumerate(client.frames) if frame["type"] == "resumed") + 1
        replayed: dict[int, dict[str, Any]] = {f["seq"]: f for f in client.frames[begin:] if "seq" in f}
        assert [replayed[seq] for seq in sorted(replayed)] == await stage.database()

    async def test_a_lost_announcement_is_fetched_with_the_next(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = await stage.join()
        with monkeypatch.context() as patch:
            patch.setattr("sessions_app.actions.ledger.announce", lambda _: None)
            await in_database(lambda: stage.call.say("Lost on the way: since when?"))
        await in_database(lambda: stage.call.say("And what did you try?"))
        said = [await client.until("message.created") for _ in range(4)]
        assert [one["sender"] for one in said] == ["trainee", "customer"] * 2

    async def test_the_heartbeat_heals_a_lost_announcement(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(consumers, "CHECK_SECONDS", 0.05)
        monkeypatch.setattr("sessions_app.actions.ledger.announce", lambda _: None)
        client = await stage.join()
        await in_database(lambda: stage.call.say("Lost on the way: since when?"))
        while len(client.stored()) < 3:
            await client.get()
        beat = await client.until("heartbeat")
        assert beat["head"] == (await in_database(stage.call.reload)).head_seq

    async def test_a_dead_channel_layer_stops_nobody(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def dead(*args: Any, **kwargs: Any) -> None:
            raise ConnectionError("no layer")

        layer = get_channel_layer()
        monkeypatch.setattr(type(layer), "group_send", dead)
        monkeypatch.setattr(type(layer), "group_add", dead)
        client = await stage.join()
        await client.ask("message.ack", **message())
        assert [(await client.until("message.created"))["sender"] for _ in range(2)] == [
            "trainee",
            "customer",
        ]

    async def test_a_hanging_channel_layer_holds_nobody_up_for_long(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def hang(*args: Any, **kwargs: Any) -> None:
            await asyncio.sleep(60)

        monkeypatch.setattr(live, "SEND_SECONDS", 0.05)
        client = await stage.join()
        monkeypatch.setattr(type(get_channel_layer()), "group_send", hang)
        async with asyncio.timeout(3):
            await client.ask("message.ack", **message())


class TestPulse:
    async def test_signing_out_closes(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(consumers, "CHECK_SECONDS", 0.05)
        client = await stage.join()
        await in_database(lambda: Session.objects.all().delete())
        assert await client.closed() == 4401

    async def test_a_new_password_closes(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(consumers, "CHECK_SECONDS", 0.05)
        client = await stage.join()

        def change() -> None:
            stage.trainee.set_password("Another-Word-2")
            stage.trainee.save()

        await in_database(change)
        assert await client.closed() == 4401

    async def test_the_customer_wonders_at_a_silence(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(consumers, "CHECK_SECONDS", 0.05)
        client = await stage.join()  # the stage's clock stands years away from now, so the silence is long
        assert (await client.until("message.created"))["sender"] == "customer"
        assert (await client.until("heartbeat"))["head"] == (await stage.database())[-1]["seq"]

    async def test_a_database_that_is_away_loses_nothing(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from django.db import OperationalError

        def away(*args: Any, **kwargs: Any) -> None:
            raise OperationalError("server closed the connection")

        client = await stage.join()
        wish = message()
        with monkeypatch.context() as patch:
            patch.setattr(actions, "post_message", away)
            refusal = await client.ask("error", **wish)
        assert (refusal["code"], refusal["client_id"]) == ("try_again", wish["client_id"])
        assert (await client.ask("message.ack", **wish))["seq"] == 2

    async def test_a_fault_of_ours_is_an_error_frame(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(actions, "post_message", lambda **_: 1 / 0)
        client = await stage.join()
        refusal = await client.ask("error", **message())
        assert refusal["code"] == "internal"
        assert "ZeroDivision" not in refusal["detail"]
