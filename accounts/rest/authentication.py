"""Who is asking: a bearer token of the API, or the cookie of the site with its CSRF token."""

from allauth.headless.contrib.rest_framework.authentication import JWTTokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class BearerAuthentication(JWTTokenAuthentication):  # type: ignore[misc] # allauth carries no types
    """An access token. It is checked against its sign-in each time, so signing out ends it at once."""


class CookieAuthentication(SessionAuthentication):
    """The site's own cookie, for pages of the site; whatever changes something needs the CSRF token too."""

    def enforce_csrf(self, request: Request) -> None:
        """Check the CSRF token on the plain request: the API's own would try to read a form as JSON."""
        super().enforce_csrf(request._request)  # type: ignore[arg-type]  # reads what both have

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of an answer 401."""
        return "Bearer"
