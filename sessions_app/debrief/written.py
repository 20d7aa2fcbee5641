"""What was read and what was written: knowledge articles with their worth, the note with its answers."""

from engine.definition import Article
from engine.events import ArticleCited, ArticleClosed, ArticleOpened, KnowledgeSearched
from engine.vocabulary import Relevance
from scenarios.knowledge import CREDIBILITY_WORDS
from scenarios.models import LIBRARY_PREFIX, KnowledgeArticle
from sessions_app.debrief.case import Case
from sessions_app.debrief.marking import Span, cut, note_anchor
from sessions_app.debrief.model import (
    ArticleView,
    CriterionView,
    NoteAnswerView,
    NoteView,
    Piece,
    ResearchView,
)
from sessions_app.debrief.words import RELEVANCE

WORTH_READING = (Relevance.SOLVES, Relevance.HELPS)


def research_of(case: Case) -> ResearchView:
    """Every article that was opened, what it was worth, and those that would have helped."""
    opened = list(dict.fromkeys(each.event.article for each in case.call.happened(ArticleOpened)))
    cited = {each.event.article for each in case.call.happened(ArticleCited)}
    seconds: dict[str, float] = {}
    for each in case.call.happened(ArticleClosed):
        seconds[each.event.article] = seconds.get(each.event.article, 0.0) + each.event.seconds
    articles = case.scenario.knowledge
    library = _library_titles([name for name in opened if name not in articles])
    read = [
        _article(articles[name], opened=True, seconds=seconds.get(name, 0.0), cited=name in cited)
        if name in articles
        else _of_the_library(library.get(name, name), seconds.get(name, 0.0), cited=name in cited)
        for name in opened
    ]
    missed = [
        _article(article, opened=False, seconds=0.0, cited=False)
        for name, article in articles.items()
        if name not in opened and article.relevance in WORTH_READING
    ]
    searches = dict.fromkeys(each.event.query for each in case.call.happened(KnowledgeSearched))
    return ResearchView(searches=tuple(searches), read=tuple(read), missed=tuple(missed))


def _article(article: Article, *, opened: bool, seconds: float, cited: bool) -> ArticleView:
    return ArticleView(
        title=article.title,
        source=article.source,
        credibility=str(CREDIBILITY_WORDS[article.credibility][0]),
        relevance=article.relevance.value,
        relevance_label=str(RELEVANCE[article.relevance.value]),
        opened=opened,
        seconds=round(seconds, 1),
        cited=cited,
    )


def _of_the_library(title: str, seconds: float, *, cited: bool) -> ArticleView:
    """An article of the shared library: it was written for no ticket in particular."""
    return ArticleView(
        title=title,
        source="",
        credibility="",
        relevance="general",
        relevance_label=str(RELEVANCE["general"]),
        opened=True,
        seconds=round(seconds, 1),
        cited=cited,
    )


def _library_titles(keys: list[str]) -> dict[str, str]:
    if not keys:
        return {}
    names = [key.removeprefix(LIBRARY_PREFIX) for key in keys]
    found = KnowledgeArticle.objects.filter(version=None, name__in=names).values_list("name", "title")
    return {f"{LIBRARY_PREFIX}{name}": title for name, title in found}


def note_of(case: Case, criteria: tuple[CriterionView, ...]) -> NoteView:
    """The note with every passage marked that a criterion cites or that answers a question."""
    note = case.call.record.note
    answers = case.note_answers
    spans: list[Span] = [(answer.start, answer.end) for answer in answers.values()]
    spans += [
        (int(start), int(end))
        for criterion in criteria
        for quote in criterion.quotes
        if quote.kind == "note"
        for start, end in [quote.anchor.split("-")[1:]]
    ]
    questions = []
    for name, asked in case.scenario.documentation.items():
        answer = answers.get(name)
        questions.append(
            NoteAnswerView(
                question=asked.question,
                answered=answer is not None,
                quote=note[answer.start : answer.end] if answer else "",
                anchor=note_anchor(answer.start, answer.end) if answer else "",
            )
        )
    pieces: tuple[Piece, ...] = cut(note, spans, prefix="note")
    return NoteView(
        pieces=pieces,
        questions=tuple(questions),
        answered=len(answers),
        example=case.scenario.walkthrough.note,
    )
