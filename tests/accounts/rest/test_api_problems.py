"""How the API says that something was refused, wherever it happens."""

import json
from typing import Any
from unittest import mock

import pytest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory, override_settings

from accounts.models import User
from accounts.rest.problems import GENERAL
from accounts.rest.throttling import PersonThrottle
from config.views import broken
from tests.clients import Answered, ApiClient
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

MEMBERS = {"type", "title", "status", "detail", "code"}


@pytest.fixture
def client(db: None) -> ApiClient:
    return ApiClient.of(UserFactory())


def assert_problem(answered: Answered, status: int, code: str) -> None:
    assert (answered.status, answered.body["code"]) == (status, code), answered
    assert answered.headers["Content-Type"] == "application/problem+json"
    assert answered.body.keys() >= MEMBERS
    assert answered.body["status"] == status
    assert answered.body["type"] == f"/api/docs/#problem-{code}"


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "nothing/",
        "sessions/not-a-uuid",
        "scenarios/a/b/c",
        "/api/",
        "/api/v2/users/me",
        "auth/login/more",
        "/api/v1//",
        "%00",
    ],
)
def test_an_unknown_address(path: str) -> None:
    for method in ("get", "post", "delete"):
        assert_problem(ApiClient().ask(method, path), 404, "not_found")


def test_another_method(client: ApiClient) -> None:
    answered = client.ask("delete", "users/me")
    assert_problem(answered, 405, "method_not_allowed")
    assert "GET" in answered.headers["Allow"]
    assert_problem(client.ask("options", "users/me"), 405, "method_not_allowed")


def test_nobody_on_the_way_keeps_an_answer(client: ApiClient) -> None:
    assert client.get("users/me").headers["Cache-Control"] == "no-store"
    assert ApiClient().get("users/me").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[1, 2",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b"[" * 200_000,
        b'{"a": ' * 50_000,
        b"1" * 9_000,
        b'{"email": "\xed\xa0\x80"}',
    ],
)
def test_what_is_no_json(body: bytes) -> None:
    assert_problem(ApiClient().post("auth/login", body), 400, "malformed_json")


@pytest.mark.parametrize("body", [[], "text", 5, None, True, [{"email": "a@b.example"}]])
def test_json_that_is_no_object(body: Any) -> None:
    answered = ApiClient().post("auth/login", json.dumps(body).encode())
    assert_problem(answered, 400, "invalid")
    assert list(answered.body["errors"]) == ["body"]


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml", "x"],
)
def test_another_media_type(kind: str) -> None:
    answered = ApiClient().post("auth/login", b"email=a&password=b", content_type=kind)
    assert_problem(answered, 415, "unsupported_media_type")


def test_a_body_that_is_too_large(client: ApiClient) -> None:
    huge = b'{"refresh": "' + b"x" * (1024 * 1024) + b'"}'
    assert_problem(ApiClient().post("auth/refresh", huge), 413, "too_large")
    assert_problem(client.post("scenarios/any/start", huge, key="k"), 413, "too_large")


def test_a_body_of_unknown_length(client: ApiClient) -> None:
    answered = client.ask("get", "users/me", Transfer_Encoding="chunked")
    assert_problem(answered, 411, "length_required")


def test_a_media_type_with_parameters_is_json_all_the_same() -> None:
    answered = ApiClient().post("auth/login", b"{}", content_type="Application/JSON; charset=utf-8")
    assert_problem(answered, 400, "invalid")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/png", "*/*", ""])
def test_json_is_answered_whatever_is_accepted(client: ApiClient, accept: str) -> None:
    answered = client.ask("get", "users/me", Accept=accept)
    assert (answered.status, answered.headers["Content-Type"]) == (200, "application/json")


def test_a_format_in_the_address_is_ignored(client: ApiClient) -> None:
    assert client.get("users/me", format="html").status == 200


def test_a_slash_at_the_end_makes_no_difference(client: ApiClient) -> None:
    assert client.get("users/me/").body == client.get("users/me").body
    assert client.post("auth/logout/").status == 204


def test_too_many_requests(client: ApiClient) -> None:
    with mock.patch.object(PersonThrottle, "rate", "2/min"):
        answers = [client.get("users/me") for _ in range(3)]
    assert [one.status for one in answers] == [200, 200, 429]
    assert_problem(answers[2], 429, "throttled")
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_is_away(client: ApiClient, fault: type[Exception]) -> None:
    with mock.patch("accounts.api.Person.of", side_effect=fault("gone")):
        answered = client.get("users/me")
    assert_problem(answered, 503, "try_again")
    assert answered.headers["Retry-After"]
    assert b"gone" not in answered.content


def test_a_fault_of_ours_tells_nothing_of_itself(client: ApiClient) -> None:
    with mock.patch("accounts.api.Person.of", side_effect=RuntimeError("secret detail")):
        answered = client.get("users/me")
    assert_problem(answered, 500, "internal")
    assert b"secret" not in answered.content


def test_the_servers_own_errors_are_problems_too() -> None:
    response = broken(RequestFactory().get("/api/v1/users/me"))
    assert json.loads(response.content)["code"] == "internal"


@override_settings(ALLOWED_HOSTS=["firstline.example"])
def test_a_foreign_host_is_a_problem(client: ApiClient) -> None:
    answered = client.ask("get", "users/me", Host="evil.example")
    assert answered.status == 400
    assert answered.headers["Content-Type"] == "application/problem+json"


def test_codes_are_unique() -> None:
    assert len({kind.code for kind in GENERAL}) == len(GENERAL)


def test_a_person_who_is_gone_is_signed_out(client: ApiClient) -> None:
    User.objects.all().delete()
    assert_problem(client.get("users/me"), 401, "bad_token")
