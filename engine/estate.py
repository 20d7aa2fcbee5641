"""Actions on the simulated estate. What is solved is read off its variables, never guessed from the chat."""

from __future__ import annotations

from collections.abc import Sequence

from engine.definition import Action, Report
from engine.draft import Draft
from engine.events import ActionTaken, EstateChanged
from engine.vocabulary import Assurance


def act_on_estate(draft: Draft, name: str, action: Action, *, forced: bool = False) -> bool:
    """Carry out an action and record it. Whether its precondition held, so that its effects came about."""
    effective = draft.state.fulfils(action.when)
    draft.record(_taken(draft, name, action, effective=effective, forced=forced))
    if effective:
        _apply(draft, action)
        draft.count("done", name)
    return effective


def claim_action(draft: Draft, name: str, action: Action) -> None:
    """The customer says that they did it, and did not."""
    draft.record(_taken(draft, name, action, effective=False, claimed=True))


def what_is_seen(draft: Draft, action: Action, *, effective: bool) -> tuple[str, ...]:
    """The wordings of what the action shows now, read off the estate."""
    return first_true(draft, action.reports) if effective else action.otherwise


def first_true(draft: Draft, reports: Sequence[Report]) -> tuple[str, ...]:
    """The wordings of the first report that holds now; the last one always does."""
    return next((report.says for report in reports if draft.state.fulfils(report.when)), reports[-1].says)


def _taken(
    draft: Draft, name: str, action: Action, *, effective: bool, forced: bool = False, claimed: bool = False
) -> ActionTaken:
    return ActionTaken(
        action=name,
        by=action.by,
        effective=effective,
        assurance=draft.state.assurance,
        needed=action.needs if action.by == "agent" else Assurance.NONE,
        forced=forced,
        claimed=claimed,
    )


def _apply(draft: Draft, action: Action) -> None:
    changes = {name: value for name, value in action.effects.items() if draft.state.values[name] != value}
    if not changes:
        return
    draft.change(values={**draft.state.values, **changes})
    draft.record(EstateChanged(changes=changes))
