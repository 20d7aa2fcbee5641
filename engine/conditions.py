"""Conditions: what must be true, written as data.

A condition is a mapping from a state name to the value, or the list of values, that is allowed; all entries must
hold. `any:` takes a list of conditions of which one must hold, `not:` a condition that must not.

Names that a condition may use besides the estate's own variables:

| name            | value                                                        |
| --------------- | ------------------------------------------------------------ |
| `assurance`     | none, identified or proven (a higher level satisfies a lower one) |
| `told.<fact>`   | whether the customer has told that fact                      |
| `done.<action>` | whether that action was done                                 |
| `proof.<proof>` | whether that proof of possession was tried and passed        |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.parts import Value
from engine.vocabulary import Assurance

Condition = dict[str, Any]
"""As written in a scenario file; `problems_of` says what is wrong with one."""


def holds(condition: Condition, values: Mapping[str, Value]) -> bool:
    """Whether `condition` is true of `values` (every state name → its value). An unknown name is never true."""
    return all(_entry_holds(name, wanted, values) for name, wanted in condition.items())


def _entry_holds(name: str, wanted: Any, values: Mapping[str, Value]) -> bool:
    if name == "any":
        return any(holds(option, values) for option in wanted)
    if name == "not":
        return not holds(wanted, values)
    if name not in values:
        return False
    allowed = wanted if isinstance(wanted, list) else [wanted]
    if name == "assurance":
        return any(Assurance(str(values[name])).covers(Assurance(level)) for level in allowed)
    return any(_same(values[name], value) for value in allowed)


def _same(actual: Value, allowed: Value) -> bool:
    # True == 1 in Python; in a scenario file they are different things.
    return type(actual) is type(allowed) and actual == allowed


def names_in(condition: Condition) -> Iterator[tuple[str, Any]]:
    """Every (state name, allowed value or list) that a condition mentions, nested ones too."""
    for name, wanted in condition.items():
        if name == "any":
            for option in wanted:
                yield from names_in(option)
        elif name == "not":
            yield from names_in(wanted)
        else:
            yield name, wanted


def problems_of(condition: object) -> Iterator[str]:
    """What is wrong with the shape of a condition, in words; nothing when it is well-formed."""
    if not isinstance(condition, dict):
        yield "a condition is a mapping from a state name to the value or list of values allowed"
        return
    for name, wanted in condition.items():
        if name == "any":
            if not isinstance(wanted, list) or not wanted:
                yield "`any` takes a list of conditions"
                continue
            for option in wanted:
                yield from problems_of(option)
        elif name == "not":
            yield from problems_of(wanted)
        elif isinstance(wanted, list):
            if not wanted or not all(isinstance(value, bool | int | str) for value in wanted):
                yield f"`{name}` needs a list of plain values"
        elif not isinstance(wanted, bool | int | str):
            yield f"`{name}` needs a plain value or a list of them"
