"""Profile and preferences."""

from playwright.sync_api import Page, expect


class Preferences:
    """How pages look and how fast the customer types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> None:
        self.page.goto("/account/preferences/")
        expect(self.page.get_by_role("heading", name="Preferences", level=1)).to_be_visible()

    def choose_pace(self, label: str) -> None:
        """Set how fast the customer types, and save."""
        self.page.get_by_role("group", name="How fast the customer types").get_by_label(label).check()
        self.page.get_by_role("button", name="Save").click()
        expect(self.page.get_by_text("Your preferences are saved.")).to_be_visible()
