"""The catalogue of scenarios and the briefing of one."""

from playwright.sync_api import Page, expect

from tests.e2e.hands import Mouse


class Catalogue:
    """What can be practised."""

    def __init__(self, page: Page, hands: Mouse) -> None:
        self.page = page
        self.hands = hands

    def open(self) -> None:
        """Through the main navigation."""
        self.hands.press(
            self.page.get_by_role("navigation", name="Main").get_by_role("link", name="Scenarios")
        )
        expect(self.page.get_by_role("heading", name="Scenarios", level=1)).to_be_visible()

    def open_briefing(self, title: str) -> None:
        """Follow the link of a scenario."""
        self.hands.press(self.page.get_by_role("heading", name=title).get_by_role("link"))
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()


class Briefing:
    """The desk's rules for the shift, and the ticket to take."""

    def __init__(self, page: Page, hands: Mouse) -> None:
        self.page = page
        self.hands = hands

    def take_ticket(self) -> None:
        """Begin the call."""
        self.hands.press(self.page.get_by_role("button", name="Take the ticket"))
        expect(self.page.locator("#connection")).to_have_text("Connected")


def take(page: Page, hands: Mouse, title: str) -> None:
    """From anywhere to the console of a scenario."""
    catalogue = Catalogue(page, hands)
    catalogue.open()
    catalogue.open_briefing(title)
    Briefing(page, hands).take_ticket()
