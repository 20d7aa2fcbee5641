"""The knowledge base as trainees search it: ranked, highlighted, tolerant of slips, credibility in words.

What an article is worth to the ticket never leaves this module.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from engine.vocabulary import Credibility
from scenarios.markdown import render_body
from scenarios.models import LIBRARY_PREFIX, SEARCH_CONFIG, KnowledgeArticle
from scenarios.source import is_storable
from scenarios.spelling import correct

QUERY_LIMIT = 200
"""Characters in a search."""
WORD_LIMIT = 12
"""Words of a search that count."""
RESULT_LIMIT = 10

CREDIBILITY_WORDS: Mapping[Credibility, tuple[str | Promise, str | Promise]] = {
    Credibility.OFFICIAL: (_("Official"), _("Published by our own IT.")),
    Credibility.VENDOR: (_("Vendor"), _("Published by the maker of the product.")),
    Credibility.COMMUNITY: (_("Community"), _("Written by users. Check it before you act on it.")),
    Credibility.UNKNOWN: (_("Unknown source"), _("Nobody vouches for it.")),
}
"""Each credibility as a label and a sentence."""

# Private-use characters mark a hit until the snippet is escaped; nobody types them.
_START, _STOP = "\ue000", "\ue001"
_HIT = re.compile(f"{_START}([^{_START}{_STOP}]*){_STOP}")
_WORD = re.compile(r"\w+")
_OPERATORS = re.compile(r'"|(?:^|\s)-\w|\bor\b', re.IGNORECASE)
_MARKUP = re.compile(r"[#*`_>|]+|^\s*[-+]\s|\]\([^)]*\)|\[|\]", re.MULTILINE)


class BadQueryError(ValueError):
    """A search that cannot be carried out; the text says what to change."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article as a result shows it. `snippet_html` is escaped, with `<mark>` around what was found."""

    key: str
    title: str
    snippet_html: SafeString
    source: str
    credibility: str
    credibility_label: str
    credibility_sentence: str
    published_on: dt.date
    url: str


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a search found, the best first. `corrected` is what was searched where that was not `query`."""

    query: str
    corrected: str | None
    hits: tuple[SearchHit, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article to read; `body_html` is safe HTML."""

    key: str
    title: str
    body_html: SafeString
    source: str
    credibility: str
    credibility_label: str
    credibility_sentence: str
    published_on: dt.date
    url: str


def search_knowledge(version_id: UUID | None, query: str) -> SearchResults:
    """Search the articles of a scenario's version together with the shared library (alone for None).

    At most two database queries. Articles with every word come first, then those with some.

    Raises:
        BadQueryError: too long, or with characters that no text may hold.
    """
    query = " ".join(_checked(query).split())
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(query)))[:WORD_LIMIT]
    if not words:
        return SearchResults(query, None, ())
    corrections = _corrections(version_id, words)
    corrected = _WORD.sub(lambda match: corrections.get(match[0].lower(), match[0]), query)
    hits = _find(version_id, corrected, [corrections.get(word, word) for word in words])
    return SearchResults(query, corrected if corrections else None, hits)


def article_for(version_id: UUID, key: str) -> ArticleView | None:
    """Return the article that a session of this version calls `key`, or None; one database query."""
    own, name = (False, key.removeprefix(LIBRARY_PREFIX)) if key.startswith(LIBRARY_PREFIX) else (True, key)
    if not is_storable(name):
        return None
    article = KnowledgeArticle.objects.filter(version=version_id if own else None, name=name).first()
    if article is None:
        return None
    label, sentence = _credibility_of(article)
    return ArticleView(
        key=article.key,
        title=article.title,
        body_html=render_body(article.body),
        source=article.source,
        credibility=article.credibility,
        credibility_label=label,
        credibility_sentence=sentence,
        published_on=article.published_on,
        url=article.url,
    )


def _checked(query: str) -> str:
    if len(query) > QUERY_LIMIT:
        raise BadQueryError(f"Search with at most {QUERY_LIMIT} characters.")
    if not is_storable(query):
        raise BadQueryError("The search holds a character that no text may hold. Type it again.")
    return query


def _credibility_of(article: KnowledgeArticle) -> tuple[str, str]:
    label, sentence = CREDIBILITY_WORDS[Credibility(article.credibility)]
    return str(label), str(sentence)


# ---------------------------------------------------------------- slips

_UNKNOWN_WORDS = f"""
WITH articles AS MATERIALIZED (
    SELECT title, body, search_vector FROM scenarios_knowledgearticle
    WHERE version_id = %(version)s OR version_id IS NULL
),
unknown AS MATERIALIZED (
    SELECT word FROM unnest(%(words)s::text[]) AS word
    WHERE numnode(plainto_tsquery('{SEARCH_CONFIG}', word)) > 0
    AND NOT EXISTS (
        SELECT FROM articles WHERE search_vector @@ plainto_tsquery('{SEARCH_CONFIG}', word)
    )
)
SELECT
    ARRAY(SELECT word FROM unknown),
    CASE WHEN EXISTS (SELECT FROM unknown) THEN (
        SELECT json_object_agg(word, texts) FROM (
            SELECT word, count(*) AS texts
            FROM articles, unnest(tsvector_to_array(to_tsvector('simple', title || ' ' || body))) AS word
            WHERE word ~ '^[[:alpha:]]+$'
            GROUP BY word
        ) AS vocabulary
    ) END
"""  # noqa: S608 (the only thing put in is a constant)


def _corrections(version_id: UUID | None, words: Sequence[str]) -> dict[str, str]:
    """Return a better word for each word that stands in no article and is near to one that does."""
    with connection.cursor() as cursor:
        cursor.execute(_UNKNOWN_WORDS, {"version": version_id, "words": list(words)})
        unknown, vocabulary = cursor.fetchone()
    found = {word: correct(word, vocabulary or {}) for word in unknown}
    return {word: better for word, better in found.items() if better}


# ---------------------------------------------------------------- hits


def _find(version_id: UUID | None, query: str, words: Sequence[str]) -> tuple[SearchHit, ...]:
    whole = SearchQuery(query, config=SEARCH_CONFIG, search_type="websearch")
    # Somebody who quotes or excludes words means it; others also want the articles with some of their words.
    strict = _OPERATORS.search(query) is not None
    some = whole if strict else reduce(or_, [SearchQuery(word, config=SEARCH_CONFIG) for word in words])
    scope = Q(version=None) if version_id is None else Q(version=version_id) | Q(version=None)
    articles = (
        KnowledgeArticle.objects.filter(scope, search_vector=some)
        .annotate(
            complete=ExpressionWrapper(Q(search_vector=whole), output_field=BooleanField()),
            rank=SearchRank(F("search_vector"), some),
            headline=_headline(some),
        )
        .order_by("-complete", "-rank", "title")
        .defer("body", "search_vector")[:RESULT_LIMIT]
    )
    return tuple(_hit(article, getattr(article, "headline", "")) for article in articles)


def _headline(query: SearchQuery) -> SearchHeadline:
    return SearchHeadline(
        "body",
        query,
        config=SEARCH_CONFIG,
        start_sel=_START,
        stop_sel=_STOP,
        max_words=32,
        min_words=18,
        max_fragments=2,
        fragment_delimiter=" … ",
    )


def _hit(article: KnowledgeArticle, headline: str) -> SearchHit:
    label, sentence = _credibility_of(article)
    return SearchHit(
        key=article.key,
        title=article.title,
        snippet_html=highlight(headline),
        source=article.source,
        credibility=article.credibility,
        credibility_label=label,
        credibility_sentence=sentence,
        published_on=article.published_on,
        url=article.url,
    )


def highlight(headline: str) -> SafeString:
    """Turn a marked piece of Markdown into a line of safe HTML: escaped first, `<mark>` put in after."""
    line = " ".join(_MARKUP.sub(" ", headline).split())
    marked = _HIT.sub(r"<mark>\1</mark>", escape(line))
    return mark_safe(marked.replace(_START, "").replace(_STOP, ""))  # noqa: S308 (escaped one line above)
