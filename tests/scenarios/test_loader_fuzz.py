"""Whatever is put into a scenario, it is accepted or refused with a reason; nothing else happens."""

import copy
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenarios.exporter import to_yaml
from scenarios.faults import ScenarioError
from scenarios.loader import check_definition, read_scenario
from tests.scenarios.examples import example_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)
WHOLE: dict[str, Any] = yaml.safe_load(example_text())


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every path into the data but the root's."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from places(value, (*path, key))


PLACES = list(places(WHOLE))


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(PLACES), value=VALUES)
@example(place=("facts", "symptom", "when"), value={"any": [{"not": 1}]})
@example(place=("caller", "person"), value="nobody")
@example(place=("estate", "variables"), value={})
def test_any_value_anywhere(place: tuple[str | int, ...], value: Any) -> None:
    data: Any = copy.deepcopy(WHOLE)
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    try:
        definition = check_definition(data)
    except ScenarioError as refusal:
        assert all(fault.message for fault in refusal.faults)
    else:
        assert read_scenario(to_yaml(definition)).definition == definition


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200) | st.binary(max_size=200), json=st.booleans())
def test_any_text(text: str | bytes, json: bool) -> None:
    try:
        read_scenario(text, source="x.json" if json else "x.yaml")
    except ScenarioError as refusal:
        assert str(refusal).startswith("x.")


@settings(max_examples=150, deadline=None)
@given(start=st.integers(0, len(example_text())), length=st.integers(1, 80), junk=st.text(max_size=8))
def test_any_damage_to_a_file(start: int, length: int, junk: str) -> None:
    text = example_text()
    try:
        read_scenario(text[:start] + junk + text[start + length :], source="x.yaml")
    except ScenarioError as refusal:
        assert str(refusal).startswith("x.yaml")
