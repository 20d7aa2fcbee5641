"""The ledger: entered once, its sums on the user, achievements with it."""

from __future__ import annotations

import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone

from gamification.actions import award_session
from gamification.models import UserAchievement, XpEntry
from gamification.queries import achievements_for, leaderboard
from tests.factories import UserFactory
from tests.gamification.runs import card

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    call_command("seed_gamification")
    return UserFactory()


def award(user, session_id=None, overall: float = 80, **changes):
    return award_session(
        user_id=user.pk,
        session_id=session_id or uuid.uuid4(),
        scenario_slug="a-scenario",
        difficulty="starter",
        xp_reward=100,
        ending="resolved",
        caller_genuine=True,
        card=card(overall, **changes),
        finished_at=timezone.now(),
    )


def test_a_session_is_entered_once(user) -> None:
    session_id = uuid.uuid4()
    first, second = award(user, session_id), award(user, session_id)
    assert first.xp == second.xp == 105
    assert [a.slug for a in first.achievements] == [a.slug for a in second.achievements]
    assert XpEntry.objects.filter(user=user, rule="session").count() == 1


def test_level_and_xp_are_the_ledgers_sums(user) -> None:
    given = award(user)
    user.refresh_from_db()
    assert (user.xp, user.level) == (105, 2)
    assert (given.level_before, given.level) == (1, 2)


def test_a_worse_repeat_earns_nothing_and_takes_nothing(user) -> None:
    award(user, overall=90)
    assert award(user, overall=50).xp == 0
    user.refresh_from_db()
    assert user.xp == 95 + 15


def test_a_void_run_leaves_the_first_attempt_open(user) -> None:
    assert award(user, overall=90, valid=False).xp == 0
    assert award(user, overall=90).xp == 95 + 15


def test_achievements_come_with_the_run_and_stay(user) -> None:
    assert {a.slug for a in award(user).achievements} == {"first-call", "first-pass"}
    assert award(user).achievements == []
    assert UserAchievement.objects.filter(user=user, earned_at__isnull=False).count() == 2


def test_the_page_of_achievements_costs_one_query(user, django_assert_num_queries) -> None:
    award(user)
    with django_assert_num_queries(1):
        shown = list(achievements_for(user))
    assert len(shown) == 10
    assert sum(a.earned_at is not None for a in shown) == 2


def test_the_leaderboard_shows_only_who_agreed(user, django_assert_num_queries) -> None:
    other = UserFactory()
    award(user), award(other)
    user.preferences["privacy"]["leaderboard"] = True
    user.save()
    other.preferences["privacy"]["leaderboard"] = False
    other.save()
    with django_assert_num_queries(1):
        assert [(row.pk, row.earned, row.runs) for row in leaderboard()] == [(user.pk, 105, 1)]
