"""The live socket of a session; docs/live-session.md tells its protocol.

PostgreSQL is the truth. A viewer's socket knows the `seq` up to which it has sent everything; what it is told
through the channel layer is sent on if it joins up with that, and fetched from the database if not.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import structlog
from channels.db import DatabaseSyncToAsync
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from accounts.models import User
from sessions_app import actions, events
from sessions_app.access import session_for
from sessions_app.commands import carry_out
from sessions_app.errors import ReadOnly, SessionError, SessionNotFound
from sessions_app.frames import FRAME_BYTES, FloodGate, read_frame
from sessions_app.live import SEND_SECONDS, group_of, serve_from_here
from sessions_app.queries import frames_after, reply_due_at
from sessions_app.tokens import authenticate_cookie, authenticate_token

log = structlog.get_logger(__name__)

NOT_SIGNED_IN = 4401
NO_SUCH_SESSION = 4404
TOO_LARGE = 1009
FLOOD = 1008
TRY_LATER = 1013

AUTHENTICATE_SECONDS = 10.0
CHECK_SECONDS = 5.0
"""A person who signed out, or whose password changed, keeps an open socket no longer than this."""
CHECKS_A_HEARTBEAT = 3
THREADS = 16
SUBPROTOCOL = "firstline"
BEARER = "bearer."

# Of our own: in the thread that asgiref shares among everybody one slow query would hold up all.
_threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="socket")


async def in_database[T](work: Callable[..., T], *arguments: Any) -> T:
    """Run synchronous work that uses the database in a thread, without holding up any other socket."""
    crossing = DatabaseSyncToAsync(work, thread_sensitive=False, executor=_threads)
    return await crossing(*arguments)


class SessionConsumer(AsyncWebsocketConsumer):
    """One viewer's socket: the trainee's own, which may act, or an observer's, which only watches."""

    session_id: UUID | None = None
    user: User | None = None
    own = False
    head = 0
    token: str | None = None
    reply_pending = False

    async def connect(self) -> None:
        """Accept, find out who it is, and send everything after the client's `after`."""
        serve_from_here()
        self.flood_gate = FloodGate()
        self.sending = asyncio.Lock()
        self.closed = False
        self.tasks: set[asyncio.Task[None]] = set()
        self.session_id = _uuid_of(self.scope["url_route"]["kwargs"]["session_id"])
        self.head = _after_of(self.scope)
        offered = self.scope.get("subprotocols", [])
        await self.accept(subprotocol=SUBPROTOCOL if SUBPROTOCOL in offered else None)
        bearer = next((name.removeprefix(BEARER) for name in offered if name.startswith(BEARER)), None)
        if bearer is not None:
            await self.sign_in_with(bearer)
        elif (user := self.scope.get("user")) is not None and user.is_authenticated:
            await self.begin(user)
        else:
            self.start(self.wait_for_token())

    async def sign_in_with(self, token: str) -> None:
        """Begin as the person whose token this is."""
        self.token = token
        try:
            user = await in_database(authenticate_token, token)
        except DatabaseError:
            await self.end(TRY_LATER)
            return
        if user is None:
            await self.end(NOT_SIGNED_IN)
        else:
            await self.begin(user)

    async def wait_for_token(self) -> None:
        """Give a client without a cookie some seconds for its first frame."""
        await asyncio.sleep(AUTHENTICATE_SECONDS)
        if self.user is None:
            await self.end(NOT_SIGNED_IN)

    async def begin(self, user: User) -> None:
        """Join the viewers, send what was missed, and keep the socket alive."""
        try:
            self.own = await in_database(self.look, user)
        except SessionNotFound:
            await self.end(NO_SUCH_SESSION)
            return
        except (DatabaseError, InterfaceError):
            await self.end(TRY_LATER)
            return
        self.user = user
        # Joined before the reading, so that nothing falls between.
        await self.in_layer("group_add")
        await self.guarded(events.Resume(type="resume", after=self.head))
        if self.reply_pending:
            self.start(self.expect_reply())
        self.start(self.pulse())

    def look(self, user: User) -> bool:
        """Return whether the session is the person's own; raise `SessionNotFound` if they may not read it."""
        if self.session_id is None:
            raise SessionNotFound
        session = session_for(user, self.session_id)
        self.reply_pending = session.reply_pending
        return bool(session.user_id == user.pk)

    # ------------------------------------------------------------ what the client sends

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Read one frame and answer it; a bad one never closes the socket, a huge one or a flood does."""
        if self.closed:
            return
        size = len(bytes_data or b"") + len((text_data or "").encode(errors="surrogatepass"))
        if size > FRAME_BYTES:
            await self.end(TOO_LARGE)
        elif not self.flood_gate.lets_in(time.monotonic()):
            await self.end(FLOOD)
        elif text_data is None:
            await self.put(events.Error(code="bad_frame", detail="Send text frames, not binary ones."))
        else:
            await self.obey(read_frame(text_data))

    async def obey(self, frame: Any) -> None:
        """Answer a frame that was read."""
        if isinstance(frame, events.Error):
            await self.put(frame)
        elif self.user is None and not isinstance(frame, events.Authenticate):
            await self.end(NOT_SIGNED_IN)
        else:
            await self.guarded(frame)

    async def authenticate(self, frame: events.Authenticate) -> None:
        """Take the token of a client that nobody knows yet, or a fresh one before the old one runs out."""
        if self.user is None:
            await self.sign_in_with(frame.token)
            return
        user = await in_database(authenticate_token, frame.token)
        if user is None or user.pk != self.user.pk:
            detail = "This token is not valid for whom this socket belongs to. The socket stays as it was."
            await self.put(events.Error(code="bad_token", detail=detail))
            return
        self.token = frame.token
        await self.put(events.Resumed(head=self.head))

    async def guarded(self, frame: Any) -> None:
        """Answer a frame; whatever goes wrong becomes an error frame, and the socket stays open."""
        client_id = str(frame.client_id) if isinstance(frame, events.Command) else None
        try:
            await self.answer(frame)
        except SessionError as refusal:
            field = refusal.extra.get("field")
            await self.put(
                events.Error(code=refusal.code, detail=refusal.detail, client_id=client_id, field=field)
            )
        except (DatabaseError, InterfaceError):
            log.warning("database_away", session=str(self.session_id), exc_info=True)
            detail = "The database is not reachable right now. Nothing was lost; send it again in a moment."
            await self.put(events.Error(code="try_again", detail=detail, client_id=client_id))
        except Exception:
            log.exception("command_failed", session=str(self.session_id), frame=frame.type)
            detail = "That went wrong on our side. What you wrote is still here; send it again."
            await self.put(events.Error(code="internal", detail=detail, client_id=client_id))

    async def answer(self, frame: Any) -> None:
        """Carry out what a viewer asks for."""
        match frame:
            case events.Authenticate():
                await self.authenticate(frame)
            case events.Resume():
                await self.send_after(frame.after)
                await self.put(events.Resumed(head=self.head))
            case events.Ping():
                await self.put(events.Pong(head=self.head))
            case events.Typing():
                await self.tell_observers()
            case _:
                await self.act(frame)

    async def act(self, command: events.Command) -> None:
        """Carry out a trainee's command; its answer comes first, then what everybody sees."""
        if not self.own or self.user is None or self.session_id is None:
            raise ReadOnly
        answer = await in_database(carry_out, self.user.pk, self.session_id, command)
        for frame in answer.frames:
            await self.send_frame(frame)
        if answer.batch is not None:
            await self.forward(answer.batch.after, answer.batch.head, answer.batch.frames)

    async def tell_observers(self) -> None:
        """Let those who watch know that the trainee is typing."""
        if self.own:
            await self.in_layer("group_send", {"type": "session.typing"})

    # ------------------------------------------------------------ what happens in the session

    async def session_stored(self, message: dict[str, Any]) -> None:
        """Something was stored, here or elsewhere; whoever stored it has sent it on already."""
        if not self.closed and self.user is not None and message["head"] > self.head:
            with contextlib.suppress(DatabaseError, InterfaceError):  # the heartbeat catches up
                await self.forward(message["after"], message["head"], json.loads(message["frames"]))

    async def session_live(self, message: dict[str, Any]) -> None:
        """Something is shown that is not stored: a reply that a language model is wording."""
        if not self.closed and self.user is not None:
            await self.send(text_data=message["frame"])

    async def expect_reply(self) -> None:
        """Tell a viewer who came while a reply is being worded, and see to it that it comes if its worker is dead."""
        with contextlib.suppress(DatabaseError, InterfaceError):  # the pulse looks after it as well
            due = await in_database(reply_due_at, self.session_id)
            if due is None:
                return
            await self.put(events.CustomerTyping())
            await asyncio.sleep(max(0.0, (due - timezone.now()).total_seconds()) + 0.05)
            await in_database(partial(actions.settle_overdue, session_id=self.session_id))
            await self.send_after()

    async def session_typing(self, message: dict[str, Any]) -> None:
        """The trainee is typing."""
        if not self.own and not self.closed and self.user is not None:
            await self.put(events.TraineeTyping())

    async def forward(self, after: int, head: int, frames: Any) -> None:
        """Send on a batch that joins up with what was sent; fetch what is missing if it does not."""
        async with self.sending:
            if after > self.head:
                await self.fetch(self.head)
                return
            for frame in frames:
                if frame["seq"] > self.head:
                    await self.send_frame(frame)
            self.head = max(self.head, head)

    async def send_after(self, after: int | None = None) -> None:
        """Send every stored frame after `after`, or after what was sent last."""
        async with self.sending:
            await self.fetch(self.head if after is None else after)

    async def fetch(self, after: int) -> None:
        """Read and send what is stored after `after`; only one at a time may be sending."""
        frames, self.head = await in_database(frames_after, self.session_id, after)
        for frame in frames:
            await self.send_frame(frame)

    # ------------------------------------------------------------ keeping alive

    async def pulse(self) -> None:
        """Check the sign-in every few seconds; every third time also beat, and let the customer wonder."""
        checks = 0
        while not self.closed:
            await asyncio.sleep(CHECK_SECONDS)
            checks += 1
            try:
                await self.check_sign_in()
                if checks % CHECKS_A_HEARTBEAT == 0 and not self.closed:
                    await self.beat()
            except (DatabaseError, InterfaceError, SessionError):
                log.warning("pulse_missed", session=str(self.session_id), exc_info=True)

    async def check_sign_in(self) -> None:
        """Close the socket of somebody who is not signed in any more, or may not read the session any
        more."""
        user = await in_database(self.who_is_it)
        if user is None or self.user is None or user.pk != self.user.pk:
            await self.end(NOT_SIGNED_IN)
            return
        if not self.own:
            try:
                await in_database(self.look, user)
            except SessionNotFound:
                await self.end(NO_SUCH_SESSION)

    def who_is_it(self) -> User | None:
        """Ask anew whose socket this is."""
        if self.token is not None:
            return authenticate_token(self.token)
        return authenticate_cookie(self.scope["session"].session_key)

    async def beat(self) -> None:
        """Catch up with the database, then send the heartbeat."""
        if self.own and self.session_id is not None:
            await in_database(partial(actions.wonder, session_id=self.session_id))
        await self.send_after()
        await self.put(events.Heartbeat(head=self.head))

    # ------------------------------------------------------------ the wire

    async def put(self, frame: events.Frame) -> None:
        """Send one frame."""
        await self.send_frame(frame.model_dump(mode="json"))

    async def send_frame(self, frame: dict[str, Any]) -> None:
        """Send one frame that is plain data already."""
        if not self.closed:
            await self.send(text_data=json.dumps(frame, ensure_ascii=False, separators=(",", ":")))

    async def in_layer(self, verb: str, *message: dict[str, Any]) -> None:
        """Use the channel layer, which may be away: nothing depends on it."""
        if self.channel_layer is None or self.session_id is None:
            return
        group = group_of(self.session_id)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                if verb == "group_send":
                    await self.channel_layer.group_send(group, *message)
                else:
                    await getattr(self.channel_layer, verb)(group, self.channel_name)
        except Exception:
            log.warning("channel_layer_away", verb=verb, session=str(self.session_id), exc_info=True)

    def start(self, work: Any) -> None:
        """Run something beside the frames for as long as the socket lives."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def end(self, code: int) -> None:
        """Close the socket from our side."""
        if not self.closed:
            self.closed = True
            await self.close(code)

    async def disconnect(self, code: int) -> None:
        """Tidy up; nothing depends on it."""
        self.closed = True
        for task in list(self.tasks):
            task.cancel()
        await self.in_layer("group_discard")


def _uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _after_of(scope: dict[str, Any]) -> int:
    """Return the `seq` that the client has seen; everything is sent to one that says nothing
    understandable."""
    values = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("after", ["0"])
    known = values[-1].isascii() and values[-1].isdigit() and len(values[-1]) <= 10
    return min(int(values[-1]), events.SEQ_LIMIT) if known else 0
