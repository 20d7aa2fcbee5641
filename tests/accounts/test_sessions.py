"""Keys of sign-ins as visitors send them."""

import pytest
from django.test import Client

from accounts.sessions import SessionStore
from sessions_app.tokens import authenticate_cookie
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

FORGED = ("\x00" * 12, "a" * 31 + "\x00", "é" * 32, "' OR 1=1 --  ")


@pytest.mark.parametrize("key", FORGED)
def test_what_cannot_be_a_key_never_reaches_the_database(key: str) -> None:
    assert SessionStore(key).session_key is None
    assert authenticate_cookie(key) is None


def test_a_cookie_that_spells_a_nul_character_is_a_strangers() -> None:
    visitor = Client(headers={"cookie": 'sessionid="' + "\\000" * 12 + '"'})
    assert visitor.get("/").status_code == 200
    assert visitor.get("/progress/").status_code == 302


def test_our_own_keys_are_taken(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert client.get("/progress/").status_code == 200
    assert authenticate_cookie(client.session.session_key) is not None
