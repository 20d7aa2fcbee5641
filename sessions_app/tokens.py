"""Who a bearer token or a cookie's session belongs to, asked anew each time: signing out counts at once."""

from importlib import import_module

from allauth.headless.tokens.strategies.jwt.internal import validate_access_token
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from accounts.models import User


def authenticate_token(token: str) -> User | None:
    """Return whose access token of the API this is; None for one that is forged, expired or signed out."""
    validated = validate_access_token(token)
    if validated is None:
        return None
    user, _payload = validated
    return user if isinstance(user, User) and user.is_active else None


def authenticate_cookie(session_key: str | None) -> User | None:
    """Return who is signed in with this session of the site; None for nobody, or after a change of
    password."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None
