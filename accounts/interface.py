"""How the pages look for whoever reads them: from the account, or before sign-in from a cookie."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from accounts.preferences import Contrast, InterfacePreferences, Motion, Theme

COOKIE = "interface"
COOKIE_AGE = 365 * 24 * 60 * 60
"""Seconds for which a browser keeps the look that was chosen in it."""

_FIELDS = ("theme", "contrast", "motion", "text_size")

_NAVIGATION = (
    ("dashboard", _("Dashboard"), "home"),
    ("catalogue", _("Scenarios"), "list"),
    ("progress", _("Progress"), "chart"),
    ("achievements", _("Achievements"), "medal"),
    ("leaderboard", _("Leaderboard"), "podium"),
)


@dataclass(frozen=True)
class NavigationEntry:
    """One entry of the main navigation. ``narrow`` entries also stand in the bar of a phone."""

    label: str
    icon: str
    url: str
    current: bool
    narrow: bool


def interface_of(request: HttpRequest) -> InterfacePreferences:
    """Return the look that this reader chose: the account's, else the cookie's, else the default."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        chosen: InterfacePreferences = user.chosen.interface
        return chosen
    return _from_cookie(request.COOKIES.get(COOKIE, ""))


def remember_interface(response: HttpResponseBase, interface: InterfacePreferences) -> None:
    """Let the browser keep this look for pages that are read before sign-in."""
    value = ".".join(str(getattr(interface, field)) for field in _FIELDS)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, value, max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=secure)


def _from_cookie(value: str) -> InterfacePreferences:
    parts = value.split(".")
    if len(parts) != len(_FIELDS):
        return InterfacePreferences()
    try:
        return InterfacePreferences.model_validate(dict(zip(_FIELDS, parts, strict=True)))
    except ValidationError:
        return InterfacePreferences()


def navigation_of(request: HttpRequest) -> list[NavigationEntry]:
    """Return the entries of the main navigation whose pages exist, with the current one marked."""
    entries = []
    for name, label, icon in _NAVIGATION:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        current = request.path == url if url == "/" else request.path.startswith(url)
        entries.append(NavigationEntry(str(label), icon, url, current, narrow=name != "leaderboard"))
    return entries


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``interface`` for the <html> element, ``navigation`` for the bar. Both are lazy."""
    return {
        "interface": SimpleLazyObject(lambda: _attributes(interface_of(request))),
        "navigation": SimpleLazyObject(lambda: navigation_of(request)),
    }


def _attributes(interface: InterfacePreferences) -> dict[str, Any]:
    """Say the look in the words of the base template: attributes, and media of the optional sheets."""
    contrast_media = {Contrast.AUTO: "(prefers-contrast: more)", Contrast.HIGH: "all", Contrast.STANDARD: ""}
    still_media = {Motion.AUTO: "(prefers-reduced-motion: reduce)", Motion.REDUCED: "all", Motion.FULL: ""}
    return {
        "theme": interface.theme.value,
        "themes": [(theme.value, theme == interface.theme) for theme in Theme],
        "contrast": interface.contrast.value,
        "motion": interface.motion.value,
        "text_size": interface.text_size,
        "typing_pace": interface.typing_pace.value,
        "contrast_media": contrast_media[interface.contrast],
        "still_media": still_media[interface.motion],
    }
