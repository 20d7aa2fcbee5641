"""A browser and a real server for journeys through the whole product."""

import contextlib
import email
import email.message
import email.policy
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from engine.understanding import load_understanding
from tests.e2e.inspection import DESKTOP, PHONE, Inspector
from tests.support import databases, programs
from tests.support.processes import Server

CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: How long the browser waits for anything; the machines of a CI are slow.
PATIENCE_MILLISECONDS = 30_000
MAIL_SECONDS = 30


class Mailbox:
    """The e-mail that the server has sent, newest last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def messages(self, address: str) -> list[email.message.EmailMessage]:
        """Every message to ``address`` so far."""
        found = []
        for file in sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns):
            for part in re.split(rb"\n-{79}\n", file.read_bytes()):
                if part.strip():
                    message = email.message_from_bytes(part.lstrip(), policy=email.policy.default)
                    assert isinstance(message, email.message.EmailMessage)
                    found.append(message)
        return [message for message in found if address in str(message["To"])]

    def wait_for(self, address: str, count: int = 1) -> str:
        """The text of the newest message to ``address``, once there are at least ``count``."""
        deadline = time.monotonic() + MAIL_SECONDS
        while len(self.messages(address)) < count:
            assert time.monotonic() < deadline, (
                f"no e-mail number {count} to {address} within {MAIL_SECONDS} s"
            )
            time.sleep(0.1)
        body = self.messages(address)[-1].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def clear(self) -> None:
        """Forget everything."""
        for file in self.folder.iterdir():
            file.unlink()


@pytest.fixture(scope="session")
def mail_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server writes its e-mail."""
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="package")
def practice_floor(worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database with terms, scenarios and achievements for all journeys of a worker.

    Nothing is undone between them, because each has trainees of its own.
    """
    with django_db_blocker.unblock(), databases.own_database(f"journeys_{worker_id}"):
        call_command("seed", verbosity=0)
        load_understanding()  # trains it on a fresh checkout, so that no journey waits for that
        yield


@pytest.fixture(scope="package")
def server_process(
    practice_floor: None, tmp_path_factory: pytest.TempPathFactory, mail_folder: Path
) -> Iterator[Server]:
    """The server's process on the test database; use ``server``, which makes sure that it runs."""
    process = Server(
        database_url=databases.test_database_url(),
        mail_folder=mail_folder,
        log=tmp_path_factory.mktemp("server") / "server.log",
        variables={"LOG_LEVEL": "WARNING"},
    )
    yield process
    process.stop()


@pytest.fixture
def server(server_process: Server) -> Server:
    """A running server with every fixture, sharing its database with the test.

    A test may ``kill()`` and ``start()`` it; the port stays the same.
    """
    if not server_process.is_running:
        server_process.start()
    return server_process


@pytest.fixture
def mailbox(server: Server, mail_folder: Path) -> Mailbox:
    """What the server has mailed during this test."""
    return Mailbox(mail_folder)


# The scope is the package: while Playwright runs it occupies the thread's event loop, which tests
# of other packages that are asynchronous themselves need.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for the journeys."""
    executable = programs.chromium()
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    # Playwright's loop makes Django believe that a test's queries run inside a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def inspector() -> Inspector:
    """Looks at every page that a journey comes to."""
    return Inspector()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A browser profile of this test's own, at desktop size."""
    profile = browser.new_context(
        base_url=server.url, viewport=DESKTOP, locale="en-GB", reduced_motion="reduce"
    )
    profile.set_default_timeout(PATIENCE_MILLISECONDS)
    yield profile
    profile.close()


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A browser profile of this test's own, on a phone 360 pixels wide."""
    profile = browser.new_context(
        base_url=server.url,
        viewport=PHONE,
        locale="en-GB",
        reduced_motion="reduce",
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    )
    profile.set_default_timeout(PATIENCE_MILLISECONDS)
    yield profile
    profile.close()


@pytest.fixture
def page(context: BrowserContext, inspector: Inspector) -> Iterator[Page]:
    """A tab. The test fails at its end if a script broke or the content policy stopped something."""
    with watched(context.new_page(), inspector) as tab:
        yield tab


@pytest.fixture
def phone_page(phone: BrowserContext, inspector: Inspector) -> Iterator[Page]:
    """A tab on a phone, watched as well."""
    with watched(phone.new_page(), inspector) as tab:
        yield tab


@contextlib.contextmanager
def watched(tab: Page, inspector: Inspector) -> Iterator[Page]:
    """Fail at the end if a script of the page broke or the content policy stopped something."""
    faults: list[str] = []

    def note_refusal(message: ConsoleMessage) -> None:
        # Inspecting a page takes styles of its own, which the policy stops without harm.
        if message.type == "error" and "Content Security Policy" in message.text and not inspector.is_busy:
            faults.append(message.text)

    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", note_refusal)
    yield tab
    assert not faults, "\n".join(faults)
