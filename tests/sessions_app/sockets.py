"""A client of the live socket, as tests drive one."""

import asyncio
import json
from typing import Any
from uuid import UUID

from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from config.asgi import application
from sessions_app.events import server_frames

__all__ = ["Client", "sign_in"]


def sign_in(user: User) -> str:
    """Return the cookie of a browser in which the person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Socket(WebsocketCommunicator):
    """Lets the application give its database connections back, which the testing class of channels keeps it from."""

    send_input = ApplicationCommunicator.send_input
    receive_output = ApplicationCommunicator.receive_output


class Client:
    """One socket through the whole ASGI application; keeps every frame that it got, in order."""

    def __init__(
        self,
        session_id: UUID | str,
        *,
        cookie: str = "",
        after: int | str | None = None,
        origin: str | None = "http://testserver",
        subprotocols: list[str] | None = None,
    ) -> None:
        headers = [(b"host", b"testserver")]
        if origin is not None:
            headers.append((b"origin", origin.encode()))
        if cookie:
            headers.append((b"cookie", cookie.encode()))
        path = f"/ws/sessions/{session_id}/" + ("" if after is None else f"?after={after}")
        self.socket = Socket(application, path, headers=headers, subprotocols=subprotocols)
        self.frames: list[dict[str, Any]] = []
        self.close_code: int | None = None

    async def open(self) -> "Client":
        """Connect; `close_code` tells where that was refused."""
        connected, detail = await self.socket.connect(timeout=10)
        if not connected:
            self.close_code = detail
        return self

    async def get(self, timeout: float = 30) -> dict[str, Any] | None:
        """Return the next frame, None once the server has closed."""
        message = await self.socket.receive_output(timeout)
        if message["type"] == "websocket.close":
            self.close_code = message.get("code", 1000)
            return None
        frame = json.loads(message["text"])
        server_frames.validate_python(frame)
        self.frames.append(frame)
        return frame

    async def until(self, kind: str) -> dict[str, Any]:
        """Return the next frame of a type, keeping those before it."""
        while True:
            frame = await self.get()
            assert frame is not None, f"closed with {self.close_code} before {kind}"
            if frame["type"] == kind:
                return frame

    async def closed(self) -> int | None:
        """Read until the server closes, and return its code."""
        while await self.get() is not None:
            pass
        return self.close_code

    async def send(self, **frame: Any) -> None:
        await self.send_text(json.dumps(frame))

    async def send_text(self, text: str) -> None:
        await self.socket.send_input({"type": "websocket.receive", "text": text})

    async def ask(self, kind: str, **frame: Any) -> dict[str, Any]:
        """Send a frame and return the next frame of type `kind`."""
        await self.send(**frame)
        return await self.until(kind)

    async def cut(self) -> None:
        """End the connection as a network does: no farewell is answered."""
        self.socket.stop(exceptions=False)
        await asyncio.sleep(0)

    async def leave(self) -> None:
        await self.socket.disconnect(timeout=5)

    def stored(self) -> list[dict[str, Any]]:
        """The frames with a place in the sequence."""
        return [frame for frame in self.frames if "seq" in frame and frame["type"] != "message.ack"]
