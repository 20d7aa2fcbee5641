"""Which doors there are."""

import pytest
from django.test import Client

from tests.clients import confirm_email
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("client_kind", ["app", "browser"])
def test_nobody_signs_up_past_the_terms(client: Client, client_kind: str) -> None:
    """The sign-in library has an API of its own, whose sign-up asks for no agreement."""
    body = {"email": "past@firstline.example", "password": PASSWORD}
    path = f"/_allauth/{client_kind}/v1/auth/signup"
    assert client.post(path, body, content_type="application/json").status_code == 404


def test_an_address_of_the_api_with_a_slash_needs_no_csrf_token_for_a_bearer() -> None:
    person = confirm_email(UserFactory.create())
    strict = Client(enforce_csrf_checks=True)
    body = {"email": person.email, "password": PASSWORD}
    answered = strict.post("/api/v1/auth/login/", body, content_type="application/json")
    assert answered.status_code == 200
    headers = {"authorization": f"Bearer {answered.json()['access']}"}
    assert strict.post("/api/v1/auth/logout/", headers=headers).status_code == 204


def test_an_address_of_the_api_with_a_slash_still_needs_it_for_a_cookie() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory.create())
    answered = strict.post("/api/v1/auth/logout/")
    assert (answered.status_code, answered.json()["code"]) == (403, "csrf_failed")
    assert strict.get("/api/v1/users/me").status_code == 200
