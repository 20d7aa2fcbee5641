"""`manage.py serve`: everything that a visitor needs, in one process that ends cleanly.

Database, migrations, fixtures, pages, API, sockets and background jobs. `make run` is this command.
"""

import contextlib
import errno
import logging
import os
import signal
import socket
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.urls import get_resolver

from config import embedded_postgres
from config.jobs import Worker
from engine.understanding import load_understanding

DEMO_SIGN_INS = "trainee@firstline.example or instructor@firstline.example, password Practice-Makes-1"
#: Socket consumers and other work that leaves the event loop share these threads.
THREADS = 20


class Command(BaseCommand):
    """Migrate, load the fixtures, then serve until Ctrl-C or SIGTERM."""

    help = "Runs Firstline: migrations, fixtures, pages, sockets and background jobs, until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="address to listen on (HOST)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on (PORT)")
        parser.add_argument("--no-prepare", action="store_true", help="leave out migrations and fixtures")
        parser.add_argument("--no-jobs", action="store_true", help="leave out the background jobs")
        parser.add_argument("--with-parent", action="store_true", help="stop when the starting process ends")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, end_process)
        # A shell that starts a process in the background makes it ignore Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if options["with_parent"]:
            threading.Thread(target=end_with_parent, args=[os.getppid()], daemon=True).start()
        refuse_taken_port(options["host"], options["port"])
        with released_database():
            if not options["no_prepare"]:
                self.prepare()
            load_understanding()  # trained at the first start, so that nobody's first message waits for it
            with contextlib.ExitStack() as stack:
                if settings.JOBS_IN_SERVER and not options["no_jobs"]:
                    stack.enter_context(Worker())
                serve(options["host"], options["port"], self.announce)

    def prepare(self) -> None:
        """Bring the schema and the fixtures up to date."""
        with unhurried_statements():
            call_command("migrate", verbosity=0, interactive=False)
            call_command("seed", verbosity=0)

    def announce(self, host: str, port: int) -> None:
        """Say where the server is, once it listens."""
        name = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0", "::") else host  # noqa: S104 - only compared
        self.stdout.write(f"\nFirstline is at http://{name}:{port}/  (Ctrl-C stops it)")
        if settings.DEBUG:
            self.stdout.write(f"Sign in as {DEMO_SIGN_INS}")
        for server in embedded_postgres.held():
            if settings.BASE_DIR not in server.home.parents:
                self.stdout.write(
                    f"The database lies in {server.home}, since its account cannot enter this checkout."
                )
        self.stdout.write("")
        self.stdout.flush()


def end_process(number: int, frame: Any) -> NoReturn:
    """Leave as if asked politely, so that everything on the way out is released."""
    raise SystemExit(128 + number)


def end_with_parent(parent: int) -> None:
    """Ask this process to end once ``parent`` has, be it killed."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CommandError if somebody listens on the port already, or it may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is taken: choose another one, for example PORT={port + 1} make run."
            ) from error
        raise CommandError(f"Cannot listen on {host} port {port}: {error.strerror}.") from error


@contextlib.contextmanager
def released_database() -> Iterator[None]:
    """Close the connections at the end, and stop the embedded server unless others use it."""
    try:
        yield
    finally:
        for wrapper in connections.all(initialized_only=True):
            wrapper.close()
            wrapper.close_pool()
        embedded_postgres.release_all()


@contextlib.contextmanager
def unhurried_statements() -> Iterator[None]:
    """Lift the limit on a statement's time, which is meant for people who wait for a page."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()


def serve(host: str, port: int, announce: Any) -> None:
    """Run the ASGI server until SIGINT or SIGTERM."""
    from daphne.endpoints import build_endpoint_description_strings
    from daphne.server import Server, twisted_loop

    from config.asgi import application

    get_resolver().url_patterns  # noqa: B018 - a fault in any app stops the start, not the first visitor

    class AnnouncedServer(Server):
        """Tells when it listens."""

        def listen_success(self, listening: Any) -> None:
            super().listen_success(listening)
            announce(host, port)

    twisted_loop.set_default_executor(ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="work"))
    logging.getLogger("daphne.server").setLevel(logging.WARNING)
    AnnouncedServer(
        application,
        endpoints=build_endpoint_description_strings(host=host, port=port),
        server_name="firstline",
        websocket_max_message_size=64 * 1024,
        websocket_max_frame_size=64 * 1024,
        application_close_timeout=5,
    ).run()
