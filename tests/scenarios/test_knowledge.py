"""The knowledge base is searched as people search: with slips, in any case, and with ill will."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from scenarios.knowledge import BadQueryError, article_for, highlight, search_knowledge
from scenarios.models import KnowledgeArticle, ScenarioVersion
from tests.scenarios.examples import example, load, published
from tests.scenarios.test_models import LIBRARY

pytestmark = pytest.mark.django_db


def with_articles(**articles: tuple[str, str]) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        for name, (title, body) in articles.items():
            data["knowledge"][name] = data["knowledge"]["no_signal"] | {"title": title, "body": body}

    return change


@pytest.fixture
def version() -> ScenarioVersion:
    scenario = published(
        with_articles(
            lockout=(
                "Account lockout",
                "An **account** that locks again has a device with the old password.",
            ),
            vpn=("VPN certificate expired", "Renew the certificate. Nothing about doors."),
            aside=(
                "Opening hours",
                "The account department opens at nine; a lockout of the door is for Facilities.",
            ),
        )
    )
    version = scenario.current_version
    assert version is not None
    return version


def keys(version: ScenarioVersion, query: str) -> list[str]:
    return [hit.key for hit in search_knowledge(version.pk, query).hits]


def test_titles_weigh_more_than_bodies(version: ScenarioVersion) -> None:
    assert keys(version, "account lockout") == ["lockout", "aside"]


def test_articles_with_every_word_come_first(version: ScenarioVersion) -> None:
    assert keys(version, "certificate doors password") == ["vpn", "lockout", "aside"]
    assert keys(version, "certificates doors") == ["vpn", "aside"]


def test_words_are_found_in_any_form_and_case(version: ScenarioVersion) -> None:
    assert keys(version, "EXPIRING Certificates") == ["vpn"]


@pytest.mark.parametrize(
    ("typed", "corrected", "first"),
    [
        ("acount lockuot", "account lockout", "lockout"),
        ("expird certifcate", "expired certificate", "vpn"),
        ("vnp", "vpn", "vpn"),
        ("certifica", "certificate", "vpn"),
    ],
)
def test_a_slip_is_put_right_and_said(
    version: ScenarioVersion, typed: str, corrected: str, first: str
) -> None:
    results = search_knowledge(version.pk, typed)
    assert (results.query, results.corrected) == (typed, corrected)
    assert results.hits[0].key == first


def test_what_is_right_is_not_corrected(version: ScenarioVersion) -> None:
    assert search_knowledge(version.pk, "the account of a device").corrected is None


def test_what_is_nowhere_finds_nothing(version: ScenarioVersion) -> None:
    results = search_knowledge(version.pk, "zeppelin")
    assert (results.corrected, results.hits) == (None, ())


def test_quotes_and_minus_mean_what_they_say(version: ScenarioVersion) -> None:
    assert keys(version, '"account lockout"') == ["lockout"]
    assert keys(version, "account -facilities") == ["lockout"]


def test_hits_are_marked_and_escaped() -> None:
    scenario = published(
        with_articles(evil=("Evil", "An <img src=x onerror=alert(1)> & a `teapot` **here**."))
    )
    (hit,) = search_knowledge(scenario.current_version_id, "teapot").hits
    assert "<mark>teapot</mark> here" in hit.snippet_html
    assert "&amp; a <mark>" in hit.snippet_html
    assert "<img" not in hit.snippet_html


def test_marks_in_the_text_itself_stay_balanced() -> None:
    assert highlight("\ue000a\ue001 <b>\ue000 \ue001\ue001 c") == "<mark>a</mark> &lt;b <mark> </mark> c"
    assert highlight("\ue000\ue000a") == "a"


def test_credibility_comes_in_words_and_relevance_not_at_all(version: ScenarioVersion) -> None:
    hit = search_knowledge(version.pk, "forum monitor dead").hits[0]
    assert (hit.key, hit.credibility, hit.credibility_label) == ("buy_new", "unknown", "Unknown source")
    article = article_for(version.pk, "buy_new")
    assert article is not None
    assert "wrong" not in repr(hit) + repr(article)


def test_the_library_is_searched_too_and_strangers_are_not(version: ScenarioVersion) -> None:
    KnowledgeArticle.objects.create(**LIBRARY)
    load(example(with_articles(secret=("How to cite secrets", "Elsewhere.")), slug="another"))
    assert keys(version, "cite") == ["library:how_to_cite"]
    assert [hit.key for hit in search_knowledge(None, "cite").hits] == ["library:how_to_cite"]


def test_a_session_reads_its_own_version(version: ScenarioVersion) -> None:
    load(example(title="Changed"))
    assert keys(version, "certificate") == ["vpn"]
    article = article_for(version.pk, "lockout")
    assert article is not None
    assert article.body_html.startswith("<p>An <strong>account</strong>")


@pytest.mark.parametrize("key", ["nowhere", "library:lockout", "library:", "", "a\x00b", "x" * 5000])
def test_an_article_that_is_not_there(version: ScenarioVersion, key: str) -> None:
    assert article_for(version.pk, key) is None


def test_a_library_article_is_read_by_its_key(version: ScenarioVersion) -> None:
    KnowledgeArticle.objects.create(**LIBRARY)
    article = article_for(version.pk, "library:how_to_cite")
    assert article is not None
    assert article.key == "library:how_to_cite"


@pytest.mark.parametrize("query", ["x" * 201, "a\x00b", "a\ud800"])
def test_a_query_that_is_refused(version: ScenarioVersion, query: str) -> None:
    with pytest.raises(BadQueryError):
        search_knowledge(version.pk, query)


HOSTILE = ("", "   ", "the of and", "' OR 1=1; --", "a:* & !b | (c", '"unclosed', "-", "\\", "%s %(version)s")
ODD = ("\u202eaccount", "🔑", "<b>account</b>", "a " * 100)


@pytest.mark.parametrize("query", HOSTILE + ODD)
def test_any_other_query_is_answered(version: ScenarioVersion, query: str) -> None:
    search_knowledge(version.pk, query)


@pytest.mark.parametrize("query", ["account", "acount lockuot", "zeppelin"])
@pytest.mark.parametrize("articles", [1, 40])
def test_two_queries_at_any_size(
    django_assert_max_num_queries: Callable[[int], CaptureQueriesContext], query: str, articles: int
) -> None:
    many = {f"extra_{n}": (f"Account {n}", "lockout text") for n in range(articles)}
    scenario = published(with_articles(**many))
    with django_assert_max_num_queries(2):
        search_knowledge(scenario.current_version_id, query)


def test_opening_takes_one_query(
    version: ScenarioVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        article_for(version.pk, "lockout")
