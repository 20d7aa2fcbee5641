"""Achievements and the leaderboard through the API."""

import base64
import datetime as dt
import json
import uuid

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actions import change_preferences
from accounts.models import User
from gamification.models import Achievement, UserAchievement, XpEntry
from tests.clients import ApiClient
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def trainee(db: None) -> User:
    return UserFactory(username="sam")


@pytest.fixture
def client(trainee: User) -> ApiClient:
    return ApiClient.of(trainee)


def earn(user: User, points: int) -> None:
    number = XpEntry.objects.count()
    XpEntry.objects.create(
        user=user, rule="session", source=str(number), points=points, words="", earned_at=timezone.now()
    )


def offer(number: int, **fields: object) -> Achievement:
    wanted: dict[str, object] = {
        "slug": f"achievement-{number}",
        "title": f"Achievement {number}",
        "description": "Something",
        "icon": "medal",
        "tier": "bronze",
        "criteria": {"type": "sessions_completed", "count": 1},
        "position": number // 2,
        **fields,
    }
    return Achievement.objects.create(**wanted)


class TestAchievements:
    def test_shows_all_with_how_far_i_came(self, client: ApiClient, trainee: User) -> None:
        earned, begun, untouched = offer(0), offer(2), offer(4)
        offer(6, is_active=False)
        UserAchievement.objects.create(user=trainee, achievement=earned, progress=1, earned_at=NOW)
        UserAchievement.objects.create(user=trainee, achievement=begun, progress=0.4)
        UserAchievement.objects.create(user=UserFactory(), achievement=untouched, progress=1, earned_at=NOW)
        results = client.get("users/me/achievements").body["results"]
        assert [(one["slug"], one["progress"], one["earned_at"]) for one in results] == [
            ("achievement-0", 1.0, "2026-03-02T09:00:00Z"),
            ("achievement-2", 0.4, None),
            ("achievement-4", 0.0, None),
        ]

    def test_pages_hold_everything_once(self, client: ApiClient) -> None:
        for number in range(7):
            offer(number)
        seen, address = [], "users/me/achievements?page_size=2"
        while address:
            page = client.get(address).body
            seen += [one["slug"] for one in page["results"]]
            address = page["next"]
        assert seen == [f"achievement-{number}" for number in range(7)]

    @pytest.mark.parametrize("many", [1, 3, 50])
    def test_costs_the_same_for_one_and_for_many(
        self, client: ApiClient, many: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(many):
            offer(number)
        with django_assert_num_queries(3):
            assert len(client.get("users/me/achievements", page_size="100").body["results"]) == many


class TestLeaderboard:
    def test_ranks_those_who_take_part(self, client: ApiClient, trainee: User) -> None:
        best, hidden = UserFactory(username="best"), UserFactory(username="hidden")
        change_preferences(user=hidden, changes={"privacy": {"leaderboard": False}})
        for person, points in ((trainee, 50), (best, 90), (hidden, 500), (trainee, 10)):
            earn(person, points)
        answered = client.get("leaderboard")
        rows = [
            (one["rank"], one["display_name"], one["xp"], one["runs"], one["is_me"])
            for one in answered.body["results"]
        ]
        assert rows == [(1, "best", 90, 1, False), (2, "sam", 60, 2, True)]
        assert b"@" not in answered.content

    def test_ranks_go_on_over_pages(self, client: ApiClient) -> None:
        for number in range(7):
            earn(UserFactory(), 100 if number < 5 else 10 * number)  # several with the same XP
        ranks, people, address = [], [], "leaderboard?page_size=2"
        while address:
            page = client.get(address).body
            ranks += [one["rank"] for one in page["results"]]
            people += [one["id"] for one in page["results"]]
            address = page["next"]
        assert ranks == [1, 1, 1, 1, 1, 6, 7]  # who earned the same shares the rank
        assert len(set(people)) == 7

    @pytest.mark.parametrize("many", [1, 3, 50])
    def test_costs_the_same_for_one_and_for_many(
        self, client: ApiClient, many: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(many):
            earn(UserFactory(), 10)
        with django_assert_num_queries(3):
            assert len(client.get("leaderboard", page_size="100").body["results"]) == many


@pytest.mark.parametrize("path", ["leaderboard", "users/me/achievements"])
class TestBoth:
    def test_ask_for_sign_in(self, path: str) -> None:
        assert ApiClient().get(path).body["code"] == "not_signed_in"

    @pytest.mark.parametrize(
        "place",
        [
            {"position": 1, "slug": "a\x00b"},
            {"position": -1, "slug": "a"},
            {"position": 2**63, "slug": "a"},
            {"earned": 10**40, "id": str(uuid.UUID(int=1)), "rank": 1, "shown": 1},
            {"earned": 1, "id": "x", "rank": 1, "shown": 1},
            {"position": 1, "slug": "a", "sql": "1=1"},
        ],
    )
    def test_a_forged_cursor_is_named(self, client: ApiClient, path: str, place: dict[str, object]) -> None:
        cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
        answered = client.get(path, cursor=cursor)
        assert answered.status == 400
        assert list(answered.body["errors"]) == ["cursor"]

    @pytest.mark.parametrize("cursor", ["x", "e30=", "bnVsbA==", "eyJyYW5rIjogIngifQ==", "\x00", "%FF"])
    def test_a_strange_cursor_is_named(self, client: ApiClient, path: str, cursor: str) -> None:
        answered = client.get(path, cursor=cursor)
        assert answered.status == 400
        assert list(answered.body["errors"]) == ["cursor"]

    @pytest.mark.parametrize("size", ["0", "-1", "101", "x", "1e3", "1" * 5000])
    def test_a_strange_size_is_named(self, client: ApiClient, path: str, size: str) -> None:
        assert list(client.get(path, page_size=size).body["errors"]) == ["page_size"]
