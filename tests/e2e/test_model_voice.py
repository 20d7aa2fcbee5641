"""A language model words the customer's replies: they grow in the chat, and when it fails nobody falls out of part."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sessions_app.models import ChatMessage, UserSession
from tests.e2e.hands import Mouse
from tests.e2e.inspection import Inspector
from tests.e2e.pages.catalogue import take
from tests.e2e.pages.console import SENT, Console
from tests.e2e.people import new_trainee, sign_in
from tests.e2e.player import LOCKOUT
from tests.support import databases
from tests.support.processes import Server
from tests.support.scripted_model import ScriptedModel, hangs, parrots, parrots_until

BEGINNING = "One moment, let me look."
QUESTION = "What does the message say exactly?"


@pytest.fixture
def scripted() -> Iterator[ScriptedModel]:
    """The model that the server asks."""
    with ScriptedModel(parrots()) as model:
        yield model


@pytest.fixture
def patience() -> int:
    """Seconds that the model may take."""
    return 120


@pytest.fixture
def server(
    practice_floor: None, tmp_path: Path, mail_folder: Path, scripted: ScriptedModel, patience: int
) -> Iterator[Server]:
    """A server of this test's own, which asks the scripted model."""
    process = Server(
        database_url=databases.test_database_url(),
        mail_folder=mail_folder,
        log=tmp_path / "server.log",
        variables={
            "LOG_LEVEL": "WARNING",
            "LLM_MODEL": "scripted",
            "LLM_BASE_URL": scripted.address,
            "LLM_FIRST_WORD_SECONDS": str(patience),
            "LLM_ANSWER_SECONDS": str(patience),
        },
    )
    process.start()
    yield process
    process.kill()


def begin(page: Page, name: str) -> Console:
    """A running call."""
    sign_in(page, new_trainee(name))
    take(page, Mouse(page), LOCKOUT)
    console = Console(page)
    expect(console.answers).to_have_count(1)
    return console


def voices(console: Console) -> list[tuple[str, str | None]]:
    """Who worded each reply, and why it was not the model."""
    session = UserSession.objects.get(pk=console.page.url.rstrip("/").rsplit("/", 1)[-1])
    replies = ChatMessage.objects.filter(session=session, sender="customer").order_by("seq")[1:]
    return [(reply.metadata["voice"], reply.metadata.get("why")) for reply in replies]


def test_words_grow_in_the_chat_and_a_dead_provider_is_not_noticed(
    page: Page, scripted: ScriptedModel, inspector: Inspector
) -> None:
    console = begin(page, "Nadia")
    growing = page.locator("#growing .bubble-text")
    expect(growing).to_be_hidden()

    # Words grow beside the log, which tells the whole message once.
    gate = threading.Event()
    scripted.plays(parrots_until(gate, after=BEGINNING))
    console.send(QUESTION)
    expect(growing).to_have_text(BEGINNING)
    expect(page.locator("#growing")).to_have_attribute("aria-hidden", "true")
    expect(console.answers).to_have_count(1)
    expect(page.locator("#typing")).to_be_visible()
    inspector.look_at(page, "console, reply growing")
    gate.set()
    expect(console.answers).to_have_count(2)
    expect(growing).to_be_hidden()
    expect(page.locator("#typing")).to_be_hidden()
    assert console.texts()[-1].startswith(f"{BEGINNING} Well: ")

    # A reload in mid-stream shows the whole.
    gate = threading.Event()
    scripted.plays(parrots_until(gate, after="I am looking."))
    console.send("And what is your username, please?")
    expect(growing).to_have_text("I am looking.")
    page.reload()
    expect(page.locator("#typing")).to_be_visible()
    expect(console.answers).to_have_count(2)
    gate.set()
    expect(console.answers).to_have_count(3)
    assert console.texts()[-1].startswith("I am looking. Well: ")

    # The provider dies in mid-sentence: the customer goes on in character, and so for the rest of the call.
    scripted.plays(parrots_until(threading.Event(), after="Wait a second."))
    console.send("Did you change your password recently?")
    expect(growing).to_have_text("Wait a second.")
    scripted.kill()
    expect(console.answers).to_have_count(4)
    expect(growing).to_be_hidden()
    assert "Wait a second." not in console.texts()[-1]
    console.say("Do you have your work mail on a phone as well?")
    assert voices(console) == [
        ("model", None),
        ("model", None),
        ("built_in", "garbled"),
        ("built_in", "unreachable"),
    ]


@pytest.mark.parametrize("patience", [12])
def test_a_server_that_is_killed_while_a_model_words_leaves_nobody_waiting(
    page: Page, server: Server, scripted: ScriptedModel
) -> None:
    console = begin(page, "Otto")
    scripted.plays(hangs(after=f"{BEGINNING} And "))
    console.send(QUESTION)
    growing = page.locator("#growing .bubble-text")
    expect(growing).to_have_text(BEGINNING)
    server.kill()
    expect(console.connection).not_to_have_text("Connected")
    server.start()
    expect(console.connection).to_have_text("Connected")
    expect(console.answers).to_have_count(2)
    expect(console.own.last).to_contain_text(SENT)
    expect(growing).to_be_hidden()
    assert BEGINNING not in console.texts()[-1]
    assert voices(console) == [("built_in", "lost")]
