"""How a person works a page: with the mouse, or with the keyboard alone."""

import re

from playwright.sync_api import Locator, Page, expect

FARTHEST = 250
"""Presses of Tab after which a control counts as out of reach."""

WHERE = """(target) => {
  const here = document.activeElement;
  if (here === target) return "here";
  if (!here || here === document.body) return "ahead";
  return here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING ? "ahead" : "behind";
}"""
# What shows the focus may be drawn around the control or around the box that it sits in.
FOCUS_IS_SEEN = """(target) => {
  if (!target.matches(":focus-visible")) return false;
  for (let node = target, step = 0; node && step < 4; node = node.parentElement, step += 1) {
    const style = getComputedStyle(node);
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return true;
  }
  const label = target.labels?.[0]?.querySelector("span") ?? null;
  return label !== null && getComputedStyle(label).outlineStyle !== "none";
}"""


class Mouse:
    """Clicks and types, or taps on a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator) -> None:
        """Press a button or follow a link."""
        control.click()

    def write(self, field: Locator, text: str) -> None:
        """Replace what stands in a field."""
        field.fill(text)

    def submit(self, field: Locator, button: Locator) -> None:
        """Send the form of a field."""
        button.click()

    def choose(self, tab: Locator) -> None:
        """Open a tab."""
        tab.click()

    def tick(self, option: Locator) -> None:
        """Choose one of several options."""
        option.check()


class Keyboard(Mouse):
    """Never touches the mouse: Tab and arrows lead to every control, and the focus is seen on each."""

    def reach(self, control: Locator) -> None:
        """Move the focus to a control as a person would."""
        expect(control).to_be_visible()
        for _ in range(FARTHEST):
            where = control.evaluate(WHERE)
            if where == "here":
                break
            self.page.keyboard.press("Tab" if where == "ahead" else "Shift+Tab")
        expect(control, "the keyboard gets to it").to_be_focused()
        assert control.evaluate(FOCUS_IS_SEEN), f"the focus cannot be seen on {control}"

    def press(self, control: Locator) -> None:
        self.reach(control)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def submit(self, field: Locator, button: Locator) -> None:
        self.reach(field)
        self.page.keyboard.press("Enter")

    def choose(self, tab: Locator) -> None:
        siblings = tab.locator("xpath=ancestor::*[@role='tablist'][1]").get_by_role("tab")
        self.reach(siblings.and_(self.page.locator('[aria-selected="true"]')))
        for _ in range(siblings.count()):
            if tab.get_attribute("aria-selected") == "true":
                break
            self.page.keyboard.press("ArrowRight")
        expect(tab).to_have_attribute("aria-selected", "true")

    def tick(self, option: Locator) -> None:
        group = option.get_attribute("name")
        options = self.page.locator(f'input[name="{group}"]')
        chosen = options.and_(self.page.locator(":checked"))
        self.reach(chosen if chosen.count() else options.first)
        for _ in range(options.count()):
            if option.evaluate(WHERE) == "here":
                break
            self.page.keyboard.press("ArrowDown")
        if not option.is_checked():
            self.page.keyboard.press("Space")
        expect(option).to_be_checked()


def words(text: str) -> re.Pattern[str]:
    """A pattern for a name that begins with these words."""
    return re.compile(rf"^\s*{re.escape(text)}")
