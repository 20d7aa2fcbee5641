"""What the trainee looks up: searches, articles with the time on them, citations."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from engine.events import ArticleCited, ArticleClosed, ArticleOpened, KnowledgeSearched
from engine.scoring.note import CITATION
from scenarios.knowledge import QUERY_LIMIT, ArticleView, SearchResults, article_for
from scenarios.knowledge import search_knowledge as find_articles
from sessions_app.access import lock_own_session
from sessions_app.actions.ledger import Ledger, refuse_when_over
from sessions_app.errors import ArticleNotFound
from sessions_app.models import SessionEvent, UserSession
from sessions_app.texts import clean_text

READING_LIMIT = dt.timedelta(minutes=15)
"""An article that stays open longer was left open, not read."""

READING_COLUMNS = ("reading_article", "reading_since")


@dataclass(frozen=True, slots=True)
class ClosedArticle:
    """The article that was open, None when none was, and the seconds on it."""

    article: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Citation:
    """The article cited and the words to put into the note."""

    article: str
    text: str


def search_knowledge(
    *, user_id: UUID, session_id: UUID, query: str, at: dt.datetime | None = None
) -> SearchResults:
    """Search the session's knowledge base, best first, and record the search.

    Raises:
        InvalidText, SessionNotFound, SessionOver.
    """
    query = clean_text(query, field="query", limit=QUERY_LIMIT)
    with transaction.atomic():
        session = lock_own_session(user_id=user_id, session_id=session_id)
        refuse_when_over(session)
        results = find_articles(session.scenario_version_id, query)
        ledger = Ledger(session, at=at)
        ledger.happen([KnowledgeSearched(query=query, found=len(results.hits))])
        ledger.close()
    return results


def open_article(
    *, user_id: UUID, session_id: UUID, article: str, at: dt.datetime | None = None
) -> ArticleView:
    """Return an article and start its reading time; the one that was open is closed.

    Raises:
        SessionNotFound, SessionOver, ArticleNotFound.
    """
    with transaction.atomic():
        session = lock_own_session(user_id=user_id, session_id=session_id)
        refuse_when_over(session)
        view = _article(session, article)
        if session.reading_article != article:
            ledger = Ledger(session, at=at)
            end_reading(ledger)
            session.reading_article, session.reading_since = article, ledger.at
            ledger.happen([ArticleOpened(article=article)])
            ledger.close(*READING_COLUMNS)
    return view


def close_article(*, user_id: UUID, session_id: UUID, at: dt.datetime | None = None) -> ClosedArticle:
    """Stop the reading time of the open article; does nothing when none is open.

    Raises:
        SessionNotFound.
    """
    with transaction.atomic():
        session = lock_own_session(user_id=user_id, session_id=session_id)
        if not session.is_active or not session.reading_article:
            return ClosedArticle(article=None, seconds=0.0)
        ledger = Ledger(session, at=at)
        closed = end_reading(ledger)
        ledger.close(*READING_COLUMNS)
    return closed


def end_reading(ledger: Ledger) -> ClosedArticle:
    """Record the end of the reading time, if an article is open; the caller stores `READING_COLUMNS`."""
    session = ledger.session
    article, since = session.reading_article, session.reading_since
    if not article or since is None:
        return ClosedArticle(article=None, seconds=0.0)
    seconds = round(min(max(ledger.at - since, dt.timedelta(0)), READING_LIMIT).total_seconds(), 1)
    ledger.happen([ArticleClosed(article=article, seconds=seconds)])
    session.reading_article, session.reading_since = "", None
    return ClosedArticle(article=article, seconds=seconds)


def cite_article(*, user_id: UUID, session_id: UUID, article: str, at: dt.datetime | None = None) -> Citation:
    """Record that the trainee relies on an article, once, and return the words for the note.

    Raises:
        SessionNotFound, SessionOver, ArticleNotFound.
    """
    with transaction.atomic():
        session = lock_own_session(user_id=user_id, session_id=session_id)
        refuse_when_over(session)
        cited = _article(session, article)
        event = ArticleCited(article=article)
        if not SessionEvent.objects.filter(session=session, type=event.type, data__article=article).exists():
            ledger = Ledger(session, at=at)
            ledger.happen([event])
            ledger.close()
    return Citation(article=article, text=CITATION.format(title=cited.title, source=cited.source))


def _article(session: UserSession, key: str) -> ArticleView:
    view = article_for(session.scenario_version_id, key)
    if view is None:
        raise ArticleNotFound
    return view
