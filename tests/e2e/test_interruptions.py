"""The server dies in mid-call and returns; the network goes and comes back: nothing is lost, nothing comes twice."""

import itertools

from playwright.sync_api import BrowserContext, Page, expect

from sessions_app.models import ChatMessage, UserSession
from tests.e2e.hands import Mouse
from tests.e2e.pages.catalogue import take
from tests.e2e.pages.console import SAVED, SENT, Console
from tests.e2e.people import new_trainee, sign_in
from tests.e2e.player import LOCKOUT
from tests.support.processes import Server

KEPT = "Kept, is sent when the connection is back"
HALF_TYPED = "Could you please look at the stick"
NOTE = "Account locked, looks like a phone with an old password."


def test_nothing_is_lost_when_the_server_is_killed(
    page: Page, context: BrowserContext, server: Server
) -> None:
    first, second = two_tabs(page, context, "Gita")
    first.say("Good morning, this is Sam from the service desk.")

    # Killed while a message is on its way: nobody knows whether it was stored.
    first.send("What does the message say exactly?")
    server.kill()
    expect(first.connection).not_to_have_text("Connected")
    # More is written while nobody is there.
    first.send("And what is your username, please?")
    expect(first.own.last).to_contain_text(KEPT)
    first.hands.write(first.message, HALF_TYPED)
    first.hands.write(first.note, NOTE)
    expect(first.note_state).to_have_text("Kept in this browser until the connection is back")

    server.start()
    expect(first.connection).to_have_text("Connected")
    expect(first.own.last).to_contain_text(SENT)
    expect(first.answers).to_have_count(4)
    assert first.message.input_value() == HALF_TYPED
    assert first.note.input_value() == NOTE
    expect(first.note_state).to_have_text(SAVED)
    expect_agreement(first, second)
    expect(second.note).to_have_value(NOTE)
    # And the tab works on, and a reload shows the same.
    first.say("Did you change your password recently?")
    expect_agreement(first, second)
    page.reload()
    expect(first.connection).to_have_text("Connected")
    expect_agreement(first, second)


def test_messages_wait_while_the_network_is_away(page: Page, context: BrowserContext) -> None:
    first, second = two_tabs(page, context, "Hiro")
    first.say("Good morning, this is Sam from the service desk.")
    context.set_offline(True)
    for tab in (first, second):
        expect(tab.connection).to_have_text("Offline, your words are kept")
    first.send("What does the message say exactly?")
    first.send("Did you change your password recently?")
    for waiting in first.own.all()[1:]:
        expect(waiting).to_contain_text(KEPT)
    assert len(stored(first)) == 3

    context.set_offline(False)
    for tab in (first, second):
        expect(tab.connection).to_have_text("Connected")
    expect(first.answers).to_have_count(4)
    expect_agreement(first, second)


def two_tabs(page: Page, context: BrowserContext, name: str) -> tuple[Console, Console]:
    """One running call, open in two tabs of one browser."""
    sign_in(page, new_trainee(name))
    take(page, Mouse(page), LOCKOUT)
    other = context.new_page()
    other.goto(page.url)
    console = Console(other)
    expect(console.connection).to_have_text("Connected")
    return Console(page), console


def stored(console: Console) -> list[tuple[str, str]]:
    """Sender and text of every message of the call in the database, in its order."""
    session = UserSession.objects.get(pk=console.page.url.rstrip("/").rsplit("/", 1)[-1])
    messages = ChatMessage.objects.filter(session=session).order_by("seq")
    return list(messages.values_list("sender", "text"))


def expect_agreement(*tabs: Console) -> None:
    """Every tab shows exactly what the database holds, no message twice, and each was answered once."""
    for tab in tabs:
        expect(tab.log.locator(".bubble-text")).to_have_count(len(stored(tab)))
    rows = stored(tabs[0])
    for tab in tabs:
        assert tab.texts() == [text for _, text in rows]
    own = [text for sender, text in rows if sender == "trainee"]
    assert len(own) == len(set(own)), "a message was stored twice"
    senders = [sender for sender, _ in rows]
    assert all(one != other for one, other in itertools.pairwise(senders)), senders
