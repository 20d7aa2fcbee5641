"""The knowledge base as a session sees it: its version's articles and the shared library, never what they are worth."""

from scenarios.models import LIBRARY_PREFIX, KnowledgeArticle
from sessions_app.events import ArticleView, FoundArticle
from sessions_app.models import UserSession


def article_named(session: UserSession, key: str) -> KnowledgeArticle | None:
    """Return the article that a session calls `key`, or None."""
    if key.startswith(LIBRARY_PREFIX):
        of_library = KnowledgeArticle.objects.filter(version=None)
        return of_library.filter(name=key.removeprefix(LIBRARY_PREFIX)).first()
    return KnowledgeArticle.objects.filter(version_id=session.scenario_version_id, name=key).first()


def article_view(article: KnowledgeArticle) -> ArticleView:
    """Return an article as it is read."""
    return ArticleView(
        article=article.key,
        title=article.title,
        body=article.body,
        source=article.source,
        credibility=article.credibility,
        credibility_label=article.get_credibility_display(),
        published=article.published_on,
        url=article.url,
    )


def find_articles(session: UserSession, query: str) -> tuple[FoundArticle, ...]:
    """Return what a search finds, the best first."""
    from scenarios.queries import search_knowledge

    return tuple(search_knowledge(session.scenario_version_id, query))
