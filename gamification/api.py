"""What the reader has earned, and the leaderboard."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.rest.endpoint import Endpoint, answer
from accounts.rest.openapi import Says, documented
from accounts.rest.pages import PageQuery, Place, cut, place_in
from accounts.rest.reading import read_query
from gamification import api_examples as examples
from gamification.models import Achievement
from gamification.queries import achievements_for, leaderboard
from gamification.serializers import (
    AchievementItem,
    AchievementPage,
    LeaderboardEntry,
    LeaderboardPage,
    LeaderboardQuery,
)


class Step(Place):
    """An achievement's place in the list."""

    position: int
    slug: str


class Standing(Place):
    """The place of somebody on the leaderboard: their rank, and how many are shown up to them."""

    earned: int
    id: UUID
    rank: int
    shown: int


class AchievementsEndpoint(Endpoint):
    """`users/me/achievements`."""

    @documented(
        "My achievements",
        tag="Me",
        query=PageQuery,
        answers={200: Says(AchievementPage, "A page of achievements.", examples.ACHIEVEMENTS)},
    )
    def get(self, request: Request) -> Response:
        """Return every achievement that there is, with how far the reader has come."""
        query = read_query(PageQuery, request)
        achievements = achievements_for(self.reader)
        if after := place_in(Step, query):
            beside = Q(position=after.position, slug__gt=after.slug)
            achievements = achievements.filter(Q(position__gt=after.position) | beside)
        rows = list(achievements[: query.page_size + 1])
        shown, following = cut(rows, query, request, _step_of)
        return answer(AchievementPage(results=tuple(map(AchievementItem.of, shown)), next=following))


def _step_of(achievement: Achievement) -> Step:
    return Step(position=achievement.position, slug=achievement.slug)


class LeaderboardEndpoint(Endpoint):
    """`leaderboard`."""

    @documented(
        "The leaderboard",
        tag="Me",
        query=LeaderboardQuery,
        answers={200: Says(LeaderboardPage, "A page of the leaderboard.", examples.LEADERBOARD)},
    )
    def get(self, request: Request) -> Response:
        """Return the trainees who have not opted out, the most XP first. XP count mastery, not minutes."""
        query = read_query(LeaderboardQuery, request)
        after = place_in(Standing, query)
        people = leaderboard(limit=None)
        if after:
            people = people.filter(Q(earned__lt=after.earned) | Q(earned=after.earned, id__gt=after.id))
        ranked = list(_ranked(people[: query.page_size + 1], after))
        shown, following = cut(ranked, query, request, lambda pair: pair[0])
        entries = tuple(self._entry_of(standing, person) for standing, person in shown)
        return answer(LeaderboardPage(results=entries, next=following))

    def _entry_of(self, standing: Standing, person: User) -> LeaderboardEntry:
        return LeaderboardEntry(
            rank=standing.rank,
            id=person.pk,
            display_name=person.display_name,
            level=person.level,
            xp=standing.earned,
            runs=person.runs,  # type: ignore[attr-defined]  # an annotation
            is_me=person.pk == self.reader.pk,
        )


def _ranked(people: Iterable[User], after: Standing | None) -> Iterator[tuple[Standing, User]]:
    """Give each person their rank; who earned the same shares it."""
    rank, shown, last = (after.rank, after.shown, after.earned) if after else (0, 0, None)
    for person in people:
        earned: int = person.earned  # type: ignore[attr-defined]  # an annotation
        shown += 1
        rank, last = (rank, last) if earned == last else (shown, earned)
        yield Standing(earned=earned, id=person.pk, rank=rank, shown=shown), person


urlpatterns: list[URLPattern] = [
    path("users/me/achievements", AchievementsEndpoint.as_view(), name="api_achievements"),
    path("leaderboard", LeaderboardEndpoint.as_view(), name="api_leaderboard"),
]
