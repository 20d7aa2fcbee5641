"""The debrief: the verdict, and every point with the words or the moment behind it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.hands import Mouse


class Debrief:
    """What somebody reads after a call."""

    def __init__(self, page: Page, hands: Mouse | None = None) -> None:
        self.page = page
        self.hands = hands or Mouse(page)
        self.transcript = page.get_by_role("region", name="Every message")

    @property
    def headline(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def overall(self) -> float:
        """The score on the dial, 0–100."""
        name = self.page.get_by_role("img", name=re.compile("^Overall")).get_attribute("aria-label")
        found = re.match(r"Overall ([\d.]+) of 100", name or "")
        assert found, name
        return float(found[1])

    @property
    def xp(self) -> int:
        """What the call earned."""
        return int(self.section("Earned").get_by_role("heading", level=2).inner_text().split()[0])

    def section(self, name: str) -> Locator:
        """A part of the page by the id of its place: Earned, Scores, Behind, Mood, Course, Written."""
        return self.page.locator(f"#{name.lower()}")

    def card(self, heading: str | re.Pattern[str]) -> Locator:
        """A card by its heading."""
        return self.page.get_by_role("region", name=heading)

    def open_dimension(self, label: str) -> Locator:
        """Unfold the criteria of a dimension."""
        dimension = self.section("Scores").locator("details.dimension").filter(has_text=label)
        if dimension.get_attribute("open") is None:
            self.hands.press(dimension.locator("summary"))
        return dimension

    def criterion(self, dimension: str, wording: str) -> Locator:
        """One criterion with its result, its reason and its quotes."""
        found = self.open_dimension(dimension).get_by_role("listitem").filter(has_text=wording).first
        expect(found).to_be_visible()
        return found

    def follow(self, quote: Locator) -> Locator:
        """Click a quote; the place in the transcript or the timeline that it came from, now marked."""
        place = self.page.locator(f"[id='{(quote.get_attribute('href') or '').removeprefix('#')}']")
        self.hands.press(quote)
        expect(place.and_(self.page.locator(".is-shown, .is-shown *"))).to_be_in_viewport()
        return place
