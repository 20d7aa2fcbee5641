"""Somebody plays a call badly, with a customer who types like a person, and reads why it failed."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.hands import Mouse
from tests.e2e.inspection import Inspector
from tests.e2e.pages.catalogue import take
from tests.e2e.pages.console import Console
from tests.e2e.pages.debrief import Debrief
from tests.e2e.people import new_trainee, sign_in
from tests.e2e.player import LOCKOUT, Player


def test_unlocked_without_proof(page: Page, inspector: Inspector) -> None:
    sign_in(page, new_trainee("Boris", pace="human"))
    take(page, Mouse(page), LOCKOUT)
    console = Console(page)
    player = Player(console)
    console.send("what is your username")
    expect(page.get_by_text(re.compile("Maria Garcia is typing"))).to_be_visible()
    inspector.look_at(page, "console, customer typing")
    expect(console.answers.nth(1)).to_be_visible()
    console.say("You should have read the email about passwords, this is your own fault.")

    warning = console.use("Unlock the account")
    assert "Nothing was done" in warning
    inspector.look_at(page, "console, stopped by the rule")
    console.force("Unlock the account")
    player.identify("María García")
    console.write_note("unlocked")
    console.finish("Resolve")

    debrief = Debrief(page)
    assert debrief.overall <= 40
    decided = debrief.card("What decided it")
    expect(decided).to_contain_text("Nothing was unlocked, reset, signed out or erased before")
    blamed = debrief.criterion("Communication", "The caller was not blamed")
    expect(blamed).to_contain_text("Missed")
    place = debrief.follow(blamed.get_by_role("link", name=re.compile("your own fault")).first)
    expect(place).to_contain_text("this is your own fault")
    note = debrief.criterion("Documentation", "The note says why it happened")
    expect(note).to_contain_text("Missed")
    inspector.look_at(page, "debrief of a bad call")
