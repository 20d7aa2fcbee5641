"""Pages that no call leads through: each is inspected too."""

from django.test import Client
from playwright.sync_api import Page, Route, expect

from tests.e2e.inspection import Inspector
from tests.e2e.pages.results import Achievements, Dashboard, Leaderboard, Progress
from tests.e2e.people import new_trainee, sign_in

NOWHERE = "/nothing-is-here/"


def test_pages_for_strangers(page: Page, inspector: Inspector) -> None:
    for path, heading in (
        ("/", "Practise the call before it is real"),
        ("/account/login/", "Sign in"),
        ("/account/signup/", "Create your account"),
        ("/account/terms/", None),
        ("/account/password/reset/", None),
        ("/api/docs/", "The Firstline API"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        inspector.look_at(page, f"stranger at {path}")


def test_a_form_that_is_refused(page: Page, inspector: Inspector) -> None:
    page.goto("/account/signup/")
    page.get_by_label("E-mail address").fill("not an address")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(page.get_by_text("Please read the terms and agree to them to sign up.")).to_be_visible()
    inspector.look_at(page, "sign-up refused")


def test_pages_of_somebody_new(page: Page, inspector: Inspector) -> None:
    sign_in(page, new_trainee("Jonas"))
    for path in (
        "/account/profile/",
        "/account/preferences/",
        "/scenarios/",
        "/scenarios/the-director-in-the-taxi/",
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        inspector.look_at(page, f"new trainee at {path}")
    for results in (Dashboard, Progress, Achievements, Leaderboard):
        results(page).open()
        inspector.look_at(page, f"new trainee, {results.name}")


def test_an_address_that_leads_nowhere(page: Page, inspector: Inspector) -> None:
    # The server of the journeys runs with DEBUG, which has a page of its own for this; so ours is handed in.
    ours = Client().get(NOWHERE, headers={"host": "localhost"})
    assert ours.status_code == 404

    def answer(route: Route) -> None:
        route.fulfill(status=404, headers=dict(ours.headers), body=ours.content)

    page.route(f"**{NOWHERE}", answer)
    page.goto(NOWHERE)
    expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()
    inspector.look_at(page, "nothing here")
