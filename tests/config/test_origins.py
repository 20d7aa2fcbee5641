"""Sockets are opened by pages of exactly this site."""

import pytest
from channels.testing import WebsocketCommunicator

from config.origins import SameOriginValidator, canonical, is_allowed


@pytest.mark.parametrize(
    ("origin", "host", "secure"),
    [
        ("http://localhost:8000", "localhost:8000", False),
        ("https://practice.example", "practice.example", True),
        ("https://practice.example:443", "practice.example", True),
        ("https://Practice.Example", "practice.example", True),
        (None, "practice.example", True),
    ],
)
def test_own_pages_and_programs_are_let_in(origin: str | None, host: str, secure: bool) -> None:
    assert is_allowed(origin, host, secure=secure)


@pytest.mark.parametrize(
    ("origin", "host", "secure"),
    [
        ("http://practice.example", "practice.example", True),
        ("https://practice.example", "practice.example", False),
        ("https://practice.example:8443", "practice.example", True),
        ("https://sub.practice.example", "practice.example", True),
        ("https://practice.example.evil.example", "practice.example", True),
        ("https://practice.example@evil.example", "practice.example", True),
        ("null", "practice.example", True),
        ("", "", True),
        ("https://[broken", "[broken", True),
    ],
)
def test_others_are_kept_out(origin: str, host: str, secure: bool) -> None:
    assert not is_allowed(origin, host, secure=secure)


def test_trusted_origins_are_let_in(settings: object) -> None:
    settings.TRUSTED_ORIGINS = ["https://school.example"]  # type: ignore[attr-defined]
    assert is_allowed("https://school.example", "practice.example", secure=True)
    assert not is_allowed("http://school.example", "practice.example", secure=True)


def test_an_origin_has_one_spelling() -> None:
    assert canonical("HTTPS://Practice.example") == "https://practice.example:443"
    assert canonical("https://practice.example/desk") is None


async def accept(scope: dict[str, object], receive: object, send: object) -> None:
    """A socket that takes everybody."""
    await receive()  # type: ignore[operator]
    await send({"type": "websocket.accept"})  # type: ignore[operator]


@pytest.mark.parametrize(
    ("origin", "welcome"), [(b"http://testserver", True), (b"http://evil.example", False)]
)
async def test_the_validator_stands_before_the_application(origin: bytes, welcome: bool) -> None:
    headers = [(b"origin", origin), (b"host", b"testserver")]
    communicator = WebsocketCommunicator(SameOriginValidator(accept), "/ws/", headers=headers)
    connected, _ = await communicator.connect()
    assert connected is welcome
    await communicator.disconnect()
