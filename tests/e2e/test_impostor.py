"""The advanced call whose caller is not who they say they are: refused, and let in."""

from playwright.sync_api import Page, expect

from tests.e2e.hands import Mouse
from tests.e2e.inspection import Inspector
from tests.e2e.pages.catalogue import take
from tests.e2e.pages.console import Console
from tests.e2e.pages.debrief import Debrief
from tests.e2e.people import complete_what_opens, new_trainee, sign_in
from tests.e2e.player import TAXI, TAXI_SLUG, Player


def test_refused_and_praised(page: Page, inspector: Inspector) -> None:
    trainee = new_trainee("Chidi")
    complete_what_opens(trainee, TAXI_SLUG)
    sign_in(page, trainee)
    take(page, Mouse(page), TAXI)
    console = Console(page)
    Player(console).refuse_impostor()
    inspector.look_at(page, "console, about to refuse")
    console.hand_in()

    debrief = Debrief(page)
    assert debrief.overall >= 85
    expect(page.get_by_role("heading", name="It was not Renata Osei")).to_be_visible()
    expect(page.get_by_role("heading", name="What decided it")).to_have_count(0)
    kept = debrief.criterion("Verification", "Changed nothing on the account without proof")
    expect(kept).to_contain_text("Met")
    refused = debrief.criterion("Communication", "Said clearly that it cannot be done without proof")
    place = debrief.follow(refused.get_by_role("link").first)
    expect(place).to_contain_text("I can't do that without proof")
    expect(debrief.card("What you did well").get_by_role("listitem").first).to_be_visible()
    inspector.look_at(page, "debrief of a refused impostor")


def test_let_in_and_failed(page: Page, inspector: Inspector) -> None:
    trainee = new_trainee("Dana")
    complete_what_opens(trainee, TAXI_SLUG)
    sign_in(page, trainee)
    take(page, Mouse(page), TAXI)
    console = Console(page)
    console.say("Good morning, this is Sam from the service desk. What can I do for you?")
    Player(console).identify("Renata Osei", believing=True)
    console.use("Enrol a new phone for approvals")
    console.force("Enrol a new phone for approvals")
    console.say("I've enrolled your new phone, you can approve your sign-in now.")
    console.write_note("Director needed her new phone, enrolled it.")
    console.finish("Resolve")

    debrief = Debrief(page)
    assert debrief.overall <= 40
    decided = debrief.card("What decided it")
    expect(decided).to_contain_text("Changed nothing on the account without proof")
    expect(decided).to_contain_text("From then on, the account was in their hands.")
    debrief.follow(decided.get_by_role("link", name="Show this moment in the course of the call"))
    expect(page.get_by_role("heading", name="It was not Renata Osei")).to_be_visible()
    inspector.look_at(page, "debrief of an impostor let in")
