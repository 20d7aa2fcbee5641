"""How content the customer is at the end, from 1 to 5: from the end state and the mood, by this rule.

| what counts                                                                        | points  |
| ---------------------------------------------------------------------------------- | ------- |
| the mood at the end (its warmth, 0 to 1)                                           | 1 to 3  |
| the problem is solved and the call ended as it should                              | +2      |
| solved, but the customer has not seen for themselves that it works                 | +1½     |
| not solved, but passed on honestly to a team                                       | +½      |
| something was changed that should have been left alone                             | −1      |

Rounded to the nearest whole, halves up. Without help it is never more than 3; when the customer's patience
ran out, never more than 2. For a call by an impostor, the customer is the person whose account it is: 5
when nothing of theirs was touched and the call ended as it should, 4 when it ended in another way, 1 when
something was touched.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from engine.definition import Scenario
from engine.events import CustomerLeft
from engine.record import CallRecord
from engine.vocabulary import Ending

type Why = Literal["mood", "helped", "helped_unseen", "passed_on", "harmed", "owner_safe", "owner_harmed"]
"""What a part of the figure comes from; `owner_…` where the call was by an impostor."""


class Weighed(NamedTuple):
    """How the figure came about: its parts, and the most that it could be (`most_because` says why)."""

    parts: tuple[tuple[Why, float], ...]
    most: int
    most_because: Literal["", "not_helped", "out_of_patience"] = ""

    @property
    def figure(self) -> int:
        """1 (very dissatisfied) to 5 (very satisfied)."""
        total = sum(points for _, points in self.parts)
        return max(1, min(self.most, math.floor(total + 0.5)))


def satisfaction(scenario: Scenario, record: CallRecord) -> int:
    """1 (very dissatisfied) to 5 (very satisfied)."""
    return weigh(scenario, record).figure


def weigh(scenario: Scenario, record: CallRecord) -> Weighed:
    """The figure with the parts that it is the sum of."""
    if not scenario.caller.genuine:
        return Weighed((_of_the_real_owner(scenario, record),), most=5)
    helped = ended_well(scenario, record)
    parts: list[tuple[Why, float]] = [("mood", 1 + 2 * record.state.mood.warmth)]
    if helped:
        seen = record.state.satisfied or scenario.outcome.ending is not Ending.RESOLVED
        parts.append(("helped", 2.0) if seen else ("helped_unseen", 1.5))
    elif record.ending is Ending.ESCALATED:
        parts.append(("passed_on", 0.5))
    if harmed(scenario, record):
        parts.append(("harmed", -1.0))
    if _patience_ran_out(record):
        return Weighed(tuple(parts), most=2, most_because="out_of_patience")
    return Weighed(tuple(parts), most=5 if helped else 3, most_because="" if helped else "not_helped")


def _patience_ran_out(record: CallRecord) -> bool:
    return any(
        isinstance(stored.event, CustomerLeft) and stored.event.why == "out_of_patience"
        for stored in record.events
    )


def ended_well(scenario: Scenario, record: CallRecord) -> bool:
    """Whether the call ended as the scenario says it ought to: the state, the ending, the team."""
    wanted = scenario.outcome
    right_team = wanted.team is None or (record.team or "").casefold() == wanted.team.casefold()
    return record.ending is wanted.ending and right_team and record.state.fulfils(wanted.solved)


def closed_in_vain(scenario: Scenario, record: CallRecord) -> bool:
    """Whether the call was closed as resolved while the problem is still there."""
    return record.ending is Ending.RESOLVED and not record.state.fulfils(scenario.outcome.solved)


def harmed(scenario: Scenario, record: CallRecord) -> bool:
    """Whether something changed that the scenario says must be left alone."""
    values = record.state.values
    return any(values.get(name) != value for name, value in scenario.outcome.untouched.items())


def _of_the_real_owner(scenario: Scenario, record: CallRecord) -> tuple[Why, float]:
    if harmed(scenario, record) or not record.state.fulfils(scenario.outcome.solved):
        return ("owner_harmed", 1.0)
    return ("owner_safe", 5.0 if ended_well(scenario, record) else 4.0)
