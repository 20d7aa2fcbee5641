"""An instructor at the desk: looks at a call, mends a scenario, publishes it."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts import actions as people
from accounts.models import User
from engine.bots.trainees import expert
from scenarios.models import Scenario
from sessions_app.models import UserSession
from tests.e2e.inspection import Inspector
from tests.e2e.people import new_trainee, sign_in
from tests.support.playing import ActedPractice

FOLLOW_THE_SCHEME = """matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (now) => {
  document.documentElement.classList.toggle("dark", now.matches);
});"""
SCENARIO = "the-printer-that-prints-nothing"


def test_an_instructor_reads_a_call_and_publishes_a_scenario(page: Page, inspector: Inspector) -> None:
    # The desk asks for the scheme when a page loads; the inspector changes it on a loaded one.
    page.add_init_script(FOLLOW_THE_SCHEME)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Policy" in message.text else None)
    trainee = new_trainee("Lena")
    instructor = people.appoint_instructor(user=new_trainee("Ana"))
    session = play_a_call(trainee)

    sign_in(page, instructor)
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="The practice floor")).to_be_visible()
    inspector.look_at(page, "desk, overview")

    read_the_call(page, inspector, trainee.email, session.ticket.number)
    mend_the_scenario(page, inspector)
    assert not problems


def play_a_call(trainee: User) -> UserSession:
    """A call that an expert brought to its end, half an hour ago."""

    def play() -> UserSession:
        half_an_hour_ago = timezone.now() - dt.timedelta(minutes=30)
        call = ActedPractice(trainee, Scenario.objects.get(slug=SCENARIO), at=half_an_hour_ago)
        expert(call)
        return call.session

    # In a thread of its own: Playwright's loop occupies this one, and announcements take one too.
    with ThreadPoolExecutor(1) as pool:
        session = pool.submit(play).result()
        pool.submit(connections.close_all).result()
    return session


def read_the_call(page: Page, inspector: Inspector, email: str, ticket: str) -> None:
    page.goto("/admin/sessions_app/usersession/")
    inspector.look_at(page, "desk, sessions")
    page.get_by_placeholder("Trainee's e-mail or name, or ticket number").fill(ticket)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=email).click()
    expect(page.get_by_role("heading", name="Score card")).to_be_visible()
    inspector.look_at(page, "desk, session")
    quotation = page.locator(".fl-quotes a[href^='#said-']").first
    target = page.locator(str(quotation.get_attribute("href")))
    quotation.click()
    expect(target).to_be_attached()
    expect(page).to_have_url(re.compile("#said-"))


def mend_the_scenario(page: Page, inspector: Inspector) -> None:
    scenario = Scenario.objects.get(slug=SCENARIO)
    page.goto("/admin/scenarios/scenario/")
    inspector.look_at(page, "desk, scenarios")
    page.get_by_role("link", name=scenario.title).click()
    page.get_by_role("navigation", name="Parts of the scenario").get_by_role("link", name="Ticket").click()
    minutes = page.get_by_label("Resolution minutes")
    minutes.fill("soon")
    page.locator("#part-facts > summary").click()
    page.locator("#part-facts .fl-entries > button[data-add]").click()
    expect(page.locator("#part-facts .fl-entry[open] input").first).to_be_focused()
    page.keyboard.type("Not A Name")
    page.get_by_role("button", name="Save working copy").click()
    mistakes = page.locator("#fl-errors")
    expect(mistakes).to_contain_text("must be a whole number (found “soon”)")
    expect(minutes).to_have_attribute("aria-invalid", "true")
    inspector.look_at(page, "desk, scenario with mistakes")
    page.get_by_role("link", name="ticket.sla.resolution_minutes").click()
    expect(minutes).to_be_focused()
    minutes.fill("90")
    page.locator("#part-facts .fl-entry:not([data-new])").last.get_by_text("Remove when saving").click()
    page.get_by_label("Version note").fill("More time")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("is in force.")).to_be_visible()
    page.goto("/admin/scenarios/scenario/load/")
    inspector.look_at(page, "desk, load files")
    scenario.refresh_from_db()
    assert scenario.definition["ticket"]["sla"]["resolution_minutes"] == 90
    assert scenario.current_version is not None
    assert scenario.current_version.note == "More time"
