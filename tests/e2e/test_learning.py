"""Where people learn: charts that say what their tables say, and quotations that lead to their words."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from tests.e2e.pages.debrief import Debrief
from tests.e2e.people import new_trainee, sign_in
from tests.support.playing import LOCKOUT, played_session
from tests.support.processes import Server

pytestmark = pytest.mark.browser

DRAWN = """() => [...document.querySelectorAll('.chart canvas')].map((canvas) => {
  const chart = Chart.getChart(canvas);
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return {
    ink: pixels.some((value) => value > 0),
    values: chart.data.datasets.map((set) => set.data.map((point) => point?.y ?? point)),
  };
})"""
WRITTEN = """() => [...document.querySelectorAll('.chart table')].map((table) => {
  const rows = [...table.querySelectorAll('tbody tr')];
  const columns = [...table.querySelectorAll('thead th')].flatMap((head, index) => head.dataset.series ? [index] : []);
  const figure = ({ dataset }) => dataset.value === '' ? null : Number(dataset.value);
  return columns.map((column) => rows.map((row) => figure(row.cells[column])));
})"""


@pytest.fixture
def learner(server: Server) -> User:
    return new_trainee("Lena")


def assert_charts_are_their_tables(page: Page) -> None:
    drawn: list[dict[str, Any]] = page.evaluate(DRAWN)
    assert drawn
    assert all(chart["ink"] for chart in drawn)
    assert [chart["values"] for chart in drawn] == page.evaluate(WRITTEN)


def test_charts_are_drawn_from_the_tables_beside_them(learner: User, page: Page) -> None:
    session = played_session(learner, LOCKOUT, "average")
    sign_in(page, learner)
    page.goto(f"/sessions/{session.pk}/debrief/")
    assert_charts_are_their_tables(page)
    page.goto("/progress/")
    assert_charts_are_their_tables(page)
    page.goto("/progress/?dimension=research")
    assert_charts_are_their_tables(page)


def test_on_a_phone_one_comes_back_from_a_quotation(learner: User, page: Page) -> None:
    session = played_session(learner, LOCKOUT, "average")
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, learner)
    page.goto(f"/sessions/{session.pk}/debrief/")
    debrief = Debrief(page)
    quote = debrief.open_dimension("Communication").locator("a.quote-message").first
    debrief.follow(quote)
    page.get_by_role("link", name="Back to where you were").click()
    expect(quote).to_be_focused()
    expect(quote).to_be_in_viewport()


def test_without_scripts_a_quotation_is_a_link_to_marked_words(
    learner: User, context: BrowserContext, page: Page, browser: Browser, server: Server
) -> None:
    session = played_session(learner, LOCKOUT, "average")
    sign_in(page, learner)
    plain = browser.new_context(
        base_url=server.url, storage_state=context.storage_state(), java_script_enabled=False
    )
    tab = plain.new_page()
    tab.goto(f"/sessions/{session.pk}/debrief/")
    tab.locator("#dimension-communication summary").click()
    quote = tab.locator("#dimension-communication a.quote-message").first
    words = quote.locator(".quote-text").inner_text().strip("“”")
    quote.click()
    target = tab.locator("mark:target")
    expect(target).to_be_in_viewport()
    assert target.inner_text() in words
    plain.close()
