"""Servers as processes of their own, which a test may kill and start again on the same port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 20


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_listening(port: int) -> bool:
    """Whether somebody takes connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: object, seconds: float, what: str) -> None:
    """Return as soon as ``condition()`` is true; fail with ``what`` when it is not in time."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what} took more than {seconds:g} s"
        time.sleep(0.05)


class Process:
    """One server process on one port. ``start`` returns when it is ready."""

    def __init__(self, command: list[str], *, port: int, log: Path, environment: Mapping[str, str]) -> None:
        self.command = command
        self.port = port
        self.log = log
        self.environment = dict(environment)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        """Whether the server answers."""
        return is_listening(self.port)

    def start(self) -> None:
        """Start the process and wait until it answers; its log is part of the failure."""
        assert not self.is_running
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            late = time.monotonic() > deadline
            if late or not self.is_running:
                self.kill()
                words = self.log.read_text(errors="replace")[-4000:]
                raise AssertionError(f"{self.command} {'was not ready' if late else 'ended'}:\n{words}")
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL: no chance to say goodbye."""
        self.end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM: the process ends in its own way."""
        self.end(signal.SIGTERM)

    def end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        self.process.wait(STOP_SECONDS)
        self.process = None

    def restart(self) -> None:
        """Stop politely and start again on the same port."""
        self.stop()
        self.start()


class Server(Process):
    """Firstline itself, pages and sockets, on a database that a test shares.

    ``database_url`` names the database; ``mail_folder`` receives the e-mail that it sends.
    """

    def __init__(
        self, *, database_url: str, mail_folder: Path, log: Path, variables: Mapping[str, str]
    ) -> None:
        port = free_port()
        kept = {
            name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ
        }
        environment = kept | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ENV_FILE": os.devnull,
            "DEBUG": "true",
            "DATABASE_URL": database_url,
            "EMAIL_URL": f"file://{mail_folder}",
            "PORT": str(port),
        }
        super().__init__(
            [sys.executable, "manage.py", "serve", "--no-prepare"],
            port=port,
            log=log,
            environment=environment | dict(variables),
        )

    @property
    def url(self) -> str:
        """Where pages are, without a slash at the end."""
        return f"http://localhost:{self.port}"

    @property
    def socket_url(self) -> str:
        """Where sockets are, without a slash at the end."""
        return f"ws://localhost:{self.port}"

    def is_ready(self) -> bool:
        """Whether the health check answers with success."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False
