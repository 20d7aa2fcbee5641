"""Scenario text, YAML or JSON, as plain data that remembers on which line each field stands.

The text is hostile input: size and depth are limited, aliases refused, and nothing but plain values is built.
Only `true` and `false` are booleans, only decimal numbers are numbers: `no`, `on` and `12:30` stay words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from scenarios.faults import Fault, ScenarioError

MAX_BYTES = 1_000_000
MAX_DEPTH = 30

Path = tuple[str | int, ...]

_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BaseLoader):  # type: ignore[misc]
    """Composes nodes with the plain types of the format, and no others."""

    yaml_implicit_resolvers: dict[str, Any] = {}


_BOOLEAN = "tag:yaml.org,2002:bool"
_INTEGER = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"
_NULL = "tag:yaml.org,2002:null"
_STRING = "tag:yaml.org,2002:str"

for _tag, _pattern, _first in (
    (_BOOLEAN, r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    (_INTEGER, r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    (_FLOAT, r"^[-+]?(?:0|[1-9][0-9]*)?\.[0-9]+(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    (_NULL, r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


@dataclass(frozen=True)
class Document:
    """Plain data with the line (from 1) of every key and item."""

    source: str
    data: Any
    lines: dict[Path, int]

    def locate(self, path: Sequence[str | int]) -> tuple[str, int | None]:
        """Return the field that `path` means, as written (`facts.error.says[0]`), and its line.

        Elements that name no key or item are left out, such as the tags that pydantic puts into paths of
        unions; the line is then that of the last one known.
        """
        known: Path = ()
        here = self.data
        for element in path:
            if isinstance(here, dict) and str(element) in here:
                here, known = here[str(element)], (*known, str(element))
            elif isinstance(here, list) and isinstance(element, int) and element < len(here):
                here, known = here[element], (*known, element)
        return spell(known), self.lines.get(known)


def spell(path: Sequence[str | int]) -> str:
    """Write a path as authors read it: `rubric.criteria.greeting.check.acts[0]`."""
    text = ""
    for element in path:
        text += f"[{element}]" if isinstance(element, int) else f".{element}" if text else element
    return text


def read_document(content: str | bytes, *, source: str) -> Document:
    """Read YAML, or JSON where `source` ends in `.json`.

    Raises:
        ScenarioError: not UTF-8, too large, too deep, ill-formed, aliases, duplicate keys, NUL characters.
    """
    text = _decode(content, source)
    is_json = source.endswith(".json")
    data = _read_json(text, source) if is_json else None
    node = _compose(_as_yaml(text) if is_json else text, source)
    walk = _Walk(source)
    walked = walk.value(node, ())
    faults = [*walk.faults, *_unfit_texts(data, walk, source)] if is_json else walk.faults
    if faults:
        raise ScenarioError(faults)
    return Document(source, data if is_json else walked, walk.lines)


def _decode(content: str | bytes, source: str) -> str:
    size = len(content)
    if size > MAX_BYTES:
        raise ScenarioError([Fault(f"is larger than {MAX_BYTES:,} bytes", source=source)])
    try:
        raw = content.encode() if isinstance(content, str) else content
        return raw.decode("utf-8-sig")
    except UnicodeError:
        raise ScenarioError([Fault("is not UTF-8 text", source=source)]) from None


def _read_json(text: str, source: str) -> Any:
    def refuse(constant: str) -> Any:
        raise ValueError(f"{constant} is no JSON number")

    # Depth is checked on the events first: json.loads recurses.
    _check_events(_as_yaml(text), source)
    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise ScenarioError([Fault(f"is not JSON: {error.msg}", line=error.lineno, source=source)]) from None
    except ValueError as error:
        raise ScenarioError([Fault(f"is not JSON: {error}", source=source)]) from None


def _as_yaml(json_text: str) -> str:
    """JSON is YAML but for tabs between tokens and surrogate escapes; lines and keys stay the same."""
    without_tabs = json_text.replace("\t", " ")
    return re.sub(r"(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}", r"\1......", without_tabs)


def _compose(text: str, source: str) -> yaml.Node:
    _check_events(text, source)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise ScenarioError([_ill_formed(error, source)]) from None
    if node is None:
        raise ScenarioError([Fault("is empty", source=source)])
    return node


def _check_events(text: str, source: str) -> None:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            line = event.start_mark.line + 1 if event.start_mark else None
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise ScenarioError([Fault("anchors and aliases are not allowed", line=line, source=source)])
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise ScenarioError([Fault("is nested too deeply", line=line, source=source)])
    except (yaml.YAMLError, ValueError) as error:
        raise ScenarioError([_ill_formed(error, source)]) from None


def _ill_formed(error: Exception, source: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    line = mark.line + 1 if mark else None
    return Fault(f"cannot be read: {problem}", line=line, source=source)


class _Walk:
    """Turns nodes into plain values, noting lines and faults on the way."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []

    def fault(self, message: str, path: Path, node: yaml.Node) -> None:
        line = node.start_mark.line + 1
        self.faults.append(Fault(message, field=spell(path), line=line, source=self.source))

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        self.fault(f"the tag {node.tag} is not allowed", path, node)
        return None

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            # Every key of the format is a name, so `true:` in `words` is the text "true".
            if not isinstance(key_node, yaml.ScalarNode):
                self.fault("a key must be plain text", path, key_node)
                continue
            here = (*path, key_node.value)
            if not is_storable(key_node.value):
                self.fault("a key holds a character that cannot be stored", path, key_node)
                continue
            if key_node.value in values:
                first = self.lines[here]
                self.fault(f"stands twice; the first is on line {first}", here, key_node)
                continue
            self.lines[here] = key_node.start_mark.line + 1
            values[key_node.value] = self.value(value_node, here)
        return values

    def scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        text: str = node.value
        if node.tag == _NULL:
            return None
        if node.tag == _BOOLEAN:
            return text.lower() == "true"
        if node.tag in (_INTEGER, _FLOAT):
            return self.number(node, path)
        if node.tag != _STRING:
            self.fault(f"the tag {node.tag} is not allowed", path, node)
        elif not is_storable(text):
            self.fault("holds a character that cannot be stored", path, node)
        return text

    def number(self, node: yaml.ScalarNode, path: Path) -> float | int | None:
        if len(node.value) > 30:
            self.fault("is a number with too many digits", path, node)
            return None
        try:
            return int(node.value) if node.tag == _INTEGER else float(node.value)
        except ValueError:
            self.fault("is not a number", path, node)
            return None


def is_storable(text: str) -> bool:
    """Whether the database can hold this text: no NUL character, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _unfit_texts(data: Any, walk: _Walk, source: str) -> Iterator[Fault]:
    """JSON values are read by another reader than the lines; their texts are checked here."""
    for path, text in _texts(data, ()):
        if not is_storable(text):
            line = walk.lines.get(path)
            yield Fault(
                "holds a character that cannot be stored", field=spell(path), line=line, source=source
            )


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield path, key
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))
