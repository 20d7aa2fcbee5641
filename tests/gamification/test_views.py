"""The pages of achievements and of the leaderboard."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gamification.models import Achievement, UserAchievement, XpEntry
from gamification.queries import place_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

QUERY_BUDGET = 12


@pytest.fixture
def trainee() -> User:
    return UserFactory(username="me-myself")


@pytest.fixture
def client(client: Client, trainee: User) -> Client:
    client.force_login(trainee)
    return client


def earn(user: User, points: int, *, days_ago: float = 1) -> None:
    XpEntry.objects.create(
        user=user,
        rule="session",
        source=f"{user.pk}-{days_ago}",
        points=points,
        words="a call",
        earned_at=timezone.now() - dt.timedelta(days=days_ago),
    )


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", ["/achievements/", "/leaderboard/"])
def test_without_sign_in_one_is_asked_to(path: str) -> None:
    assert Client().get(path)["Location"] == f"{reverse('account_login')}?next={path}"
    assert Client().post(path).status_code in (302, 405)


class TestAchievements:
    @pytest.fixture(autouse=True)
    def shipped(self) -> None:
        call_command("seed_gamification", verbosity=0)

    def test_every_achievement_stands_under_its_tier(self, client: Client) -> None:
        html = page(client, "/achievements/")
        assert html.count("medal-card") == Achievement.objects.filter(is_active=True).count() == 10
        places = [html.index(f'id="tier-{tier}"') for tier in ("bronze", "silver", "gold", "platinum")]
        assert places == sorted(places)
        assert "0 of 10" in html

    def test_earned_ones_have_their_day_and_others_their_progress(
        self, client: Client, trainee: User
    ) -> None:
        first, paper = Achievement.objects.get(slug="first-call"), Achievement.objects.get(slug="paper-trail")
        day = dt.datetime(2026, 3, 31, 23, 30, tzinfo=dt.UTC)
        UserAchievement.objects.create(user=trainee, achievement=first, progress=1, earned_at=day)
        UserAchievement.objects.create(user=trainee, achievement=paper, progress=2 / 3)
        trainee.timezone = "Europe/Paris"
        trainee.save()
        html = page(client, "/achievements/")
        assert "1 April 2026" in html
        assert "2 of 3" in html
        assert "1 of 10" in html

    def test_what_others_earned_is_theirs(self, client: Client) -> None:
        first = Achievement.objects.get(slug="first-call")
        UserAchievement.objects.create(
            user=UserFactory(), achievement=first, progress=1, earned_at=timezone.now()
        )
        assert "Earned</span>" not in page(client, "/achievements/")

    def test_an_unknown_one_is_left_out(self, client: Client) -> None:
        Achievement.objects.filter(tier="platinum").update(is_active=False)
        assert "tier-platinum" not in page(client, "/achievements/")


def test_no_achievements_are_said(client: Client) -> None:
    assert "No achievements yet" in page(client, "/achievements/")


class TestLeaderboard:
    def test_most_xp_comes_first_and_one_s_own_row_is_marked(self, client: Client, trainee: User) -> None:
        earn(UserFactory(username="ahead"), 90)
        earn(trainee, 50)
        html = page(client, "/leaderboard/")
        assert html.index("ahead") < html.index('class="is-me"')
        assert html.count("is-me") == 1

    def test_periods_count_what_was_earned_in_them(self, client: Client, trainee: User) -> None:
        earn(trainee, 70, days_ago=20)
        earn(trainee, 5, days_ago=2)
        for period, sum_ in (("week", 5), ("month", 75), ("all", 75), ("no-such-period", 75)):
            assert f"<b>{sum_}</b>" in page(client, f"/leaderboard/?period={period}")

    def test_who_opted_out_is_not_seen_and_told_so(self, client: Client, trainee: User) -> None:
        hidden = UserFactory(username="hidden-one", preferences={"privacy": {"leaderboard": False}})
        earn(hidden, 900)
        earn(trainee, 50)
        assert "hidden-one" not in page(client, "/leaderboard/")
        trainee.preferences["privacy"] = {"leaderboard": False}
        trainee.save()
        html = page(client, "/leaderboard/")
        assert "You are not on the leaderboard" in html
        assert "is-me" not in html
        assert place_of(trainee) is None

    def test_an_address_is_never_shown(self, client: Client) -> None:
        nameless = UserFactory(username=None, first_name="", last_name="", email="secret.name@x.example")
        earn(nameless, 10)
        html = page(client, "/leaderboard/")
        assert "secret.name" not in html
        assert nameless.display_name in html

    def test_the_same_xp_is_the_same_place(self, client: Client, trainee: User) -> None:
        for user in (UserFactory(), UserFactory()):
            earn(user, 90)
        earn(trainee, 50)
        html = page(client, "/leaderboard/")
        assert html.count("<span>1</span>") == 2
        assert "<span>3</span>" in html
        place = place_of(trainee)
        assert place is not None
        assert (place.place, place.earned, place.runs) == (3, 50, 1)

    def test_somebody_below_the_list_still_sees_their_place(self, client: Client, trainee: User) -> None:
        for number in range(51):
            earn(UserFactory(), 100 + number)
        earn(trainee, 3)
        html = page(client, "/leaderboard/")
        assert "is-apart" in html
        assert "<span>52</span>" in html

    def test_an_empty_period_leads_to_the_scenarios(self, client: Client) -> None:
        html = page(client, "/leaderboard/?period=week")
        assert "Nobody has earned XP in this time" in html
        assert reverse("catalogue") in html


@pytest.mark.parametrize("path", ["/achievements/", "/leaderboard/"])
@pytest.mark.parametrize("size", [1, 3, 50])
def test_queries_do_not_grow(client: Client, trainee: User, path: str, size: int) -> None:
    call_command("seed_gamification", verbosity=0)
    earn(trainee, 1)
    for number in range(size):
        earn(UserFactory(), 10 + number)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) <= QUERY_BUDGET
