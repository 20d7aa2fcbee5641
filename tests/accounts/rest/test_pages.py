"""Cursors that no server ever gave."""

import base64

import pytest

from accounts.models import User
from tests.clients import ApiClient
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> User:
    return UserFactory.create()


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("users/me/achievements", '{"position": 1, "slug": "a\\u0000"}'),
        ("users/me/achievements", '{"position": 1, "slug": "a\\ud800"}'),
        ("scenarios", '{"rank": 1, "title": "\\u0000", "slug": "a"}'),
    ],
)
def test_a_text_in_a_cursor_that_cannot_be_stored_is_refused(person: User, path: str, place: str) -> None:
    cursor = base64.urlsafe_b64encode(place.encode()).decode()
    answered = ApiClient.of(person).get(path, cursor=cursor)
    assert (answered.status, answered.body["code"]) == (400, "invalid")
    assert list(answered.body["errors"]) == ["cursor"]
