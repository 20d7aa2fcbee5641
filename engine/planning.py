"""What the actions of a scenario can bring about: the shortest way to an end, and all that can be reached.

The estate is small and its actions are known, so the search is complete: a way that it does not find does
not exist.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from engine.conditions import Condition, holds, names_in
from engine.definition import Action, Scenario
from engine.identity import answer_for, matches_records, record_of
from engine.parts import Value
from engine.state import CallState
from engine.vocabulary import Assurance, IdentityField

MOST_STATES = 20_000
"""States that are looked at before the search gives up; the scenarios have a few hundred."""

type Goal = Callable[[Mapping[str, Value]], bool]


class Node(NamedTuple):
    """A state of the estate: the variables' values in the scenario's order, and what was done."""

    values: tuple[Value, ...]
    done: frozenset[str]


class World:
    """The estate as a graph: nodes are states, edges the actions that a caller of this assurance allows."""

    def __init__(self, scenario: Scenario, *, assurance: Assurance, told: Iterable[str]) -> None:
        self.scenario = scenario
        self.variables = tuple(scenario.estate.variables)
        self.fixed: dict[str, Value] = {f"told.{fact}": False for fact in scenario.facts}
        self.fixed.update({f"told.{fact}": True for fact in told})
        self.fixed["assurance"] = str(assurance)
        passes = assurance is Assurance.PROVEN
        self.fixed.update(
            {f"proof.{proof}": check.passes and passes for proof, check in scenario.caller.proofs.items()}
        )
        self.usable = {
            name: action
            for name, action in scenario.actions.items()
            if action.by == "customer" or assurance.covers(action.needs)
        }
        self._watched = frozenset(name for name in _done_names(scenario))

    def start(self, values: Mapping[str, Value] | None = None, done: Iterable[str] = ()) -> Node:
        """The node of these values (default: before the call)."""
        now = values or {name: variable.starts for name, variable in self.scenario.estate.variables.items()}
        return Node(tuple(now[name] for name in self.variables), frozenset(done) & self._watched)

    def names(self, node: Node) -> dict[str, Value]:
        """Every state name that a condition may use, with its value at this node."""
        names = dict(self.fixed)
        names.update(zip(self.variables, node.values, strict=True))
        names.update({f"done.{action}": action in node.done for action in self.scenario.actions})
        return names

    def after(self, node: Node, name: str, action: Action) -> Node | None:
        """The node to which an action leads; None where its condition does not hold."""
        names = self.names(node)
        if not holds(action.when, names):
            return None
        done = node.done | {name} if name in self._watched else node.done
        values = tuple(action.effects.get(variable, names[variable]) for variable in self.variables)
        return Node(values, done)

    def reachable(
        self, start: Node, kept: Mapping[str, Value] | None = None
    ) -> Iterator[tuple[Node, list[str]]]:
        """Every node with a shortest way to it; only through nodes at which `kept` has its values."""
        ways: dict[Node, list[str]] = {start: []}
        queue = deque([start])
        while queue and len(ways) <= MOST_STATES:
            node = queue.popleft()
            yield node, ways[node]
            for name, action in self.usable.items():
                following = self.after(node, name, action)
                if following is None or following in ways or not self._keeps(following, kept or {}):
                    continue
                ways[following] = [*ways[node], name]
                queue.append(following)

    def shortest(self, start: Node, goal: Goal, kept: Mapping[str, Value] | None = None) -> list[str] | None:
        """The shortest sequence of actions from `start` to a node where `goal` holds; None without any."""
        return next((way for node, way in self.reachable(start, kept) if goal(self.names(node))), None)

    def _keeps(self, node: Node, kept: Mapping[str, Value]) -> bool:
        return all(
            kept[name] == value
            for name, value in zip(self.variables, node.values, strict=True)
            if name in kept
        )


def plan(
    scenario: Scenario,
    state: CallState,
    goals: Collection[Condition],
    *,
    assurance: Assurance | None = None,
    avoid: Collection[str] = (),
) -> list[str] | None:
    """The shortest way from a state of the call to one where every goal holds.

    Nothing is touched that should be left alone (unless it was touched already); nothing in `avoid` is done.
    """
    world = World(scenario, assurance=assurance or state.assurance, told=state.told)
    world.usable = {name: action for name, action in world.usable.items() if name not in avoid}
    kept = {
        name: value for name, value in scenario.outcome.untouched.items() if state.values.get(name) == value
    }
    start = world.start(state.values, state.done)
    return world.shortest(start, lambda names: all(holds(goal, names) for goal in goals), kept)


def best_assurance(scenario: Scenario) -> Assurance:
    """How sure the desk can become of this caller by comparing truly and trying every proof."""
    for field in IdentityField:
        given = answer_for(scenario, field).value or record_of(scenario, field)
        if not given or not matches_records(scenario, field, given):
            return Assurance.NONE
    passes = any(proof.passes for proof in scenario.caller.proofs.values())
    return Assurance.PROVEN if passes else Assurance.IDENTIFIED


def reachable_facts(scenario: Scenario) -> set[str]:
    """The facts that some course of the call lets the customer tell."""
    told: set[str] = set()
    while True:
        world = World(scenario, assurance=best_assurance(scenario), told=told)
        fresh = {name for name, fact in scenario.facts.items() if name not in told and not fact.when}
        waiting = {name for name, fact in scenario.facts.items() if name not in told and fact.when}
        for node, _ in world.reachable(world.start()) if waiting else ():
            names = world.names(node)
            fresh |= {name for name in waiting if _may_hold(scenario.facts[name].when, names)}
            if waiting <= fresh:
                break
        if not fresh:
            return told
        told |= fresh


def _may_hold(condition: Condition, names: dict[str, Value]) -> bool:
    """Whether the condition holds at this node for some assurance up to the one that can be reached."""
    most = Assurance(str(names["assurance"]))
    levels = [level for level in Assurance if most.covers(level)]
    return any(holds(condition, {**names, "assurance": str(level)}) for level in levels)


def _done_names(scenario: Scenario) -> Iterator[str]:
    """The actions that some condition of the scenario asks about; the others need not be remembered."""
    conditions = [scenario.outcome.solved]
    conditions += [fact.when for fact in scenario.facts.values()]
    for action in scenario.actions.values():
        conditions += [action.when, *(report.when for report in action.reports)]
    for criterion in scenario.rubric.criteria.values():
        conditions += [getattr(criterion.check, "state", {})]
    for condition in conditions:
        for name, _ in names_in(condition):
            if name.startswith("done."):
                yield name.removeprefix("done.")
