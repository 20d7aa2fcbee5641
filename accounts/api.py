"""Signing in and out, and who one is."""

from typing import Any, ClassVar

from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import api_examples as examples
from accounts import tokens
from accounts.models import User
from accounts.rest.endpoint import Endpoint, answer
from accounts.rest.openapi import Says, documented
from accounts.rest.problems import BAD_TOKEN, THROTTLED, ApiError, Kind
from accounts.rest.reading import read_body
from accounts.serializers import Person, Refresh, SignedIn, SignIn

BAD_CREDENTIALS = Kind(
    "invalid_credentials",
    401,
    "These do not go together",
    "This e-mail address and password do not go together. Check both.",
)
UNVERIFIED = Kind(
    "email_unverified",
    403,
    "Confirm the address first",
    "Confirm your e-mail address first: sign in on the site, and it sends you a new code.",
)
CODE_REQUIRED = Kind(
    "second_factor_required",
    401,
    "A code is needed too",
    "This account has a second factor. Send the code of the authenticator app as `code`.",
)
CODE_WRONG = Kind(
    "second_factor_wrong", 401, "This code does not count", "The code is wrong or old. Send the newest one."
)

REFUSALS: dict[tokens.Reason, Kind] = {
    "invalid_credentials": BAD_CREDENTIALS,
    "email_unverified": UNVERIFIED,
    "second_factor_required": CODE_REQUIRED,
    "second_factor_wrong": CODE_WRONG,
    "too_many_attempts": THROTTLED,
}
WAIT_SECONDS = 60
"""What a client is told to wait after too many attempts."""

TAG = "Signing in"


class SignInEndpoint(Endpoint):
    """`auth/login`."""

    # The cookie of a browser must neither help nor hinder: no CSRF token is asked for.
    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []

    @documented(
        "Sign in",
        tag=TAG,
        body=SignIn,
        example=examples.SIGN_IN,
        answers={200: Says(SignedIn, "Signed in.", examples.SIGNED_IN)},
        refusals=[BAD_CREDENTIALS, CODE_REQUIRED, CODE_WRONG, UNVERIFIED],
        public=True,
    )
    def post(self, request: Request) -> Response:
        """Exchange e-mail address and password for tokens.

        The answer does not tell whether there is an account with this address. After several wrong attempts it
        is 429 for a few minutes, also for the right password.
        """
        wish = read_body(SignIn, request)
        try:
            user, made = tokens.sign_in(request._request, **wish.model_dump())
        except tokens.SignInRefusedError as refusal:
            kind = REFUSALS[refusal.reason]
            wait: dict[str, Any] = {"retry_after": WAIT_SECONDS} if kind is THROTTLED else {}
            raise ApiError(kind, headers=_challenge(kind), **wait) from refusal
        return _signed_in(user, made)


class RefreshEndpoint(Endpoint):
    """`auth/refresh`."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []

    @documented(
        "Renew the tokens",
        tag=TAG,
        body=Refresh,
        example=examples.REFRESH,
        answers={
            200: Says(SignedIn, "New tokens. The old refresh token counts no longer.", examples.SIGNED_IN)
        },
        refusals=[BAD_TOKEN],
        public=True,
    )
    def post(self, request: Request) -> Response:
        """Exchange a refresh token for a new pair.

        Each refresh token works once. It stops working when the person signs out or changes the password.
        """
        renewed = tokens.renew(read_body(Refresh, request).refresh)
        if renewed is None:
            sentence = "This refresh token is wrong, was used before or was signed out. Sign in again."
            raise ApiError(BAD_TOKEN, sentence, headers=_challenge(BAD_TOKEN))
        return _signed_in(*renewed)


class SignOutEndpoint(Endpoint):
    """`auth/logout`."""

    @documented("Sign out", tag=TAG, answers={204: Says(None, "Signed out.")})
    def post(self, request: Request) -> Response:
        """End this sign-in: its access and refresh tokens stop working at once, and its open sockets close."""
        tokens.sign_out(request._request, request.auth)
        return Response(status=204)


class MeEndpoint(Endpoint):
    """`users/me`."""

    @documented("Who am I", tag="Me", answers={200: Says(Person, "The reader.", examples.PERSON)})
    def get(self, request: Request) -> Response:
        """Return the person who asks, with level, XP and preferences."""
        return answer(Person.of(self.reader))


def _signed_in(user: User, made: tokens.Tokens) -> Response:
    content = SignedIn(
        access=made.access, refresh=made.refresh, expires_at=made.expires_at, user=Person.of(user)
    )
    return answer(content)


def _challenge(kind: Kind) -> dict[str, str]:
    if kind is THROTTLED:
        return {"Retry-After": str(WAIT_SECONDS)}
    return {"WWW-Authenticate": "Bearer"} if kind.status == 401 else {}


urlpatterns: list[URLPattern] = [
    path("auth/login", SignInEndpoint.as_view(), name="api_login"),
    path("auth/refresh", RefreshEndpoint.as_view(), name="api_refresh"),
    path("auth/logout", SignOutEndpoint.as_view(), name="api_logout"),
    path("users/me", MeEndpoint.as_view(), name="api_me"),
]
