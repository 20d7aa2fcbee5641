"""The pictures of the README's tour, taken from a real call: `make pictures` writes them to docs/images/.

They are WebP, because that is small, and each at most 150 kB.
"""

import base64
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connections
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from engine.bots.trainees import TRAINEES
from scenarios.models import Scenario
from tests.e2e.hands import Mouse
from tests.e2e.inspection import DRAWN, PHONE
from tests.e2e.pages.catalogue import take
from tests.e2e.pages.console import Console
from tests.e2e.pages.debrief import Debrief
from tests.e2e.pages.results import Dashboard
from tests.e2e.people import new_trainee, sign_in
from tests.e2e.player import ARTICLE, LOCKOUT, LOCKOUT_NOTE, Player
from tests.support.playing import ActedPractice
from tests.support.processes import ROOT

FOLDER = ROOT / "docs" / "images"
LARGEST = 150_000
"""Bytes of one picture."""
HISTORY = (
    ("locked-out-after-the-long-weekend", "careless", 20),
    ("the-printer-that-prints-nothing", "average", 16),
    ("vpn-drops-every-ten-minutes", "average", 11),
    ("locked-out-after-the-long-weekend", "average", 6),
    ("the-printer-that-prints-nothing", "expert", 2),
)
"""Scenario, bot and days ago: what a trainee who is getting better has behind them."""


def test_take_the_pictures(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/")
    keep(page, "landing")
    trainee = new_trainee("Robin")
    with ThreadPoolExecutor(1) as pool:
        pool.submit(practise, trainee).result()
        pool.submit(connections.close_all).result()
    sign_in(page, trainee)
    Dashboard(page).open()
    keep(page, "dashboard")
    picture_call(page)


def picture_call(page: Page) -> None:
    """The console while the call is under way, and the debrief after it."""
    take(page, Mouse(page), LOCKOUT)
    console = Console(page)
    player = Player(console)
    player.welcome()
    player.identify("María García")
    player.ask_about_lockout()
    player.research("account locks again after password change", ARTICLE)
    console.use("Read the sign-in log")
    player.prove()
    console.page.mouse.move(0, 0)
    keep(page, "console")
    console.open_tab("Knowledge")
    page.emulate_media(color_scheme="dark")
    keep(page, "console-dark")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    console.show("Chat")
    keep(page, "phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    player.mend_phone()
    player.unlock()
    # Without a word on the cause: a debrief is worth a picture where it has something to teach.
    console.say("Could you try to sign in on the laptop now?")
    console.say("Is there anything else I can help you with?")
    console.write_note(LOCKOUT_NOTE)
    console.finish("Resolve")
    expect(Debrief(page).transcript).to_be_visible()
    keep(page, "debrief")


def practise(trainee: User) -> None:
    """Give a trainee the calls of HISTORY."""
    for slug, bot, days in HISTORY:
        at = timezone.now() - dt.timedelta(days=days)
        TRAINEES[bot][0](ActedPractice(trainee, Scenario.objects.get(slug=slug), at=at, seed=days, bot=bot))


def keep(page: Page, name: str) -> Path:
    """Store what the window shows."""
    page.evaluate(DRAWN)
    session = page.context.new_cdp_session(page)
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": 82})
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.webp"
    file.write_bytes(base64.b64decode(shot["data"]))
    assert file.stat().st_size <= LARGEST, f"{file.name} has {file.stat().st_size:,} bytes"
    return file
