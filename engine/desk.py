"""The agent's side of the call: tools and records, marks, and the ending. Pure, like a turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from engine import identity
from engine.definition import Action, Scenario
from engine.draft import Draft
from engine.errors import BadArguments, NotYetGiven, UnknownTool, VerificationRequired
from engine.estate import act_on_estate, what_is_seen
from engine.events import Event, RecordLookedUp, SessionEnded, ToolWarned
from engine.parts import Part
from engine.reactions import make_excuse
from engine.records import RecordView, find_record, list_records
from engine.state import CallState
from engine.vocabulary import Assurance, Ending, IdentityField, Outcome, Proof
from engine.voice import Reply, word

__all__ = ["RecordView", "end_call", "list_records", "list_tools", "mark_field", "run_tool"]

LOOK_UP = "look_up"
PROOF_LABELS = {
    Proof.CALL_BACK: ("Call back", "Ring the number on file and ask for the caller."),
    Proof.PUSH: ("Send a push", "Send a prompt to the enrolled device and wait for it to be approved."),
    Proof.MANAGER_APPROVAL: ("Ask the manager", "Ask the line manager on file to approve the request."),
}


class Step(Part):
    """The next state and what happened."""

    state: CallState
    events: tuple[Event, ...] = ()


class ToolResult(Part):
    """What the agent's screen says. `warning`: the desk's rule stopped the tool and nothing was done."""

    ok: bool
    text: str
    warning: bool = False
    data: dict[str, Any] = Field(default_factory=dict)


class ToolRun(Step):
    """A step by a tool, with its result and what the customer says to it, if anything."""

    result: ToolResult
    reply: Reply | None = None


class ToolInfo(Part):
    """A tool as the console offers it; `allowed` whether the caller's assurance is enough for it now."""

    id: str
    label: str
    explains: str
    kind: Literal["action", "proof"]
    needs: Assurance
    allowed: bool


def list_tools(scenario: Scenario, state: CallState) -> tuple[ToolInfo, ...]:
    """The proofs of possession, then the scenario's own tools, in the author's order."""
    proofs = [
        ToolInfo(id=proof, label=label, explains=explains, kind="proof", needs=Assurance.NONE, allowed=True)
        for proof, (label, explains) in PROOF_LABELS.items()
        if proof in scenario.caller.proofs
    ]
    actions = [
        ToolInfo(
            id=name,
            label=action.label,
            explains=action.explains or "",
            kind="action",
            needs=action.needs,
            allowed=state.assurance.covers(action.needs),
        )
        for name, action in scenario.tools.items()
    ]
    return (*proofs, *actions)


def run_tool(
    scenario: Scenario, state: CallState, tool: str, arguments: Mapping[str, Any], at: dt.datetime
) -> ToolRun:
    """Use a tool: a proof of possession, `look_up {"record": id}`, or one of the scenario's (`{"force": bool}`).

    Raises UnknownTool and BadArguments; the state is unchanged then.
    """
    draft = Draft(scenario, state)
    if tool == LOOK_UP:
        return _look_up(draft, arguments)
    if tool in scenario.tools:
        return _use(draft, tool, scenario.tools[tool], force=_force(arguments))
    if tool in set(Proof) and Proof(tool) in scenario.caller.proofs:
        return _prove(draft, Proof(tool), arguments, at)
    known = ", ".join([LOOK_UP, *(info.id for info in list_tools(scenario, state))])
    raise UnknownTool(f"There is no tool “{tool}” here. Use one of: {known}.")


def _force(arguments: Mapping[str, Any]) -> bool:
    _only(arguments, {"force"})
    force = arguments.get("force", False)
    if not isinstance(force, bool):
        raise BadArguments("`force` is true or false.")
    return force


def _only(arguments: Mapping[str, Any], names: set[str]) -> None:
    if unknown := set(arguments) - names:
        raise BadArguments(f"This tool takes no argument “{min(unknown)}”.")


def _look_up(draft: Draft, arguments: Mapping[str, Any]) -> ToolRun:
    _only(arguments, {"record"})
    record = find_record(draft.scenario, draft.state, str(arguments.get("record", "")))
    if record is None:
        raise BadArguments(
            "`record` names a record of the directory, such as `person:…`; this one does not exist."
        )
    draft.record(RecordLookedUp(record=record.id))
    return _done(draft, ToolResult(ok=True, text=record.title, data=record.model_dump(mode="json")))


def _use(draft: Draft, name: str, action: Action, *, force: bool) -> ToolRun:
    assurance = draft.state.assurance
    allowed = assurance.covers(action.needs)
    if not allowed and not force:
        draft.record(ToolWarned(action=name, assurance=assurance, needed=action.needs))
        text = (
            f"The desk's rule: {action.label} needs a caller who is {action.needs}. This caller is not yet."
        )
        return _done(draft, ToolResult(ok=False, text=text, warning=True, data={"needs": action.needs}))
    effective = act_on_estate(draft, name, action, forced=not allowed)
    seen = what_is_seen(draft, action, effective=effective)
    return _done(draft, ToolResult(ok=effective, text=seen[0]))


def _prove(draft: Draft, proof: Proof, arguments: Mapping[str, Any], at: dt.datetime) -> ToolRun:
    _only(arguments, set())
    passed = identity.check_possession(draft, proof)
    check = draft.scenario.caller.proofs[proof]
    if draft.state.left:
        return _done(draft, ToolResult(ok=passed, text=check.result, data={"passed": passed}))
    if not draft.scenario.caller.genuine:
        make_excuse(draft, proof)
    elif proof not in draft.state.excused:
        draft.change(excused=(*draft.state.excused, proof))
        draft.say("was_checked", proof, check.says)
    return _done(draft, ToolResult(ok=passed, text=check.result, data={"passed": passed}), at)


def _done(draft: Draft, result: ToolResult, at: dt.datetime | None = None) -> ToolRun:
    if not draft.moves or at is None:
        return ToolRun(state=draft.state, events=tuple(draft.events), result=result)
    reply, said = word(draft.scenario, draft.state, draft.moves)
    shown = at + dt.timedelta(milliseconds=reply.typing_ms)
    state = draft.state.with_(said=draft.state.said + said, last_customer_at=shown)
    return ToolRun(state=state, events=tuple(draft.events), result=result, reply=reply)


def mark_field(scenario: Scenario, state: CallState, field: IdentityField, outcome: Outcome) -> Step:
    """The trainee says whether what the caller gave is what the records hold. Raises NotYetGiven."""
    if field not in state.given:
        label = field.replace("_", " ")
        raise NotYetGiven(
            f"The caller has not given their {label} yet. Ask for it, then compare it with the records."
        )
    draft = Draft(scenario, state)
    identity.mark(draft, field, outcome)
    return Step(state=draft.state, events=tuple(draft.events))


def end_call(
    scenario: Scenario, state: CallState, *, ending: Ending, team: str | None = None, reason: str = ""
) -> Step:
    """The trainee ends the session. Raises VerificationRequired for a resolution before the caller was identified."""
    if ending is Ending.RESOLVED and not state.assurance.covers(Assurance.IDENTIFIED):
        raise VerificationRequired(
            "Check who is on the line first: ask for name, username and asset tag, compare each with the records "
            "and mark it. You can refuse or escalate without that."
        )
    if team is not None and team not in scenario.desk.teams:
        raise BadArguments(f"`team` is one of: {', '.join(scenario.desk.teams)}.")
    return Step(state=state, events=(SessionEnded(ending=ending, team=team, reason=reason),))
