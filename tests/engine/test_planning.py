"""The search over the estate: complete, shortest, and bound by the desk's rules."""

from __future__ import annotations

import pytest

from engine.definition import Scenario
from engine.planning import World, best_assurance, plan, reachable_facts
from engine.state import first_state
from engine.vocabulary import Assurance, IdentityField, Outcome
from tests.engine.builders import START, scenario


def way(given: Scenario, assurance: Assurance = Assurance.PROVEN) -> list[str] | None:
    state = first_state(given, seed=1, at=START)
    return plan(given, state, [given.outcome.solved], assurance=assurance)


def test_the_shortest_way_in_its_order() -> None:
    assert way(scenario()) == ["update_phone", "unlock"]


@pytest.mark.parametrize("assurance", [Assurance.NONE, Assurance.IDENTIFIED])
def test_what_the_rules_forbid_is_no_way(assurance: Assurance) -> None:
    assert way(scenario(), assurance) is None


def test_nothing_to_do_is_an_empty_way() -> None:
    assert way(scenario(outcome__solved={"account.locked": True})) == []


def test_what_must_be_left_alone_is_never_touched() -> None:
    effects = {"account.locked": False, "account.wiped": True}
    assert way(scenario(actions__wipe__effects=effects)) == ["update_phone", "unlock"]
    only_so = scenario(actions__wipe__effects=effects, actions__unlock__effects={})
    assert way(only_so) is None


def test_actions_to_avoid() -> None:
    given = scenario()
    state = first_state(given, seed=1, at=START)
    assert (
        plan(given, state, [given.outcome.solved], assurance=Assurance.PROVEN, avoid=["update_phone"]) is None
    )


def test_conditions_on_what_was_done_are_remembered() -> None:
    needs_log = scenario(actions__unlock__when={"done.read_log": True})
    assert way(needs_log) == ["read_log", "unlock"]


def test_it_plans_from_where_the_call_stands() -> None:
    given = scenario()
    state = first_state(given, seed=1, at=START)
    state = state.with_(
        values={**state.values, "phone.password": "new"},
        marks=dict.fromkeys(IdentityField, Outcome.MATCHES),
        proofs={"call_back": True},
    )
    assert plan(given, state, [given.outcome.solved]) == ["unlock"]


def test_every_way_is_one_that_can_be_walked() -> None:
    given = scenario()
    world = World(given, assurance=Assurance.PROVEN, told=())
    for node, steps in world.reachable(world.start()):
        at = world.start()
        for name in steps:
            following = world.after(at, name, given.actions[name])
            assert following is not None
            at = following
        assert at == node


class TestBestAssurance:
    def test_proven_identified_and_none(self) -> None:
        assert best_assurance(scenario()) is Assurance.PROVEN
        assert best_assurance(scenario(caller__proofs={})) is Assurance.IDENTIFIED
        stale = scenario(caller__answers={"asset_tag": {"value": "LT-999"}})
        assert best_assurance(stale) is Assurance.NONE


class TestReachableFacts:
    def test_one_fact_opens_another(self) -> None:
        assert reachable_facts(scenario()) == {"symptom", "change", "phone"}

    @pytest.mark.parametrize(
        ("when", "reachable"),
        [
            ({"phone.password": "new"}, True),
            ({"done.unlock": True, "account.locked": False}, True),
            ({"assurance": "proven"}, True),
            ({"not": {"assurance": "identified"}}, True),
            ({"phone.password": "lost"}, False),
            ({"told.symptom": False, "account.locked": False, "phone.password": "old"}, False),
        ],
    )  # fmt: skip
    def test_through_what_can_be_done(self, when: dict[str, object], reachable: bool) -> None:
        assert ("phone" in reachable_facts(scenario(facts__phone__when=when))) is reachable

    def test_two_facts_that_wait_for_each_other_are_never_told(self) -> None:
        locked = scenario(
            facts__change__when={"told.phone": True}, facts__change__not_yet=["Hm, one moment please."]
        )
        assert reachable_facts(locked) == {"symptom"}
