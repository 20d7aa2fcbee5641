"""Every page that a journey comes to is looked at: axe finds nothing, and nothing scrolls sideways.

Each is looked at once on a desktop in light and once at 360 pixels in dark. With E2E_PICTURES=folder both widths are
looked at in both themes, and each look is kept as a picture for people to judge.
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, ViewportSize

AXE = AXE_FILE_PATH.read_text()
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
LOOKS = (("desktop", DESKTOP, "light"), ("phone", PHONE, "dark"))
MORE_LOOKS = (("desktop", DESKTOP, "dark"), ("phone", PHONE, "light"))

TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > room + 1);
  return wide.slice(0, 5).map((node) => node.outerHTML.slice(0, 120)).concat("is wider than the window");
}"""
WEAR = "(scheme) => { document.documentElement.dataset.theme = scheme; }"
# Two frames, so that observers of sizes have run and what they changed is drawn.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
JUDGE = "() => axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)"


@dataclass
class Inspector:
    """Looks at pages and remembers which were seen, by the name that the journey gives each state."""

    seen: set[str] = field(default_factory=set)
    is_busy: bool = False

    def look_at(self, page: Page, name: str) -> None:
        """Inspect the page as it stands, unless one of this name was inspected before."""
        if name in self.seen:
            self.assert_fits(page, name)
            return
        self.seen.add(name)
        before = page.viewport_size
        assert before is not None
        self.is_busy = True
        worn = page.evaluate("() => document.documentElement.dataset.theme")
        looks = LOOKS + MORE_LOOKS if os.environ.get("E2E_PICTURES") else LOOKS
        faults = [fault for look in looks for fault in self._faults(page, name, *look)]
        page.emulate_media(color_scheme="light")
        page.evaluate(WEAR, worn)
        page.set_viewport_size(before)
        page.evaluate(DRAWN)
        self.is_busy = False
        assert not faults, "\n".join(faults)

    def assert_fits(self, page: Page, name: str) -> None:
        """Fail if the page is wider than its window."""
        wide = page.evaluate(TOO_WIDE)
        assert not wide, f"{name} scrolls sideways: {wide}"

    def _faults(self, page: Page, name: str, width: str, size: ViewportSize, scheme: Any) -> list[str]:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(WEAR, scheme)
        page.evaluate(DRAWN)
        look = f"{name}, {width}, {scheme}"
        keep_picture(page, look)
        if page.evaluate("() => typeof axe === 'undefined'"):
            page.evaluate(AXE)
        wide = [f"{look}: scrolls sideways: {fault}" for fault in page.evaluate(TOO_WIDE)]
        return wide + [f"{look}: {words_of(violation)}" for violation in page.evaluate(JUDGE)]


def words_of(violation: dict[str, Any]) -> str:
    """What axe found, and where."""
    places = "; ".join(
        f"{' '.join(map(str, node['target']))} ({node['failureSummary']})" for node in violation["nodes"][:4]
    )
    return f"{violation['id']}: {violation['help']}: {re.sub(r'\s+', ' ', places)}"


def keep_picture(page: Page, look: str) -> None:
    folder = os.environ.get("E2E_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^a-z0-9]+", "-", look.lower()).strip("-")
        page.screenshot(
            path=Path(folder) / f"{name}.png", full_page="console" not in look, animations="disabled"
        )
