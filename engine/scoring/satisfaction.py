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

from engine.definition import Scenario
from engine.events import CustomerLeft
from engine.record import CallRecord
from engine.vocabulary import Ending


def satisfaction(scenario: Scenario, record: CallRecord) -> int:
    """1 (very dissatisfied) to 5 (very satisfied)."""
    if not scenario.caller.genuine:
        return _of_the_real_owner(scenario, record)
    helped = ended_well(scenario, record)
    figure = 1 + 2 * record.state.mood.warmth
    if helped:
        seen = record.state.satisfied or scenario.outcome.ending is not Ending.RESOLVED
        figure += 2 if seen else 1.5
    elif record.ending is Ending.ESCALATED:
        figure += 0.5
    figure -= 1 if harmed(scenario, record) else 0
    most = 5 if helped else 3
    if any(
        isinstance(stored.event, CustomerLeft) and stored.event.why == "out_of_patience"
        for stored in record.events
    ):
        most = 2
    return max(1, min(most, math.floor(figure + 0.5)))


def ended_well(scenario: Scenario, record: CallRecord) -> bool:
    """Whether the call ended as the scenario says it ought to: the state, the ending, the team."""
    wanted = scenario.outcome
    right_team = wanted.team is None or (record.team or "").casefold() == wanted.team.casefold()
    return record.ending is wanted.ending and right_team and record.state.fulfils(wanted.solved)


def harmed(scenario: Scenario, record: CallRecord) -> bool:
    """Whether something changed that the scenario says must be left alone."""
    values = record.state.values
    return any(values.get(name) != value for name, value in scenario.outcome.untouched.items())


def _of_the_real_owner(scenario: Scenario, record: CallRecord) -> int:
    if harmed(scenario, record) or not record.state.fulfils(scenario.outcome.solved):
        return 1
    return 5 if ended_well(scenario, record) else 4
