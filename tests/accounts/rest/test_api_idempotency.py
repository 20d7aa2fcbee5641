"""A request that is sent again with its key is not done again."""

import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.rest.models import RememberedAnswer
from accounts.tasks import forget_answers
from scenarios.models import Scenario
from sessions_app.models import ChatMessage, SessionEvent, UserSession
from tests.clients import ApiClient
from tests.factories import UserFactory
from tests.sessions_app.conftest import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario(db: None) -> Scenario:
    return published()


@pytest.fixture
def trainee(db: None) -> User:
    return UserFactory()


@pytest.fixture
def client(trainee: User) -> ApiClient:
    return ApiClient.of(trainee)


@pytest.fixture
def session(client: ApiClient, scenario: Scenario) -> str:
    return f"sessions/{client.post(f'scenarios/{scenario.slug}/start').body['id']}"


def test_the_first_answer_is_given_again(client: ApiClient, scenario: Scenario) -> None:
    first = client.post(f"scenarios/{scenario.slug}/start", key="one")
    again = client.post(f"scenarios/{scenario.slug}/start", key="one")
    assert (first.status, again.status) == (201, 201)
    assert again.content == first.content
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert client.post(f"scenarios/{scenario.slug}/start", key="two").status == 200


def test_a_slash_at_the_end_is_the_same_address(client: ApiClient, scenario: Scenario) -> None:
    client.post(f"scenarios/{scenario.slug}/start", key="one")
    assert (
        client.post(f"scenarios/{scenario.slug}/start/", key="one").headers["Idempotency-Replayed"] == "true"
    )


def test_another_body_is_refused_and_nothing_is_done(client: ApiClient, session: str) -> None:
    client.post(f"{session}/tools/look_up", {"arguments": {"record": "person:maria"}}, key="k")
    before = SessionEvent.objects.count()
    refused = client.post(f"{session}/tools/look_up", {"arguments": {"record": "person:hanna"}}, key="k")
    assert (refused.status, refused.body["code"]) == (422, "idempotency_key_reused")
    assert SessionEvent.objects.count() == before


def test_a_key_belongs_to_an_address_and_to_a_person(
    client: ApiClient, session: str, scenario: Scenario
) -> None:
    assert client.post(f"{session}/tools/call_back", {}, key="k").status == 200
    other = client.post(f"{session}/tools/push", {}, key="k")
    assert "Idempotency-Replayed" not in other.headers
    stranger = ApiClient.of(UserFactory())
    assert stranger.post(f"{session}/tools/call_back", {}, key="k").status == 404


def test_a_refusal_is_not_remembered(client: ApiClient, session: str) -> None:
    wish = {"resolution_type": "resolved", "documentation": "Done."}
    assert client.post(f"{session}/resolve", wish, key="k").body["code"] == "verification_required"
    assert RememberedAnswer.objects.count() == 0
    wish = {"resolution_type": "refused", "documentation": "Done.", "reason": "Not verified"}
    assert client.post(f"{session}/resolve", wish, key="k").status == 200


def test_a_message_with_a_key_and_no_new_client_id(client: ApiClient, session: str) -> None:
    wish = {"client_id": str(uuid.uuid4()), "text": "What does the error say?"}
    first = client.post(f"{session}/messages", wish, key="k")
    again = client.post(f"{session}/messages", wish, key="k")
    assert again.status == 201
    assert again.content == first.content
    assert client.post(f"{session}/messages", wish).status == 200


@pytest.mark.parametrize("key", ["", "x" * 201, "a\u00e9", "tab\there"])
def test_a_strange_key_is_named(client: ApiClient, session: str, key: str) -> None:
    answered = client.post(f"{session}/abandon", key=key.encode().decode("latin-1"))
    assert answered.status == 400
    assert list(answered.body["errors"]) == ["Idempotency-Key"]
    assert UserSession.objects.get().is_active


def test_a_form_from_a_page_with_a_key_is_refused(trainee: User, session: str) -> None:
    page = ApiClient()
    page.client.force_login(trainee)
    answered = page.post(
        f"{session}/abandon", b"a=b", key="k", content_type="application/x-www-form-urlencoded"
    )
    assert answered.status in (200, 415)
    multipart = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--\r\n"
    answered = page.post(
        f"{session}/abandon", multipart, key="l", content_type="multipart/form-data; boundary=x"
    )
    assert answered.status in (200, 415)


def test_answers_are_forgotten_after_a_day(client: ApiClient, session: str) -> None:
    client.post(f"{session}/tools/call_back", {}, key="old")
    RememberedAnswer.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
    client.post(f"{session}/tools/push", {}, key="new")
    assert forget_answers.func(0) == 1
    assert RememberedAnswer.objects.get().key == "new"


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_it_is_done_once(scenario: Scenario) -> None:
    client = ApiClient.of(UserFactory())
    session = f"sessions/{client.post(f'scenarios/{scenario.slug}/start').body['id']}"
    barrier = threading.Barrier(8)

    def use(_: int) -> tuple[int, bytes]:
        try:
            own = ApiClient(client.token)
            barrier.wait(timeout=20)
            answered = own.post(f"{session}/tools/call_back", {}, key="same")
            return answered.status, answered.content
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(use, range(8)))
    assert {status for status, _content in answers} == {200}
    assert len({content for _status, content in answers}) == 1
    assert SessionEvent.objects.filter(type="tool.result").count() == 1
    assert ChatMessage.objects.filter(sender="trainee").count() == 0
