"""Named reads about people and terms."""

import zoneinfo
from functools import cache

from accounts.models import TermsVersion, User


def active_terms() -> TermsVersion | None:
    """Return the wording of the terms that is in force, if any was loaded."""
    return TermsVersion.objects.filter(is_active=True).first()


def has_agreed(user: User, terms: TermsVersion) -> bool:
    """Say whether the person agreed to exactly this wording."""
    return user.terms_agreements.filter(terms=terms).exists()


@cache
def timezones() -> list[tuple[str, list[str]]]:
    """Return the places of the IANA list by continent: ``[("Europe", ["Europe/Paris"])]``.

    Old names without a continent, which only point to others, are left out; ``UTC`` leads.
    """
    groups: dict[str, list[str]] = {"UTC": ["UTC"]}
    continents = {
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
    for name in sorted(zoneinfo.available_timezones()):
        continent, _slash, place = name.partition("/")
        if place and continent in continents:
            groups.setdefault(continent, []).append(name)
    return list(groups.items())
