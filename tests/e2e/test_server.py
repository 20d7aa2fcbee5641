"""The server's process: it comes back where it was, and a browser finds it there."""

import urllib.request

from playwright.sync_api import Page

from tests.support.processes import Server, is_listening


def test_a_killed_server_returns_on_its_port(server: Server) -> None:
    port = server.port
    server.kill()
    assert not is_listening(port)
    server.start()
    assert server.port == port
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=5) as response:
        assert response.status == 200


def test_a_browser_sees_a_page(server: Server, page: Page) -> None:
    response = page.goto("/account/login/")
    assert response is not None
    assert response.status == 200
    assert "Firstline" in page.title()
