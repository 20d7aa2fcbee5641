"""The starter call by keyboard alone, and on a phone 360 pixels wide."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.inspection import Inspector
from tests.e2e.pages.catalogue import Catalogue, take
from tests.e2e.pages.console import Console
from tests.e2e.pages.debrief import Debrief
from tests.e2e.people import new_trainee, sign_in
from tests.e2e.player import LOCKOUT, Player


def test_by_keyboard_alone(page: Page) -> None:
    sign_in(page, new_trainee("Emeka"))
    keys = Keyboard(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    take(page, keys, LOCKOUT)
    console = Console(page, keys)
    Player(console).play_lockout_well()
    console.hand_in()

    debrief = Debrief(page, keys)
    assert debrief.overall >= 85
    welcome = debrief.criterion("Communication", "The caller was greeted and told who is helping.")
    debrief.follow(welcome.get_by_role("link", name=re.compile("Good morning")).first)


def test_on_a_phone(phone_page: Page, inspector: Inspector) -> None:
    page = phone_page
    sign_in(page, new_trainee("Farah"))
    hands = Mouse(page)
    catalogue = Catalogue(page, hands)
    catalogue.open()
    inspector.assert_fits(page, "catalogue")
    take(page, hands, LOCKOUT)
    console = PhoneConsole(page, inspector)
    Player(console).play_lockout_well()
    inspector.look_at(page, "console, about to resolve")
    console.hand_in()

    debrief = Debrief(page)
    assert debrief.overall >= 85
    inspector.look_at(page, "debrief of a good call")
    welcome = debrief.criterion("Communication", "The caller was greeted and told who is helping.")
    debrief.follow(welcome.get_by_role("link", name=re.compile("Good morning")).first)
    inspector.assert_fits(page, "debrief with a quote shown")


class PhoneConsole(Console):
    """Looks after each step whether the page still fits its window, and has each part inspected once."""

    def __init__(self, page: Page, inspector: Inspector) -> None:
        super().__init__(page)
        self.inspector = inspector

    def show(self, part: str) -> None:
        super().show(part)
        self.inspector.assert_fits(self.page, f"console, {part}")

    def read(self, title: str) -> str:
        found = super().read(title)
        self.inspector.look_at(self.page, "console, article")
        return found

    def search(self, query: str) -> list[str]:
        found = super().search(query)
        self.inspector.look_at(self.page, "console, results")
        return found

    def look_up(self, title: str) -> str:
        found = super().look_up(title)
        self.inspector.look_at(self.page, "console, directory")
        return found

    def mark(self, label: str, *, matches: bool) -> None:
        super().mark(label, matches=matches)
        self.inspector.look_at(self.page, "console, ticket")

    def use(self, label: str) -> str:
        found = super().use(label)
        self.inspector.look_at(self.page, "console, tools")
        return found
