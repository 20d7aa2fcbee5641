"""The agent's side: tools, records, marks, and the ending."""

from __future__ import annotations

import pytest

from engine.desk import end_call, list_records, list_tools
from engine.errors import BadArguments, NotYetGiven, UnknownTool, VerificationRequired
from engine.vocabulary import Assurance, Ending
from tests.engine.calls import Call, shipped, shipped_slugs

LOCKED = "locked-out-after-the-long-weekend"


@pytest.fixture
def call() -> Call:
    return Call(shipped(LOCKED))


def risky_tool(call: Call) -> str:
    return next(name for name, action in call.scenario.tools.items() if action.needs is Assurance.PROVEN)


def test_a_field_cannot_be_marked_before_it_was_answered(call: Call) -> None:
    with pytest.raises(NotYetGiven, match="username"):
        call.mark("username")


def test_three_matching_fields_identify_and_a_proof_proves(call: Call) -> None:
    call.identify()
    assert call.state.assurance is Assurance.IDENTIFIED
    passing = next(proof for proof, result in call.scenario.caller.proofs.items() if result.passes)
    assert call.use(passing).result.ok
    assert call.state.assurance is Assurance.PROVEN
    assert [e.level for e in call.events if e.type == "assurance_reached"] == ["identified", "proven"]


def test_one_mismatch_takes_the_assurance_back(call: Call) -> None:
    call.identify()
    call.mark("username", "mismatch")
    assert call.state.assurance is Assurance.NONE


def test_a_risky_tool_warns_and_changes_nothing(call: Call) -> None:
    before = call.state
    run = call.use(risky_tool(call))
    assert run.result.warning
    assert run.state == before
    assert call.kinds()[-1] == "tool_warned"


def test_a_forced_tool_is_done_and_recorded_as_a_breach(call: Call) -> None:
    call.use(risky_tool(call), force=True)
    taken = [event for event in call.events if event.type == "action_taken"]
    assert [event.forced for event in taken] == [True]


def test_unknown_tools_and_arguments_are_named(call: Call) -> None:
    with pytest.raises(UnknownTool, match="look_up"):
        call.use("format_the_disk")
    with pytest.raises(BadArguments, match="colour"):
        call.use(risky_tool(call), colour="red")
    with pytest.raises(BadArguments, match="force"):
        call.use(risky_tool(call), force="yes")
    with pytest.raises(BadArguments, match="record"):
        call.use("look_up", record="person:nobody")


def test_a_call_is_not_resolved_before_the_caller_is_identified(call: Call) -> None:
    with pytest.raises(VerificationRequired):
        end_call(call.scenario, call.state, ending=Ending.RESOLVED)
    assert end_call(call.scenario, call.state, ending=Ending.REFUSED).events
    call.identify()
    assert end_call(call.scenario, call.state, ending=Ending.RESOLVED).events


def test_an_escalation_goes_to_a_team_of_the_desk(call: Call) -> None:
    with pytest.raises(BadArguments, match="team"):
        end_call(call.scenario, call.state, ending=Ending.ESCALATED, team="The pub")


@pytest.mark.parametrize("slug", shipped_slugs())
def test_screens_never_show_what_nobody_may_see(slug: str) -> None:
    scenario = shipped(slug)
    call = Call(scenario)
    hidden = {v.label for v in scenario.estate.variables.values() if v.shown_on is None}
    labels = {label for record in list_records(scenario, call.state) for label, _ in record.rows}
    assert not hidden & labels
    assert {tool.id for tool in list_tools(scenario, call.state)} == {
        *scenario.caller.proofs,
        *scenario.tools,
    }


def test_a_change_of_the_estate_shows_on_the_record(call: Call) -> None:
    shown = {v.shown_on for v in call.scenario.estate.variables.values() if v.shown_on}
    assert shown
    record = min(shown)
    assert record in {view.id for view in list_records(call.scenario, call.state)}
