"""Whose token or cookie it is, asked anew each time."""

import pytest
from allauth.headless.tokens.strategies.jwt.internal import create_access_token, create_refresh_token
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from accounts.models import User
from sessions_app.tokens import authenticate_cookie, authenticate_token
from tests.sessions_app.sockets import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(trainee: User) -> str:
    """The key of a session in which the trainee is signed in."""
    return sign_in(trainee).removeprefix(f"{settings.SESSION_COOKIE_NAME}=")


@pytest.fixture
def token(trainee: User, key: str) -> str:
    """An access token of the API for that session."""
    return str(create_access_token(trainee, SessionStore(key), {}))


def test_both_tell_who_it_is(trainee: User, key: str, token: str) -> None:
    assert authenticate_token(token) == authenticate_cookie(key) == trainee


def test_signing_out_ends_both_at_once(key: str, token: str) -> None:
    Session.objects.get(pk=key).delete()
    assert authenticate_token(token) is None
    assert authenticate_cookie(key) is None


def test_a_new_password_ends_both_at_once(trainee: User, key: str, token: str) -> None:
    trainee.set_password("Another-Word-2")
    trainee.save()
    assert authenticate_token(token) is None
    assert authenticate_cookie(key) is None


def test_a_closed_account_is_nobody(trainee: User, key: str, token: str) -> None:
    User.objects.filter(pk=trainee.pk).update(is_active=False)
    assert authenticate_token(token) is None
    assert authenticate_cookie(key) is None


@pytest.mark.parametrize("nonsense", ["", "x", "a.b.c", "\x00", "eyJhbGciOiJub25lIn0.e30."])
def test_nonsense_is_nobody(db: None, nonsense: str) -> None:
    assert authenticate_token(nonsense) is None
    assert authenticate_cookie(nonsense) is None


def test_a_token_for_something_else_is_nobody(trainee: User, key: str) -> None:
    assert authenticate_token(str(create_refresh_token(trainee, SessionStore(key)))) is None
