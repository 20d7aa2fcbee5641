"""Signing in and out through the API, and who one is."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession as SignedInSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from sessions_app.tokens import authenticate_token
from tests.clients import ApiClient, confirm_email
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> User:
    return confirm_email(UserFactory())


class TestSignIn:
    def test_gives_tokens_and_says_whose_they_are(self, person: User) -> None:
        answered = ApiClient().post("auth/login", {"email": person.email.upper(), "password": PASSWORD})
        assert answered.status == 200
        assert set(answered.body) == {"access", "refresh", "token_type", "expires_at", "user"}
        assert answered.body["user"]["email"] == person.email
        left = dt.datetime.fromisoformat(answered.body["expires_at"]) - timezone.now()
        assert dt.timedelta(minutes=14) < left <= dt.timedelta(minutes=15)
        assert answered.headers["Cache-Control"] == "no-store"
        assert not answered.headers.get("Set-Cookie")

    def test_the_token_signs_in_to_the_api_and_to_the_socket(self, person: User) -> None:
        client = ApiClient.of(person)
        assert client.get("users/me").body["id"] == str(person.pk)
        assert authenticate_token(client.token) == person

    def test_it_is_listed_among_the_sessions_of_the_person(self, person: User) -> None:
        ApiClient.of(person)
        assert SignedInSession.objects.filter(user=person).count() == 1

    def test_an_unknown_address_and_a_wrong_password_sound_the_same(self, person: User) -> None:
        wrong = ApiClient().post("auth/login", {"email": person.email, "password": "Wrong-Password-1"})
        unknown = ApiClient().post("auth/login", {"email": "nobody@firstline.example", "password": PASSWORD})
        assert wrong.status == unknown.status == 401
        assert wrong.body == unknown.body
        assert wrong.body["code"] == "invalid_credentials"
        assert wrong.headers["WWW-Authenticate"] == "Bearer"

    def test_an_unknown_address_costs_a_hash_too(self, person: User) -> None:
        def hashes(email: str) -> int:
            with mock.patch.object(
                MD5PasswordHasher, "encode", autospec=True, return_value="md5$x$y"
            ) as encode:
                ApiClient().post("auth/login", {"email": email, "password": "Wrong-Password-1"})
            return encode.call_count

        assert hashes(person.email) == hashes("nobody@firstline.example") == 1

    def test_an_unconfirmed_address_is_told_so_only_with_the_right_password(self) -> None:
        person = UserFactory()
        EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
        right = ApiClient().post("auth/login", {"email": person.email, "password": PASSWORD})
        wrong = ApiClient().post("auth/login", {"email": person.email, "password": "Wrong-Password-1"})
        assert (right.status, right.body["code"]) == (403, "email_unverified")
        assert (wrong.status, wrong.body["code"]) == (401, "invalid_credentials")

    def test_somebody_who_was_shut_out_is_a_stranger(self, person: User) -> None:
        person.is_active = False
        person.save()
        answered = ApiClient().post("auth/login", {"email": person.email, "password": PASSWORD})
        assert (answered.status, answered.body["code"]) == (401, "invalid_credentials")

    def test_too_many_attempts_wait_even_with_the_right_password(self, person: User) -> None:
        for _ in range(5):
            ApiClient().post("auth/login", {"email": person.email, "password": "Wrong-Password-1"})
        answered = ApiClient().post("auth/login", {"email": person.email, "password": PASSWORD})
        assert (answered.status, answered.body["code"]) == (429, "throttled")
        assert int(answered.headers["Retry-After"]) == answered.body["retry_after"] > 0

    def test_the_limit_tells_nothing_about_accounts(self) -> None:
        statuses = [
            ApiClient().post("auth/login", {"email": "nobody@firstline.example", "password": PASSWORD}).status
            for _ in range(6)
        ]
        assert statuses == [401] * 5 + [429]

    def test_a_cookie_neither_helps_nor_hinders(self, person: User) -> None:
        other = confirm_email(UserFactory())
        client = ApiClient()
        client.client.force_login(other)
        answered = client.post("auth/login", {"email": person.email, "password": PASSWORD})
        assert answered.body["user"]["id"] == str(person.pk)
        assert client.client.session["_auth_user_id"] == str(other.pk)

    def test_a_refused_sign_in_leaves_nothing_behind(self, person: User) -> None:
        totp.TOTP.activate(person, totp.generate_totp_secret())
        answered = ApiClient().post("auth/login", {"email": person.email, "password": PASSWORD})
        assert answered.body["code"] == "second_factor_required"
        assert Session.objects.count() == 0

    def test_a_second_factor_is_asked_for(self, person: User) -> None:
        totp.TOTP.activate(person, totp.generate_totp_secret())
        codes = RecoveryCodes.activate(person).get_unused_codes()
        wish = {"email": person.email, "password": PASSWORD}
        assert (
            ApiClient().post("auth/login", {**wish, "code": "000000"}).body["code"] == "second_factor_wrong"
        )
        assert ApiClient().post("auth/login", {**wish, "code": codes[0]}).status == 200
        assert Authenticator.objects.filter(user=person).count() == 2

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"password": PASSWORD}, "email"),
            ({"email": "sam@firstline.example"}, "password"),
            ({"email": "not an address", "password": PASSWORD}, "email"),
            ({"email": ["a@b.example"], "password": PASSWORD}, "email"),
            ({"email": "a\x00@b.example", "password": PASSWORD}, "email"),
            ({"email": "a" * 300 + "@b.example", "password": PASSWORD}, "email"),
            ({"email": "a@b.example", "password": "x" * 129}, "password"),
            ({"email": "a@b.example", "password": "x\x00"}, "password"),
            ({"email": "a@b.example", "password": 12345678}, "password"),
            ({"email": "a@b.example", "password": "x", "admin": True}, "admin"),
            ({"email": "a@b.example", "password": "x", "code": "1" * 50}, "code"),
        ],
    )
    def test_wrong_fields_are_named(self, body: object, field: str) -> None:
        answered = ApiClient().post("auth/login", body)
        assert (answered.status, answered.body["code"]) == (400, "invalid")
        assert list(answered.body["errors"]) == [field]


class TestRefresh:
    @pytest.fixture
    def tokens(self, person: User) -> dict[str, str]:
        body: dict[str, str] = (
            ApiClient().post("auth/login", {"email": person.email, "password": PASSWORD}).body
        )
        return body

    def test_each_refresh_token_works_once(self, tokens: dict[str, str]) -> None:
        renewed = ApiClient().post("auth/refresh", {"refresh": tokens["refresh"]})
        assert renewed.status == 200
        assert renewed.body["refresh"] != tokens["refresh"]
        assert ApiClient(renewed.body["access"]).get("users/me").status == 200
        again = ApiClient().post("auth/refresh", {"refresh": tokens["refresh"]})
        assert (again.status, again.body["code"]) == (401, "bad_token")
        assert ApiClient().post("auth/refresh", {"refresh": renewed.body["refresh"]}).status == 200

    def test_an_access_token_renews_nothing(self, tokens: dict[str, str]) -> None:
        assert ApiClient().post("auth/refresh", {"refresh": tokens["access"]}).status == 401
        assert ApiClient(tokens["refresh"]).get("users/me").status == 401

    @pytest.mark.parametrize("token", ["x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "ü" * 30])
    def test_nonsense_is_refused(self, token: str) -> None:
        answered = ApiClient().post("auth/refresh", {"refresh": token})
        assert (answered.status, answered.body["code"]) == (401, "bad_token")

    def test_a_change_of_password_ends_it(self, person: User, tokens: dict[str, str]) -> None:
        person.set_password("Another-Practice-2")
        person.save()
        assert ApiClient(tokens["access"]).get("users/me").status == 401
        assert ApiClient().post("auth/refresh", {"refresh": tokens["refresh"]}).status == 401


@pytest.mark.django_db(transaction=True)
def test_a_refresh_token_used_at_the_same_moment_works_once() -> None:
    person = confirm_email(UserFactory())
    tokens = ApiClient().post("auth/login", {"email": person.email, "password": PASSWORD}).body

    def renew(_: int) -> int:
        try:
            return ApiClient().post("auth/refresh", {"refresh": tokens["refresh"]}).status
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(renew, range(6))) == [200, 401, 401, 401, 401, 401]


class TestSignOut:
    def test_the_access_token_stops_working_at_once(self, person: User) -> None:
        client, other = ApiClient.of(person), ApiClient.of(person)
        assert client.post("auth/logout").status == 204
        assert client.get("users/me").body["code"] == "bad_token"
        assert authenticate_token(client.token) is None
        assert other.get("users/me").status == 200

    def test_so_does_the_refresh_token(self, person: User) -> None:
        tokens = ApiClient().post("auth/login", {"email": person.email, "password": PASSWORD}).body
        ApiClient(tokens["access"]).post("auth/logout")
        assert ApiClient().post("auth/refresh", {"refresh": tokens["refresh"]}).status == 401

    def test_with_the_cookie_it_ends_the_browsers_session(self, person: User) -> None:
        client = ApiClient()
        client.client.force_login(person)
        assert client.post("auth/logout").status == 204
        assert client.get("users/me").status == 401


class TestWho:
    def test_nobody_is_told_how_to_sign_in(self) -> None:
        answered = ApiClient().get("users/me")
        assert (answered.status, answered.body["code"]) == (401, "not_signed_in")
        assert answered.headers["WWW-Authenticate"] == "Bearer"
        assert answered.headers["Content-Type"] == "application/problem+json"

    @pytest.mark.parametrize(
        "value", ["Bearer", "Bearer x", "Bearer a b", "Bearer \u00fc", "Basic eDp4", "Bearer " + "x" * 9000]
    )
    def test_a_strange_authorization_is_no_sign_in(self, value: str) -> None:
        answered = ApiClient().ask("get", "users/me", Authorization=value.encode().decode("latin-1"))
        assert answered.status == 401

    def test_the_cookie_works_for_reading(self, person: User) -> None:
        client = ApiClient()
        client.client.force_login(person)
        assert client.get("users/me").body["email"] == person.email

    def test_the_cookie_needs_the_csrf_token_for_anything_else(self, person: User) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(person)
        refused = strict.post("/api/v1/auth/logout")
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
        strict.get("/account/preferences/")
        token = strict.cookies["csrftoken"].value
        allowed = strict.post("/api/v1/auth/logout", headers={"X-CSRFToken": token})
        assert allowed.status_code == 204

    def test_a_token_needs_no_csrf_token(self, person: User) -> None:
        strict = Client(enforce_csrf_checks=True)
        token = ApiClient.of(person).token
        answered = strict.post("/api/v1/auth/logout", headers={"Authorization": f"Bearer {token}"})
        assert answered.status_code == 204

    def test_me_holds_what_i_chose(self, person: User) -> None:
        body = ApiClient.of(person).get("users/me").body
        assert body["preferences"]["interface"]["typing_pace"] == "human"
        assert body["role"] == "individual"
        assert "password" not in body


def test_the_mailed_code_opens_the_api(mailed_code: Callable[[], str], terms: object) -> None:
    """Sign-up happens on the site; once the address is confirmed there, the API lets the person in."""
    client = Client()
    client.post(
        "/account/signup/",
        {"email": "new@firstline.example", "password1": PASSWORD, "first_name": "New", "terms": "on"},
    )
    wish = {"email": "new@firstline.example", "password": PASSWORD}
    assert ApiClient().post("auth/login", wish).body["code"] == "email_unverified"
    client.post("/account/confirm-email/", {"code": mailed_code()})
    assert ApiClient().post("auth/login", wish).status == 200
