"""What can be practised, and taking a ticket."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.rest.endpoint import answer
from accounts.rest.idempotency import idempotent
from accounts.rest.openapi import Says, documented
from accounts.rest.pages import Place, cut, place_in
from accounts.rest.problems import ApiError
from accounts.rest.reading import read_query
from accounts.texts import unstorable
from engine.vocabulary import Difficulty
from scenarios.access import scenario_for
from scenarios.models import Scenario
from scenarios.queries import Card, CatalogueFilter, briefing_of, catalogue_for
from scenarios.serializers import ScenarioBriefing, ScenarioCard, ScenarioPage
from sessions_app import actions
from sessions_app.access import session_for
from sessions_app.api import examples
from sessions_app.api.endpoint import LOCKED, SCENARIO_NOT_FOUND, UNAVAILABLE, PracticeEndpoint
from sessions_app.performance import best_scores_of
from sessions_app.queries import completed_scenario_ids, running_sessions_of
from sessions_app.serializers import CatalogueQuery
from sessions_app.snapshot import SessionSnapshot, session_snapshot

TAG = "Scenarios"
KEY = {"scenario": "The scenario's `slug` or `id`."}
RANKS = {level.value: rank for rank, level in enumerate(Difficulty)}


class Shelved(Place):
    """A scenario's place in the catalogue."""

    rank: int
    title: str
    slug: str

    @property
    def order(self) -> tuple[int, str, str]:
        return (self.rank, self.title.casefold(), self.slug)


def _place_of(card: Card) -> Shelved:
    scenario = card.scenario
    return Shelved(rank=RANKS[scenario.difficulty], title=scenario.title, slug=scenario.slug)


class CatalogueEndpoint(PracticeEndpoint):
    """`scenarios`."""

    @documented(
        "List the scenarios",
        tag=TAG,
        query=CatalogueQuery,
        answers={200: Says(ScenarioPage, "A page of the catalogue.", examples.SCENARIOS)},
    )
    def get(self, request: Request) -> Response:
        """Return what the reader may practise, with what they have made of it so far.

        A locked scenario names in `missing` what must be completed before it opens.
        """
        query = read_query(CatalogueQuery, request)
        after = place_in(Shelved, query)
        running = running_sessions_of(self.reader.pk)
        cards = [
            card for card in self._cards(query, running) if not after or _place_of(card).order > after.order
        ]
        shown, following = cut(cards, query, request, _place_of)
        results = tuple(ScenarioCard.of(card, running=running.get(card.scenario.pk)) for card in shown)
        return answer(ScenarioPage(results=results, next=following))

    def _cards(self, query: CatalogueQuery, running: dict[UUID, UUID]) -> list[Card]:
        catalogue = catalogue_for(
            self.reader,
            completed_scenario_ids(self.reader.pk),
            best_scores_of(self.reader.pk),
            CatalogueFilter(difficulty=query.difficulty or "", done=query.completed),
            running_ids=running,
        )
        cards = [card for shelf in catalogue.shelves for card in shelf.cards]
        return sorted(cards, key=lambda card: _place_of(card).order)


class ScenarioEndpoint(PracticeEndpoint):
    """`scenarios/{scenario}`."""

    @documented(
        "Read a briefing",
        tag=TAG,
        path=KEY,
        answers={200: Says(ScenarioBriefing, "The briefing.", examples.BRIEFING)},
        refusals=[SCENARIO_NOT_FOUND],
    )
    def get(self, request: Request, scenario: str) -> Response:
        """Return what a trainee reads before taking the ticket: the desk's rules and its clocks."""
        found = _found(self.reader, scenario)
        return answer(ScenarioBriefing.of(briefing_of(found, completed_scenario_ids(self.reader.pk))))


class StartEndpoint(PracticeEndpoint):
    """`scenarios/{scenario}/start`."""

    @documented(
        "Take the ticket",
        tag=TAG,
        path=KEY,
        answers={
            201: Says(SessionSnapshot, "The session has begun; the customer wrote first.", examples.SESSION),
            200: Says(SessionSnapshot, "The reader's running session of this scenario.", examples.SESSION),
        },
        refusals=[LOCKED, UNAVAILABLE, SCENARIO_NOT_FOUND],
    )
    @idempotent
    def post(self, request: Request, scenario: str) -> Response:
        """Begin a session, or go back to the running one: nobody plays the same scenario twice at once.

        While the scenario is locked, `missing` holds `slug` and `title` of what must be completed first.
        """
        session, created = actions.start_session(
            user_id=self.reader.pk, scenario=_found(self.reader, scenario)
        )
        snapshot = session_snapshot(session_for(self.reader, session.pk))
        return answer(snapshot, 201 if created else 200)


def _found(user: User, key: str) -> Scenario:
    if unstorable(key):
        raise ApiError(SCENARIO_NOT_FOUND)
    return scenario_for(user, key)
