"""What a request needs to know about its reader before any view runs."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ReaderTimezoneMiddleware:
    """Show every date of a page in the time zone of the person who reads it.

    Belongs after the authentication middleware. Paths of the API answer in UTC and are left alone, which also
    spares them the look-up of the user.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/") or not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(zone_named(request.user.timezone)):
            return self.get_response(request)


def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """Return the time zone that a person chose, UTC where it is not there any more."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):  # a zone that the system's data no longer knows
        return zoneinfo.ZoneInfo("UTC")
