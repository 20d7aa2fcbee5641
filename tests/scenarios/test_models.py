"""The database itself refuses what may not be, and rows have natural names."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from scenarios.models import KnowledgeArticle, Scenario, ScenarioVersion
from tests.scenarios.examples import SLUG, published

pytestmark = pytest.mark.django_db

LIBRARY: dict[str, Any] = {
    "name": "how_to_cite",
    "title": "How to cite",
    "body": "Name the article.",
    "source": "IT",
    "credibility": "official",
    "published_on": "2026-01-01",
}


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "Not A Slug"},
        {"slug": "double--dash"},
        {"title": ""},
        {"difficulty": "easy"},
        {"status": "lost"},
        {"estimated_minutes": 0},
        {"estimated_minutes": 181},
        {"xp_reward": 9},
        {"xp_reward": 1001},
    ],
)
def test_a_scenario_that_may_not_be(change: dict[str, Any]) -> None:
    published()
    with pytest.raises(IntegrityError, match="violates check constraint"), transaction.atomic():
        Scenario.objects.update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Not a name"},
        {"credibility": "rumour"},
        {"relevance": "solves"},
        {"relevance": "perhaps"},
    ],
)
def test_a_library_article_that_may_not_be(change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="violates check constraint"), transaction.atomic():
        KnowledgeArticle.objects.create(**LIBRARY | change)


def test_names_are_unique_in_the_library_and_in_a_version() -> None:
    article = published().articles.first()
    assert article is not None
    KnowledgeArticle.objects.create(**LIBRARY | {"name": article.name})
    with pytest.raises(IntegrityError, match="unique"), transaction.atomic():
        KnowledgeArticle.objects.create(**LIBRARY | {"name": article.name})
    twin = KnowledgeArticle(
        **LIBRARY | {"name": article.name, "relevance": "helps"},
        scenario_id=article.scenario_id,
        version_id=article.version_id,
    )
    with pytest.raises(IntegrityError, match="unique"), transaction.atomic():
        twin.save()


def test_an_article_of_a_version_needs_its_relevance() -> None:
    published()
    with pytest.raises(IntegrityError, match="article_of_version_or_library"), transaction.atomic():
        KnowledgeArticle.objects.update(relevance="")


def test_natural_keys_lead_back() -> None:
    scenario = published()
    version = scenario.versions.get()
    library = KnowledgeArticle.objects.create(**LIBRARY)
    own = scenario.articles.get(name="no_signal")
    assert Scenario.objects.get_by_natural_key(*scenario.natural_key()) == scenario
    assert ScenarioVersion.objects.get_by_natural_key(*version.natural_key()) == version
    assert KnowledgeArticle.objects.get_by_natural_key(*own.natural_key()) == own
    assert KnowledgeArticle.objects.get_by_natural_key(*library.natural_key()) == library
    assert (own.key, library.key) == ("no_signal", "library:how_to_cite")
    assert str(version) == f"{SLUG} v1"


def test_the_search_vector_follows_the_text() -> None:
    article = published().articles.get(name="no_signal")
    article.title = "Zeppelins"
    article.save()
    article.refresh_from_db()
    assert "'zeppelin':1A" in article.search_vector
