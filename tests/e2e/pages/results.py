"""What practice brought: dashboard, progress, achievements and leaderboard."""

from playwright.sync_api import Locator, Page, expect


class Results:
    """A page of the main navigation."""

    name = ""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")

    def open(self) -> None:
        """Through the main navigation."""
        self.page.goto("/account/profile/")
        self.page.get_by_role("navigation", name="Main").get_by_role(
            "link", name=self.name, exact=True
        ).click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()


class Dashboard(Results):
    """The next scenario and why, level and XP, the latest results."""

    name = "Dashboard"


class Progress(Results):
    """Trends, attempts and strengths."""

    name = "Progress"


class Achievements(Results):
    """What was earned, and what is still open."""

    name = "Achievements"

    def earned(self, title: str) -> Locator:
        """An achievement in the list of those earned."""
        return self.page.get_by_role("listitem").filter(has_text=title).first


class Leaderboard(Results):
    """Who has mastered how much."""

    name = "Leaderboard"
