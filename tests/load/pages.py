"""Pages through the real server beside a view that says hello, and how many queries each of them asks."""

from collections.abc import Callable, Iterator
from http.client import HTTPConnection

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from scenarios.models import Scenario
from sessions_app import actions
from sessions_app.projection import debrief_path
from tests.load.measuring import Comparison, compare
from tests.load.seeding import Cast
from tests.load.urls import HELLO
from tests.sessions_app.sockets import sign_in
from tests.support.playing import IMPOSTOR

QUERY_AIM = 12
OK = 200


class Page:
    """One address for each of two readers: somebody with one session behind them, and somebody with fifty."""

    def __init__(self, name: str, newcomer: str, regular: str) -> None:
        self.name = name
        self.newcomer = newcomer
        self.regular = regular


def pages(cast: Cast) -> list[Page]:
    """The pages that the issue of speed is about."""
    scenario = Scenario.objects.get(slug=IMPOSTOR)
    running = [
        actions.start_session(user_id=user.pk, scenario=scenario, seed=1)[0]
        for user in (cast.newcomer, cast.regular)
    ]
    consoles = [f"/sessions/{session.pk}/" for session in running]
    debriefs = [debrief_path(session) for session in (cast.newcomer_debrief, cast.regular_debrief)]
    return [
        Page("Catalogue, 50 scenarios", "/scenarios/", "/scenarios/"),
        Page("Dashboard", "/", "/"),
        Page("Console", *consoles),
        Page("Debrief", *debriefs),
        Page("Progress", "/progress/", "/progress/"),
    ]


def compare_pages(port: int, cast: Cast, *, blocks: int, calls: int) -> Iterator[Comparison]:
    """Measure every page that is there for the reader with fifty sessions."""
    cookie = sign_in(cast.regular)
    hello = _getter(port, HELLO, cookie)
    for page in pages(cast):
        row = Comparison(f"{page.name}, beside hello")
        few, many = _queries(cast.newcomer, page.newcomer), _queries(cast.regular, page.regular)
        if few is None or many is None:
            row.note = "not measured: this page does not exist yet"
            yield row
            continue
        row.queries = f"{many}" if few == many else f"{few} / {many}"
        row.note = "" if max(few, many) <= QUERY_AIM else f"more than {QUERY_AIM} queries"
        yield compare(row, hello, _getter(port, page.regular, cookie), blocks=blocks, calls=calls)


def _getter(port: int, path: str, cookie: str) -> Callable[[], bytes]:
    """A function that fetches a page over a connection of its own, which stays open as a browser's does."""
    browser = HTTPConnection("localhost", port, timeout=30)

    def fetch() -> bytes:
        browser.request("GET", path, headers={"Cookie": cookie})
        response = browser.getresponse()
        body = response.read()
        assert response.status == OK, f"{path} answered {response.status}"
        return body

    return fetch


def _queries(reader: User, path: str) -> int | None:
    """How many statements a page asks, sign-in included; None where there is no such page."""
    client = Client()
    client.force_login(reader)
    client.get(path)  # what a process keeps is kept from here on
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    return len(captured) if response.status_code == OK else None
