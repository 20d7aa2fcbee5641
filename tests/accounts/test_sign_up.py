"""The way in: sign-up, the mailed code, sign-in, and what strangers can find out (nothing)."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from accounts.models import TermsAgreement, TermsVersion, User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

NEW = {"email": "New@Firstline.example", "password1": PASSWORD, "terms": "on", "first_name": "Noor"}
SIGN_UP, SIGN_IN, CONFIRM = "/account/signup/", "/account/login/", "/account/confirm-email/"


def words(response: HttpResponse) -> str:
    """Return what a reader of the page sees, without what differs from request to request."""
    text = re.sub(r"<[^>]+>", " ", re.sub(r'value="[^"]*"', "", response.content.decode()))
    return " ".join(text.split())


def test_sign_up_by_code_to_being_signed_in(
    client: Client, terms: TermsVersion, mailed_code: Callable[[], str]
) -> None:
    response = client.post(SIGN_UP, NEW | {"timezone": "Europe/Paris"}, follow=True)
    assert response.redirect_chain[-1][0] == CONFIRM
    assert "new@firstline.example" in words(response)
    assert "_auth_user_id" not in client.session
    user = User.objects.get(email="new@firstline.example")
    assert (user.first_name, user.timezone, user.role_id, user.email_verified_at) == (
        "Noor", "Europe/Paris", "individual", None,
    )  # fmt: skip
    assert TermsAgreement.objects.filter(user=user, terms=terms).exists()
    assert mail.outbox[-1].to == ["new@firstline.example"]

    client.post(CONFIRM, {"code": mailed_code()}, follow=True)
    assert client.session["_auth_user_id"] == str(user.pk)
    user.refresh_from_db()
    assert user.email_verified_at is not None

    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session
    client.post(SIGN_IN, {"login": "NEW@firstline.example", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_code_confirms_nothing_and_the_third_ends_it(
    client: Client, terms: TermsVersion, mailed_code: Callable[[], str]
) -> None:
    client.post(SIGN_UP, NEW)
    code = mailed_code()
    response = client.post(CONFIRM, {"code": "WRONG-1"})
    assert "not the one we sent" in words(response)
    for _ in range(2):
        response = client.post(CONFIRM, {"code": "WRONG-1"})
    assert response.status_code == 302
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session
    assert User.objects.get(email="new@firstline.example").email_verified_at is None


def test_an_unconfirmed_person_cannot_sign_in_and_is_sent_a_code(client: Client, terms: TermsVersion) -> None:
    client.post(SIGN_UP, NEW)
    cache.clear()  # a second code within ten seconds is refused
    other = Client()
    response = other.post(SIGN_IN, {"login": NEW["email"], "password": PASSWORD})
    assert response["Location"] == CONFIRM
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"terms": ""}, "id_terms_error"),
        ({"email": "nobody"}, "id_email_error"),
        ({"email": "a\0b@firstline.example"}, "id_email_error"),
        ({"email": "x" * 300 + "@firstline.example"}, "id_email_error"),
        ({"password1": "password"}, "id_password1_error"),
        ({"first_name": "x" * 81}, "id_first_name_error"),
    ],
)
def test_a_faulty_sign_up_names_the_field_and_stores_nobody(
    client: Client, terms: TermsVersion, change: dict[str, str], field: str
) -> None:
    response = client.post(SIGN_UP, NEW | change)
    page = response.content.decode()
    assert f'id="{field}"' in page
    assert re.search(rf'aria-describedby="[^"]*\b{field}\b', page), "the error is not tied to its control"
    assert not User.objects.exists()


def test_an_unknown_browser_time_zone_does_not_stop_a_sign_up(client: Client, terms: TermsVersion) -> None:
    client.post(SIGN_UP, NEW | {"timezone": "Mars/Base"})
    assert User.objects.get().timezone == "UTC"


def test_sign_up_says_the_same_for_known_and_unknown_addresses(client: Client, confirmed_user: User) -> None:
    known = client.post(SIGN_UP, NEW | {"email": confirmed_user.email}, follow=True)
    assert mail.outbox[-1].to == [confirmed_user.email]
    assert "has a Firstline account already" in str(mail.outbox[-1].body)
    unknown = Client().post(SIGN_UP, NEW, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert words(known).replace(confirmed_user.email, "X") == words(unknown).replace(
        "new@firstline.example", "X"
    )
    assert User.objects.filter(email=confirmed_user.email).count() == 1


def test_sign_in_says_the_same_for_a_wrong_password_and_an_unknown_address(
    client: Client, confirmed_user: User
) -> None:
    wrong = client.post(SIGN_IN, {"login": confirmed_user.email, "password": "Wrong-Password-1"})
    unknown = client.post(SIGN_IN, {"login": "nobody@firstline.example", "password": "Wrong-Password-1"})
    assert "do not go together" in words(wrong)
    assert words(wrong) == words(unknown)


def test_a_guesser_is_stopped_after_five_wrong_passwords(client: Client, confirmed_user: User) -> None:
    for _ in range(5):
        client.post(SIGN_IN, {"login": confirmed_user.email, "password": "Wrong-Password-1"})
    response = client.post(SIGN_IN, {"login": confirmed_user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert "Too many attempts" in words(response)


def test_too_many_sign_ups_from_one_address_get_a_page_that_says_so(
    client: Client, terms: TermsVersion
) -> None:
    statuses = [client.post(SIGN_UP, {}).status_code for _ in range(21)]
    assert statuses[-1] == 429
    assert "That was too quick" in words(client.post(SIGN_UP, {}))


def test_a_deleted_person_cannot_sign_in(client: Client, confirmed_user: User) -> None:
    confirmed_user.is_active = False
    confirmed_user.save()
    client.post(SIGN_IN, {"login": confirmed_user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_password_reset_by_code(client: Client, confirmed_user: User, mailed_code: Callable[[], str]) -> None:
    client.post("/account/password/reset/", {"email": confirmed_user.email})
    response = client.post("/account/password/reset/confirm/", {"code": mailed_code()})
    assert response["Location"] == "/account/password/reset/complete/"
    weak = client.post("/account/password/reset/complete/", {"password1": "password"})
    assert 'id="id_password1_error"' in weak.content.decode()
    client.post("/account/password/reset/complete/", {"password1": "Another-Word-22"})
    confirmed_user.refresh_from_db()
    assert confirmed_user.check_password("Another-Word-22")


def test_password_reset_says_the_same_for_known_and_unknown_addresses(
    client: Client, confirmed_user: User
) -> None:
    known = client.post("/account/password/reset/", {"email": confirmed_user.email}, follow=True)
    unknown = Client().post("/account/password/reset/", {"email": "nobody@firstline.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert words(known).replace(confirmed_user.email, "X") == words(unknown).replace(
        "nobody@firstline.example", "X"
    )
    assert "There is no Firstline account" in str(mail.outbox[-1].body)


def test_changing_the_password_needs_the_old_one(client: Client, confirmed_user: User) -> None:
    client.force_login(confirmed_user)
    change = {"oldpassword": "Wrong-Password-1", "password1": "Another-Word-22"}
    refused = client.post("/account/password/change/", change)
    assert 'id="id_oldpassword_error"' in refused.content.decode()
    client.post("/account/password/change/", change | {"oldpassword": PASSWORD})
    confirmed_user.refresh_from_db()
    assert confirmed_user.check_password("Another-Word-22")
