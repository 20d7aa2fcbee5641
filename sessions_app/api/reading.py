"""The knowledge base of a session."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest.endpoint import answer
from accounts.rest.idempotency import idempotent
from accounts.rest.openapi import Says, documented
from accounts.rest.reading import read_query
from sessions_app import actions
from sessions_app.api import examples
from sessions_app.api.endpoint import (
    ARTICLE_NOT_FOUND,
    READ_ONLY,
    SESSION_NOT_FOUND,
    SESSION_OVER,
    PracticeEndpoint,
)
from sessions_app.serializers import ArticleAnswer, CitedAnswer, ClosedAnswer, KnowledgeAnswer, SearchQuery

TAG = "Knowledge"
SESSION = {"session_id": "The session's id."}
ARTICLE = SESSION | {"article": "The article's `key`, from a search."}
REFUSALS = [READ_ONLY, SESSION_NOT_FOUND, SESSION_OVER]


class KnowledgeEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/knowledge`."""

    @documented(
        "Search",
        tag=TAG,
        path=SESSION,
        query=SearchQuery,
        answers={200: Says(KnowledgeAnswer, "At most ten articles, the best first.", examples.FOUND)},
        refusals=REFUSALS,
    )
    def get(self, request: Request, session_id: UUID) -> Response:
        """Search the articles of this session and of the shared library. The search is part of the call's record.

        `credibility` tells where an article comes from; some of them are wrong.
        """
        query = read_query(SearchQuery, request)
        found = actions.search_knowledge(user_id=self.reader.pk, session_id=session_id, query=query.q)
        return answer(KnowledgeAnswer.of(found))


class ArticleEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/knowledge/{article}`."""

    @documented(
        "Open an article",
        tag=TAG,
        path=ARTICLE,
        answers={200: Says(ArticleAnswer, "The article.", examples.ARTICLE)},
        refusals=[*REFUSALS, ARTICLE_NOT_FOUND],
    )
    def get(self, request: Request, session_id: UUID, article: str) -> Response:
        """Return an article and start its reading time; the one that was open is closed."""
        view = actions.open_article(user_id=self.reader.pk, session_id=session_id, article=article)
        return answer(ArticleAnswer.model_validate(view))


class CloseEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/knowledge/{article}/close`."""

    @documented(
        "Close an article",
        tag=TAG,
        path=ARTICLE,
        answers={200: Says(ClosedAnswer, "What was open, and for how long.", examples.CLOSED)},
        refusals=[READ_ONLY, SESSION_NOT_FOUND],
    )
    @idempotent
    def post(self, request: Request, session_id: UUID, article: str) -> Response:
        """Stop the reading time of the open article."""
        closed = actions.close_article(user_id=self.reader.pk, session_id=session_id)
        return answer(ClosedAnswer(article=closed.article, seconds=closed.seconds))


class CiteEndpoint(PracticeEndpoint):
    """`sessions/{session_id}/knowledge/{article}/cite`."""

    @documented(
        "Cite an article",
        tag=TAG,
        path=ARTICLE,
        answers={200: Says(CitedAnswer, "The citation, and the words for the note.", examples.CITED)},
        refusals=[*REFUSALS, ARTICLE_NOT_FOUND],
    )
    @idempotent
    def post(self, request: Request, session_id: UUID, article: str) -> Response:
        """Record that you rely on an article, once, and get the words to put into the note."""
        cited = actions.cite_article(user_id=self.reader.pk, session_id=session_id, article=article)
        return answer(CitedAnswer(article=cited.article, citation=cited.text))
