"""Somebody new signs up, plays a starter call well, and sees what it brought."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Mailbox
from tests.e2e.hands import Mouse
from tests.e2e.inspection import Inspector
from tests.e2e.pages.catalogue import Briefing, Catalogue
from tests.e2e.pages.console import Console
from tests.e2e.pages.debrief import Debrief
from tests.e2e.pages.entrance import Entrance
from tests.e2e.pages.results import Achievements, Dashboard, Progress
from tests.e2e.pages.settings import Preferences
from tests.e2e.people import new_address
from tests.e2e.player import LOCKOUT, Player


def test_from_sign_up_to_a_scored_call(page: Page, mailbox: Mailbox, inspector: Inspector) -> None:
    address = new_address()
    entrance = Entrance(page)
    entrance.open()
    entrance.sign_up(first_name="Ines", address=address, password="Quay-Side-Crane-7")
    inspector.look_at(page, "confirm by code")
    entrance.confirm(mailbox, address)
    inspector.look_at(page, "dashboard of somebody new")

    preferences = Preferences(page)
    preferences.open()
    preferences.choose_pace("At once")
    inspector.look_at(page, "preferences, saved")

    catalogue = Catalogue(page, Mouse(page))
    catalogue.open()
    inspector.look_at(page, "catalogue")
    catalogue.open_briefing(LOCKOUT)
    inspector.look_at(page, "briefing")
    Briefing(page, Mouse(page)).take_ticket()

    console = Console(page)
    Player(console).play_lockout_well()
    inspector.look_at(page, "console, about to resolve")
    console.hand_in()

    debrief = Debrief(page)
    assert debrief.overall >= 85
    see_the_words_behind_a_point(debrief)
    inspector.look_at(page, "debrief of a good call")
    earned = debrief.xp
    assert earned >= 90
    expect(debrief.section("Earned")).to_contain_text("First call")
    see_what_it_brought(page, inspector, earned)


def see_the_words_behind_a_point(debrief: Debrief) -> None:
    welcome = debrief.criterion("Communication", "The caller was greeted and told who is helping.")
    quote = welcome.get_by_role("link", name=re.compile("Good morning"))
    assert debrief.follow(quote.first).inner_text().startswith("Good morning")
    expect(debrief.transcript.locator(".is-shown").first).to_be_in_viewport()
    proven = debrief.criterion("Verification", "The caller was identified by name, username and asset tag")
    assert "Met" in proven.inner_text()


def see_what_it_brought(page: Page, inspector: Inspector, earned: int) -> None:
    dashboard = Dashboard(page)
    dashboard.open()
    expect(dashboard.main).to_contain_text(f"{earned} XP")
    expect(dashboard.main).to_contain_text(LOCKOUT)
    inspector.look_at(page, "dashboard after a call")

    achievements = Achievements(page)
    achievements.open()
    expect(achievements.earned("First call")).to_be_visible()
    inspector.look_at(page, "achievements")

    progress = Progress(page)
    progress.open()
    expect(progress.main).to_contain_text(LOCKOUT)
    inspector.look_at(page, "progress after a call")
