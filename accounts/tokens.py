"""Signing in and out by token, for clients that keep no cookie.

A sign-in is a session of the site, listed among the person's own and ended like any other; its access token
counts only as long as that session does.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import EmailAddress, Login
from allauth.core import ratelimit
from allauth.headless import app_settings
from allauth.headless.constants import Client
from allauth.headless.internal.authkit import authentication_context
from allauth.headless.internal.decorators import mark_request_as_headless
from allauth.headless.tokens.strategies.jwt import internal as jwt
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.stages import AuthenticateStage
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpRequest

from accounts.models import User

type Reason = Literal[
    "invalid_credentials",
    "email_unverified",
    "second_factor_required",
    "second_factor_wrong",
    "too_many_attempts",
]

_OF_LIBRARY: dict[str, Reason] = {
    "too_many_login_attempts": "too_many_attempts",
    "incorrect_code": "second_factor_wrong",
}


class SignInRefusedError(Exception):
    """Nobody was signed in; `reason` says why, without telling a stranger whether the account exists."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client keeps. `access` counts until `expires_at`; `refresh` is good for one renewal."""

    access: str
    refresh: str
    expires_at: dt.datetime


def sign_in(request: HttpRequest, *, email: str, password: str, code: str = "") -> tuple[User, Tokens]:
    """Sign somebody in by password, and by a code of their second factor where they have one.

    Takes as long for an unknown address as for a wrong password.

    Raises:
        SignInRefusedError: with the reason.
    """
    with _apart_from_cookies(request), _nothing_left_behind(request):
        user = _authenticated(request, email, password)
        if not EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists():
            raise SignInRefusedError("email_unverified")
        credentials = {"email": email, "password": password}
        flows.login.perform_password_login(request, credentials, Login(user=user, email=email))
        _pass_second_factor(request, user, code)
        if not request.user.is_authenticated:
            raise SignInRefusedError("invalid_credentials")
        made: dict[str, str] = app_settings.TOKEN_STRATEGY.create_access_token_payload(request)
        return user, _tokens(made["access_token"], made["refresh_token"])


def renew(refresh: str) -> tuple[User, Tokens] | None:
    """Return new tokens for a refresh token, which counts no longer then; None for one that does not count."""
    with transaction.atomic():
        _one_at_a_time(refresh)
        valid = jwt.validate_refresh_token(refresh)
        pair = app_settings.TOKEN_STRATEGY.refresh_token(refresh) if valid else None
    return (valid[0], _tokens(*pair)) if valid and pair else None


def _one_at_a_time(refresh: str) -> None:
    """Make whoever brings the same token wait until this transaction ends, so that it works once."""
    number = int.from_bytes(hashlib.sha256(refresh.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def sign_out(request: HttpRequest, claims: Any) -> None:
    """End the sign-in that the request came with: the token's, whose `claims` these are, or the cookie's."""
    if isinstance(claims, dict):
        session = jwt.get_token_session(claims)
        if session is not None:
            session.flush()
        return
    get_adapter().logout(request)


@contextmanager
def _apart_from_cookies(request: HttpRequest) -> Iterator[None]:
    """Sign in beside whoever the browser's cookie belongs to, without touching it."""
    mark_request_as_headless(request, Client.APP)
    with authentication_context(request):
        yield


@contextmanager
def _nothing_left_behind(request: HttpRequest) -> Iterator[None]:
    """Forget a sign-in that stopped half-way."""
    try:
        yield
    except SignInRefusedError:
        request.session.flush()
        raise


def _authenticated(request: HttpRequest, email: str, password: str) -> User:
    if not ratelimit.consume(request, action="login"):
        raise SignInRefusedError("too_many_attempts")
    try:
        user = get_adapter().authenticate(request, email=email, password=password)
    except ValidationError as error:
        raise _refused(error) from error
    if not isinstance(user, User) or not user.is_active:
        raise SignInRefusedError("invalid_credentials")
    return user


def _pass_second_factor(request: HttpRequest, user: User, code: str) -> None:
    stage = get_pending_stage(request)
    if not isinstance(stage, AuthenticateStage):
        return
    if not code:
        raise SignInRefusedError("second_factor_required")
    form = AuthenticateForm({"code": code}, user=user)
    if not form.is_valid():
        raise _refused(form.errors.as_data()["code"][0])
    form.save()
    stage.exit()


def _refused(error: ValidationError) -> SignInRefusedError:
    return SignInRefusedError(_OF_LIBRARY.get(error.code or "", "invalid_credentials"))


def _tokens(access: str, refresh: str) -> Tokens:
    claims = jwt.decode_token(access, "access")
    if claims is None:
        raise ValueError("The library made a token that it does not read.")
    return Tokens(access, refresh, dt.datetime.fromtimestamp(claims["exp"], tz=dt.UTC))
