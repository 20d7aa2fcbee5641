"""The bot trainees play whole calls; what they are worth follows from their conduct."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from engine.audit import audit
from engine.bots import BOTS, play
from engine.events import ActionTaken, ArticleOpened, FieldMarked, ProofChecked, ToolWarned
from engine.record import CallRecord
from engine.scoring import score
from engine.vocabulary import Assurance, Ending
from tests.engine.calls import shipped, shipped_slugs

SLUGS = shipped_slugs()


@cache
def played(slug: str, bot: str, seed: int = 1) -> CallRecord:
    return play(shipped(slug), bot, seed=seed)


def events[E](record: CallRecord, kind: type[E]) -> list[E]:
    return [stored.event for stored in record.events if isinstance(stored.event, kind)]


@pytest.mark.parametrize("slug", SLUGS)
class TestOnShippedScenarios:
    def test_they_score_in_their_order_with_ten_points_between(self, slug: str) -> None:
        scenario = shipped(slug)
        scores = [score(scenario, played(slug, bot)).overall for bot in BOTS]
        assert all(better - worse >= 10 for better, worse in pairwise(scores)), scores
        assert scores[0] >= 90

    @pytest.mark.parametrize("seed", [2, 3])
    def test_the_order_does_not_hang_on_a_seed(self, slug: str, seed: int) -> None:
        scenario = shipped(slug)
        cards = [score(scenario, played(slug, bot, seed)) for bot in BOTS]
        scores = [card.overall for card in cards]
        assert all(better - worse >= 10 for better, worse in pairwise(scores)), scores
        assert all(card.valid for card in cards)

    def test_the_expert_ends_as_it_ought_to_and_breaks_no_rule(self, slug: str) -> None:
        scenario = shipped(slug)
        record = played(slug, "expert")
        assert (record.ending, record.team) == (scenario.outcome.ending, scenario.outcome.team)
        assert record.state.fulfils(scenario.outcome.solved)
        assert all(record.state.values[name] == value for name, value in scenario.outcome.untouched.items())
        assert not any(taken.forced for taken in events(record, ActionTaken))
        assert all(mark.right for mark in events(record, FieldMarked))

    def test_every_run_is_valid_and_in_order(self, slug: str) -> None:
        scenario = shipped(slug)
        for bot in BOTS:
            record = played(slug, bot)
            assert audit(scenario, record) == ()
            seqs = [row.seq for row in (*record.messages, *record.events)]
            assert sorted(seqs) == list(range(1, len(seqs) + 1))
            times = [row.at for row in sorted((*record.messages, *record.events), key=lambda row: row.seq)]
            assert times == sorted(times)

    def test_the_same_seed_plays_the_same_call(self, slug: str) -> None:
        scenario = shipped(slug)
        assert play(scenario, "average", seed=5) == play(scenario, "average", seed=5)

    def test_the_reckless_one_verifies_nobody_and_fails(self, slug: str) -> None:
        scenario = shipped(slug)
        record = played(slug, "reckless")
        assert not events(record, FieldMarked)
        assert not events(record, ProofChecked)
        card = score(scenario, record)
        assert card.fatal
        assert not card.passed


def test_the_expert_proves_before_what_takes_a_proof() -> None:
    record = play(shipped("locked-out-after-the-long-weekend"), "expert")
    risky = [taken for taken in events(record, ActionTaken) if taken.needed is Assurance.PROVEN]
    assert risky
    assert all(taken.assurance is Assurance.PROVEN for taken in risky)
    assert not events(record, ToolWarned)
    assert len(events(record, ArticleOpened)) > 1


@pytest.mark.parametrize("bot", ["expert", "average"])
def test_an_impostor_is_refused_by_those_who_compare(bot: str) -> None:
    scenario = shipped("the-director-in-the-taxi")
    record = play(scenario, bot)
    assert record.ending is Ending.REFUSED
    assert not score(scenario, record).fatal


def test_an_impostor_is_let_in_by_the_reckless_one() -> None:
    scenario = shipped("the-director-in-the-taxi")
    record = play(scenario, "reckless")
    assert any(taken.forced and taken.effective for taken in events(record, ActionTaken))
    card = score(scenario, record)
    assert card.overall <= 40
    assert card.satisfaction == 1
