"""A language model that does as it is told: an OpenAI-compatible server on a real socket of the loopback address.

A test gives it a script, one act for each request; the last act is played again and again.
"""

import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

type Act = Callable[["Stage"], None]

PLANNED = re.compile(r"^\d+\. ⟦(.*)⟧$", re.MULTILINE)


class Stage:
    """One request and the wire back to whoever asked."""

    def __init__(
        self, model: "ScriptedModel", handler: BaseHTTPRequestHandler, request: dict[str, Any]
    ) -> None:
        self.model = model
        self.handler = handler
        self.request = request
        self.sent = 0

    @property
    def asked(self) -> str:
        """The text of every message of the request."""
        return "\n".join(str(message["content"]) for message in self.request["messages"])

    @property
    def plan(self) -> list[str]:
        """The lines that the customer is to convey."""
        return PLANNED.findall(self.asked)

    def wait(self, seconds: float) -> None:
        """Stay silent, but not beyond the end of the test."""
        self.model.over.wait(seconds)

    def head(self, status: int, kind: str, **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Connection", "close")
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def raw(self, data: bytes) -> None:
        """Send bytes; raises OSError once the asker has hung up."""
        self.handler.wfile.write(data)
        self.handler.wfile.flush()
        self.sent += len(data)

    def event(self, data: dict[str, Any]) -> None:
        self.raw(b"data: " + json.dumps(data).encode() + b"\n\n")

    def piece(self, words: str, finish: str | None = None) -> None:
        """Send a piece of the answer."""
        delta = {"content": words} if words else {}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self.event({**self._envelope, "choices": [choice]})

    def end(self, usage: tuple[int, int] | None = (120, 30), finish: str = "stop") -> None:
        """End the answer as the protocol wants it."""
        self.piece("", finish)
        if usage:
            sent, answered = usage
            figures = {"prompt_tokens": sent, "completion_tokens": answered, "total_tokens": sent + answered}
            self.event({**self._envelope, "choices": [], "usage": figures})
        self.raw(b"data: [DONE]\n\n")

    @property
    def _envelope(self) -> dict[str, Any]:
        return {"id": "one", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}


# ---------------------------------------------------------------- acts


def says(text: str, *, pause: float = 0.0, usage: tuple[int, int] | None = (120, 30)) -> Act:
    """Stream a text, word by word, `pause` seconds apart."""

    def act(stage: Stage) -> None:
        _stream(stage, text, pause)
        stage.end(usage)

    return act


def parrots(*, before: str = "", after: str = "", pause: float = 0.0) -> Act:
    """Convey the plan in the plan's own words."""

    def act(stage: Stage) -> None:
        _stream(stage, f"{before}{' '.join(stage.plan)}{after}", pause)
        stage.end()

    return act


def parrots_until(gate: threading.Event, *, after: str) -> Act:
    """Begin with these words, and go on with the plan only when the gate opens; break off if the server is killed."""

    def act(stage: Stage) -> None:
        _stream(stage, f"{after} Well", 0)
        while not gate.wait(0.02):
            if stage.model.over.is_set():
                return
        _stream(stage, f": {' '.join(stage.plan)}", 0)
        stage.end()

    return act


def hangs(seconds: float = 60.0, *, after: str = "") -> Act:
    """Say nothing for so long, at the beginning or after some words."""

    def act(stage: Stage) -> None:
        if after:
            _stream(stage, after, 0)
        stage.wait(seconds)

    return act


def begins_late(seconds: float, text: str) -> Act:
    """Stay silent first."""

    def act(stage: Stage) -> None:
        stage.wait(seconds)
        says(text)(stage)

    return act


def answers(status: int, **headers: str) -> Act:
    """Refuse, as JSON."""

    def act(stage: Stage) -> None:
        stage.head(status, "application/json", **headers)
        stage.raw(
            json.dumps({"error": {"message": "no", "type": "some_error", "code": "some_code"}}).encode()
        )

    return act


def breaks_off(after: str) -> Act:
    """Cut the line in mid-sentence."""

    def act(stage: Stage) -> None:
        _stream(stage, after, 0)
        stage.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        stage.handler.connection.close()

    return act


def sends(data: bytes, kind: str = "text/event-stream") -> Act:
    """Send bytes that need not mean anything."""

    def act(stage: Stage) -> None:
        stage.head(200, kind)
        for start in range(0, len(data), 8192):
            stage.raw(data[start : start + 8192])

    return act


def _stream(stage: Stage, text: str, pause: float) -> None:
    if not stage.sent:
        stage.head(200, "text/event-stream")
    for word in re.findall(r"\S+\s*|\s+", text):
        stage.piece(word)
        if pause:
            stage.wait(pause)


# ---------------------------------------------------------------- acts in other protocols


def says_as_anthropic(text: str) -> Act:
    """Stream a text as Anthropic's Messages API does."""

    def act(stage: Stage) -> None:
        stage.head(200, "text/event-stream")
        message = {"id": "one", "type": "message", "role": "assistant", "model": "scripted", "content": []}
        message |= {
            "stop_reason": None,
            "stop_sequence": None,
            "usage": {"input_tokens": 9, "output_tokens": 1},
        }
        _named(stage, "message_start", message=message)
        _named(stage, "content_block_start", index=0, content_block={"type": "text", "text": ""})
        for word in re.findall(r"\S+\s*", text):
            _named(stage, "content_block_delta", index=0, delta={"type": "text_delta", "text": word})
        _named(stage, "content_block_stop", index=0)
        end = {"stop_reason": "end_turn", "stop_sequence": None}
        _named(stage, "message_delta", delta=end, usage={"output_tokens": 7})
        _named(stage, "message_stop")

    return act


def says_as_responses(text: str) -> Act:
    """Stream a text as OpenAI's Responses API does."""

    def act(stage: Stage) -> None:
        stage.head(200, "text/event-stream")
        response = {"id": "one", "object": "response", "created_at": 1, "model": "scripted", "output": []}
        response |= {
            "parallel_tool_calls": False,
            "tool_choice": "auto",
            "tools": [],
            "status": "in_progress",
        }
        item = {"id": "item", "type": "message", "role": "assistant", "status": "in_progress", "content": []}
        place = {"item_id": "item", "output_index": 0, "content_index": 0}
        _named(stage, "response.created", sequence_number=0, response=response)
        _named(stage, "response.output_item.added", sequence_number=1, output_index=0, item=item)
        for number, word in enumerate(re.findall(r"\S+\s*", text), 2):
            _named(
                stage, "response.output_text.delta", sequence_number=number, delta=word, logprobs=[], **place
            )
        details = {
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens_details": {"reasoning_tokens": 0},
        }
        usage = {"input_tokens": 9, "output_tokens": 7, "total_tokens": 16, **details}
        done = {**response, "status": "completed", "usage": usage}
        _named(stage, "response.completed", sequence_number=999, response=done)

    return act


def _named(stage: Stage, kind: str, **data: Any) -> None:
    stage.raw(f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n".encode())


# ---------------------------------------------------------------- the server


class ScriptedModel:
    """The server. `stages` holds what was asked so far, with how much of each answer was taken."""

    def __init__(self, *script: Act, port: int = 0) -> None:
        self.over = threading.Event()
        self.stages: list[Stage] = []
        self._script = list(script)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def plays(self, *script: Act) -> None:
        """Forget the rest of the script and play this one."""
        with self._lock:
            self._script = list(script)

    def kill(self) -> None:
        """Be gone: running answers end, nobody is let in any more."""
        if not self.over.is_set():
            self.over.set()
            self._server.shutdown()
            self._server.server_close()

    def wait_for(self, requests: int, seconds: float = 10.0) -> None:
        """Return as soon as so many requests have come."""
        deadline = time.monotonic() + seconds
        while len(self.stages) < requests:
            assert time.monotonic() < deadline, f"{len(self.stages)} requests instead of {requests}"
            time.sleep(0.01)

    def _next(self, stage: Stage) -> Act:
        with self._lock:
            self.stages.append(stage)
            return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                stage = Stage(model, self, json.loads(self.rfile.read(length)))
                self.close_connection = True
                with contextlib.suppress(OSError):  # the asker has heard enough
                    model._next(stage)(stage)

            def log_message(self, *arguments: Any) -> None:
                """Keep quiet."""

        return Handler
