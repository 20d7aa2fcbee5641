"""How a scenario differs between sessions: what its author leaves open is drawn by the session's seed.

Two things can be left open. A *value* is drawn from a list and stands wherever the file says `${name}`; an
*alternative* is one of several named ways in which the call can be, each a JSON merge patch (RFC 7396) on the
file: another cause, another wrong detail, an honest caller or a false one. The drawn scenario has nothing open any
more, so the rest of the engine never meets a choice, and the same seed gives the same scenario for ever.
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from engine.parts import Line, Name, Part

if TYPE_CHECKING:
    from engine.definition import Scenario

PLACEHOLDER = re.compile(r"\$\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\}")
MOST_CASES = 24
"""Combinations of alternatives that a scenario may have: each one is proven by the bots."""

FIXED = frozenset(
    {"format", "slug", "title", "summary", "difficulty", "estimated_minutes", "xp_reward", "skills", "tags"}
    | {"prerequisites", "briefing", "desk", "knowledge", "variation"}
)
"""Parts that are read before a session begins, or by all sessions alike, and so cannot differ."""


def _stripped(data: Any) -> Any:
    """Texts without blanks around them, as everywhere in a scenario."""
    if isinstance(data, str):
        return data.strip()
    if isinstance(data, dict):
        return {key: _stripped(value) for key, value in data.items()}
    return [_stripped(value) for value in data] if isinstance(data, list) else data


class Alternative(Part):
    """One way in which the call can be. `differs` says in words how, for the instructor and the proof.

    `changes` are laid over the file: mappings are merged, anything else replaces what was there, and `null` takes a
    key away. A weight of 3 comes up three times as often as a weight of 1.
    """

    differs: Line
    weight: int = Field(default=1, ge=1, le=100)
    changes: Annotated[dict[str, Any], AfterValidator(_stripped)] = Field(default_factory=dict)


Option = Line | dict[Name, Line]
"""A value that may be drawn; as a mapping, several that belong together (`${caller.name}`, `${caller.username}`)."""


class Variation(Part):
    """What the author leaves open: values by name, and alternatives by the question that they answer."""

    values: dict[Name, Annotated[tuple[Option, ...], Field(min_length=2, max_length=40)]] = Field(
        default_factory=dict
    )
    alternatives: dict[Name, Annotated[dict[Name, Alternative], Field(min_length=2, max_length=12)]] = Field(
        default_factory=dict
    )

    def __bool__(self) -> bool:
        return bool(self.values or self.alternatives)

    def draw(self, seed: int) -> Drawn:
        """What a session with this seed gets."""
        values = [(name, _pick(len(options), seed, name)) for name, options in self.values.items()]
        return Drawn(
            values=tuple(values),
            alternatives=tuple(
                (name, _pick_weighted(options, seed, name)) for name, options in self.alternatives.items()
            ),
        )

    def cases(self) -> Iterator[Drawn]:
        """Every combination of alternatives, each with the first of every value."""
        first = tuple((name, 0) for name in self.values)
        named = [[(name, option) for option in options] for name, options in self.alternatives.items()]
        for combination in itertools.product(*named):
            yield Drawn(values=first, alternatives=combination)

    def every_value(self) -> Iterator[Drawn]:
        """Draws that between them use every option of every value."""
        for name, options in self.values.items():
            for index in range(len(options)):
                yield Drawn(values=((name, index),))

    def texts(self, drawn: Drawn) -> dict[str, str]:
        """What stands for each placeholder."""
        texts: dict[str, str] = {}
        for name, index in drawn.values:
            option = self.values[name][index]
            if isinstance(option, str):
                texts[name] = option
            else:
                texts |= {f"{name}.{part}": text for part, text in option.items()}
        return texts


class Drawn(Part):
    """A choice for everything left open: the index of each value, the name of each alternative."""

    values: tuple[tuple[str, int], ...] = ()
    alternatives: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """The alternatives in words: `cause=driver, caller=false`; empty where there are none."""
        return ", ".join(f"{name}={option}" for name, option in self.alternatives)


class BadVariation(ValueError):
    """What was drawn makes no scenario. `errors` are pydantic's, at places of the patched file."""

    def __init__(self, drawn: Drawn, error: ValidationError) -> None:
        super().__init__(str(error))
        self.drawn = drawn
        self.errors = error.errors(include_url=False)


def vary(scenario: Scenario, seed: int) -> Scenario:
    """The scenario as a session with this seed plays it; itself where nothing is left open."""
    if not scenario.variation:
        return scenario
    return drawn_scenario(scenario, scenario.variation.draw(seed))


def drawn_scenario(scenario: Scenario, drawn: Drawn) -> Scenario:
    """The scenario with these choices made. Raises BadVariation."""
    document = scenario.model_dump(mode="json", exclude_defaults=True, exclude={"variation"})
    for name, option in drawn.alternatives:
        document = merged(document, scenario.variation.alternatives[name][option].changes)
    document = filled(document, scenario.variation.texts(drawn))
    try:
        return type(scenario).model_validate(document)
    except ValidationError as error:
        raise BadVariation(drawn, error) from None


def merged(document: Any, patch: Any) -> Any:
    """`document` with a JSON merge patch (RFC 7396) applied; neither is changed."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(document) if isinstance(document, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def filled(data: Any, texts: Mapping[str, str]) -> Any:
    """`data` with every placeholder in its texts replaced; one that `texts` does not hold stays."""
    if isinstance(data, str):
        return PLACEHOLDER.sub(lambda match: texts.get(match.group(1), match.group()), data)
    if isinstance(data, Mapping):
        return {key: filled(value, texts) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [filled(value, texts) for value in data]
    return data


def _pick(count: int, seed: int, name: str) -> int:
    return int(_fraction(seed, name) * count)


def _pick_weighted(options: Mapping[str, Alternative], seed: int, name: str) -> str:
    bounds = list(itertools.accumulate(option.weight for option in options.values()))
    return list(options)[bisect.bisect_right(bounds, _fraction(seed, name) * bounds[-1])]


def _fraction(seed: int, name: str) -> float:
    """A number in [0, 1) by seed and name alone."""
    text = json.dumps(["variation", seed, name])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) / 2**64
