"""Checks of how the knowledge base was used."""

from __future__ import annotations

from engine.events import ArticleCited
from tests.engine.builders import Talk, judged, scenario

BOTH = {"type": "article_opened", "articles": ["locks_again", "reset_all"], "at_least": 2}
CITED = {"type": "article_cited", "articles": ["locks_again"]}
BEFORE = {"type": "article_before", "articles": ["locks_again"], "actions": ["unlock"]}


def call() -> Talk:
    return Talk(scenario())


def test_opened_met_partly_missed() -> None:
    assert judged(BOTH, call().opened("locks_again").opened("reset_all").ended()).result == "met"
    once = judged(BOTH, call().opened("locks_again").opened("locks_again").ended())
    assert (once.result, once.points) == ("partly", 0.5)
    assert judged(BOTH, call().ended()).result == "missed"


def test_cited_met_and_only_read_partly() -> None:
    cited = judged(CITED, call().opened("locks_again").event(ArticleCited(article="locks_again")).ended())
    assert (cited.result, cited.evidence[0].quote) == ("met", "Accounts that lock again")
    assert judged(CITED, call().opened("locks_again").ended()).result == "partly"
    assert judged(CITED, call().event(ArticleCited(article="reset_all")).ended()).result == "missed"


def test_read_before_acting() -> None:
    assert judged(BEFORE, call().opened("locks_again").took("unlock").ended()).result == "met"
    late = judged(BEFORE, call().took("unlock").opened("locks_again").ended())
    assert (late.result, len(late.evidence)) == ("missed", 2)
    assert judged(BEFORE, call().opened("locks_again").ended()).result == "partly"
    assert judged(BEFORE, call().took("unlock").ended()).result == "missed"
