"""What tests about people share: fresh rate limits, terms in force, and the code out of a mail."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.cache import cache

from accounts import actions
from accounts.models import TermsVersion, User
from tests.factories import PASSWORD


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def terms(db: None) -> TermsVersion:
    return actions.publish_terms(
        version="2026-11", content="# Terms\n\nBe **kind**.\n\n<script>alert(1)</script>"
    )


@pytest.fixture
def confirmed_user(terms: TermsVersion) -> User:
    """Somebody who signed up and confirmed long ago."""
    return actions.create_confirmed_user(email="ada@firstline.example", password=PASSWORD, first_name="Ada")


@pytest.fixture
def mailed_code() -> Callable[[], str]:
    """Read the code out of the newest mail."""

    def read() -> str:
        found = re.search(r"^\s{4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found[1]

    return read
