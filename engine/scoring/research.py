"""Checks of how the trainee used the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable

from engine.call import Call, Happened
from engine.checks import ArticleBefore
from engine.checks import ArticleCited as ArticleCitedCheck
from engine.checks import ArticleOpened as ArticleOpenedCheck
from engine.events import ArticleCited, ArticleOpened
from engine.scorecard import Evidence
from engine.scoring.evidence import cite_event
from engine.scoring.verdict import Verdict, met, missed, partly
from engine.scoring.wording import labels, titles


def article_opened(check: ArticleOpenedCheck, call: Call) -> Verdict:
    opened = _first_openings(check.articles, call)
    needed = min(check.at_least, len(set(check.articles)))
    evidence = _cite(opened.values(), call)
    if len(opened) >= needed:
        return met(f"You read {titles(call.scenario, opened)}.", evidence)
    if opened:
        reason = f"You read {titles(call.scenario, opened)}; {needed} articles were needed here."
        return partly(reason, evidence, points=len(opened) / needed)
    return missed(f"You never opened {titles(call.scenario, check.articles)}.")


def article_cited(check: ArticleCitedCheck, call: Call) -> Verdict:
    cited = [each for each in call.happened(ArticleCited) if each.event.article in check.articles]
    if cited:
        title = titles(call.scenario, [cited[0].event.article])
        return met(f"You cited {title} in your note.", _cite(cited, call))
    if opened := _first_openings(check.articles, call):
        reason = f"You read {titles(call.scenario, opened)}, but did not cite it in your note."
        return partly(reason, _cite(opened.values(), call))
    return missed(f"You neither read nor cited {titles(call.scenario, check.articles)}.")


def article_before(check: ArticleBefore, call: Call) -> Verdict:
    opened = _first_openings(check.articles, call)
    taken = call.taken(check.actions)[:1]
    acted = [cite_event(each, call.scenario.actions[each.event.action].label) for each in taken]
    if not opened:
        return missed(f"You never opened {titles(call.scenario, check.articles)}.", acted)
    first = min(opened.values(), key=lambda happened: happened.seq)
    title = titles(call.scenario, [first.event.article])
    if not taken:
        reason = f"You read {title}, but {labels(call.scenario, check.actions)} was never done."
        return partly(reason, _cite([first], call))
    label = labels(call.scenario, [taken[0].event.action])
    if first.seq < taken[0].seq:
        return met(f"You read {title} before {label} was done.", [*_cite([first], call), *acted])
    return missed(f"You read {title} only after {label} was done.", [*acted, *_cite([first], call)])


def _first_openings(articles: Iterable[str], call: Call) -> dict[str, Happened[ArticleOpened]]:
    wanted = set(articles)
    firsts: dict[str, Happened[ArticleOpened]] = {}
    for happened in call.happened(ArticleOpened):
        if happened.event.article in wanted:
            firsts.setdefault(happened.event.article, happened)
    return firsts


def _cite[E: (ArticleOpened, ArticleCited)](uses: Iterable[Happened[E]], call: Call) -> list[Evidence]:
    return [cite_event(each, call.scenario.knowledge[each.event.article].title) for each in uses]
