"""What the catalogue and the briefing tell, to whom, and with how many queries."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from scenarios.access import scenario_for
from scenarios.models import Scenario
from scenarios.queries import CatalogueFilter, briefing_of, catalogue_for, version_in_force
from tests.factories import UserFactory
from tests.scenarios.examples import SLUG, example, load, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return UserFactory()


@pytest.fixture
def shelves() -> dict[str, Scenario]:
    load(
        example(slug="hard", title="Hard one", difficulty="advanced", prerequisites=["easy", "middle"]),
        example(slug="easy", title="Easy one", skills=["Listening"], tags=["printers"]),
        example(slug="middle", title="A middle one", difficulty="intermediate", prerequisites=["easy"]),
        example(slug="other", title="Another easy one", skills=["Asking", "Listening"]),
    )
    return {scenario.slug: scenario for scenario in Scenario.objects.all()}


def titles(user: User, wanted: CatalogueFilter, *done: Scenario) -> list[str]:
    catalogue = catalogue_for(user, {one.pk for one in done}, {}, wanted)
    return [card.scenario.title for shelf in catalogue.shelves for card in shelf.cards]


def test_shelves_go_from_starter_to_advanced_open_cards_first(
    user: User, shelves: dict[str, Scenario]
) -> None:
    catalogue = catalogue_for(user, set(), {})
    assert [(shelf.difficulty, shelf.label) for shelf in catalogue.shelves] == [
        ("starter", "Starter"),
        ("intermediate", "Intermediate"),
        ("advanced", "Advanced"),
    ]
    assert [card.scenario.slug for card in catalogue.shelves[0].cards] == ["other", "easy"]
    assert (catalogue.shown, catalogue.total, catalogue.completed) == (4, 4, 0)
    assert catalogue.skills == (
        "Asking",
        "Asking before guessing",
        "Leading a caller step by step",
        "Listening",
    )


def test_a_locked_card_says_what_opens_it(user: User, shelves: dict[str, Scenario]) -> None:
    done = {shelves["easy"].pk}
    cards = {
        card.scenario.slug: card
        for shelf in catalogue_for(user, done, {shelves["easy"].pk: Decimal("81.5")}).shelves
        for card in shelf.cards
    }
    assert not cards["middle"].locked
    assert [one.slug for one in cards["hard"].missing] == ["middle"]
    assert (cards["easy"].completed, cards["easy"].best_score) == (True, Decimal("81.5"))
    assert (cards["hard"].completed, cards["hard"].best_score) == (False, None)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CatalogueFilter(difficulty="starter"), ["Another easy one", "Easy one"]),
        (CatalogueFilter(skill="Asking"), ["Another easy one"]),
        (CatalogueFilter(done=True), ["Easy one"]),
        (CatalogueFilter(done=False), ["Another easy one", "A middle one", "Hard one"]),
        (CatalogueFilter(text="PRINTERS"), ["Easy one"]),
        (CatalogueFilter(text="one listening"), ["Another easy one", "Easy one"]),
        (CatalogueFilter(difficulty="starter", done=False, text="another"), ["Another easy one"]),
        (CatalogueFilter(text="zeppelin"), []),
        (CatalogueFilter(skill="Juggling"), []),
    ],
)
def test_filters(
    user: User, shelves: dict[str, Scenario], wanted: CatalogueFilter, expected: list[str]
) -> None:
    assert titles(user, wanted, shelves["easy"]) == expected
    assert not wanted.is_empty


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_catalogue_takes_two_queries_at_any_size(
    user: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    load(*(example(slug=f"s{n}", prerequisites=[f"s{n - 1}"] if n else []) for n in range(count)))
    with django_assert_num_queries(2):
        catalogue = catalogue_for(user, set(), {})
        assert sum(len(card.missing) for shelf in catalogue.shelves for card in shelf.cards) == count - 1


def test_a_briefing_tells_the_rules_and_gives_nothing_away(
    user: User, shelves: dict[str, Scenario], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scenario = scenario_for(user, "hard")
    with django_assert_num_queries(1):
        briefing = briefing_of(scenario, {shelves["easy"].pk})
    assert briefing.rules.startswith("Identify every caller")
    assert (briefing.desk, briefing.channel) == ("IT Service Desk", "chat")
    assert (briefing.first_response_minutes, briefing.resolution_minutes) == (10, 120)
    assert [one.slug for one in briefing.missing] == ["middle"]
    assert briefing.locked


def test_version_in_force() -> None:
    first = published().current_version
    assert version_in_force(SLUG) == first
    load(example(title="Second"))
    version = version_in_force(SLUG)
    assert version is not None
    assert version.number == 2
    assert version_in_force("nowhere") is None
