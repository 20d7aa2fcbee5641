"""Scenario files → checked definitions, with errors that name file, line and field."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engine.definition import Scenario as Definition
from engine.references import problems
from scenarios.faults import Fault, ScenarioError
from scenarios.source import MAX_BYTES, Document, read_document, spell

SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class ScenarioFile:
    """A definition that was checked, and where each of its fields stands."""

    definition: Definition
    document: Document

    def fault(self, message: str, *path: str | int) -> Fault:
        """Return a fault of this file, with the line of the field at `path`."""
        field, line = self.document.locate(path)
        return Fault(message, field=field, line=line, source=self.document.source)


def read_scenario(content: str | bytes, *, source: str = "") -> ScenarioFile:
    """Read one scenario from YAML text, or JSON where `source` ends in `.json`.

    Raises:
        ScenarioError: with everything that is wrong, each with file, line and field.
    """
    document = read_document(content, source=source)
    definition = _validate(document)
    return ScenarioFile(definition, document)


def check_definition(data: Any) -> Definition:
    """Validate a definition that comes as data (a form, an API), with the same checks as a file.

    Raises:
        ScenarioError: each fault has its field, and neither file nor line.
    """
    return _validate(Document("", data, {}))


def read_paths(paths: Iterable[str | Path]) -> list[ScenarioFile]:
    """Read all scenario files among `paths`; a folder stands for the files directly in it, by name.

    Raises:
        ScenarioError: with the faults of all the files together, also for two files with one slug.
    """
    files: list[ScenarioFile] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            files += [_read_file(file) for file in _files_of(Path(path))]
        except ScenarioError:
            faults += _faults_of(Path(path))
    faults += _twins(files)
    if faults:
        raise ScenarioError(faults)
    return files


def read_uploads(uploads: Iterable[tuple[str, bytes]]) -> list[ScenarioFile]:
    """Read scenario files that were sent, as name and content, with the checks of `read_paths`.

    Raises:
        ScenarioError: with the faults of all the files together.
    """
    files: list[ScenarioFile] = []
    faults: list[Fault] = []
    for name, content in uploads:
        if not name.endswith(SUFFIXES):
            faults.append(Fault(f"must end in {', '.join(SUFFIXES)}", source=name))
            continue
        try:
            files.append(read_scenario(content, source=name))
        except ScenarioError as error:
            faults += error.faults
    faults += _twins(files)
    if faults:
        raise ScenarioError(faults)
    return files


def _faults_of(path: Path) -> Iterator[Fault]:
    """Everything that is wrong under `path`; reading goes on after the first bad file."""
    try:
        found = _files_of(path)
    except ScenarioError as error:
        yield from error.faults
        return
    for file in found:
        try:
            _read_file(file)
        except ScenarioError as error:
            yield from error.faults


def _files_of(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise ScenarioError([Fault("there is no such file or folder", source=str(path))])
    found = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES and file.is_file())
    if not found:
        raise ScenarioError([Fault("there is no scenario file in this folder", source=str(path))])
    return found


def _read_file(path: Path) -> ScenarioFile:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"cannot be opened: {error.strerror}"
        raise ScenarioError([Fault(message, source=str(path))]) from None
    return read_scenario(content, source=str(path))


def _twins(files: Sequence[ScenarioFile]) -> Iterator[Fault]:
    by_slug: defaultdict[str, list[ScenarioFile]] = defaultdict(list)
    for file in files:
        by_slug[file.definition.slug].append(file)
    for slug, same in by_slug.items():
        for twin in same[1:]:
            yield twin.fault(f"`{slug}` is also in {same[0].document.source}", "slug")


# ---------------------------------------------------------------- validation


def _validate(document: Document) -> Definition:
    try:
        definition = Definition.model_validate(document.data)
    except ValidationError as error:
        raise ScenarioError(_from_pydantic(error, document)) from None
    file = ScenarioFile(definition, document)
    if found := problems(definition):
        raise ScenarioError(file.fault(problem.message, *problem.path) for problem in found)
    return definition


def _from_pydantic(error: ValidationError, document: Document) -> list[Fault]:
    faults: dict[tuple[str, str], Fault] = {}
    plain_values: set[str] = set()
    for detail in error.errors(include_url=False):
        place = detail["loc"]
        field, line = document.locate(place)
        if detail["type"] == "missing":
            field = spell((field, str(place[-1]))) if field else str(place[-1])
        message = _in_words(detail)
        if place and place[-1] in ("bool", "int", "str"):
            # A value that may be any of three types fails three times; once is enough to say so.
            if field in plain_values:
                continue
            plain_values.add(field)
            message = "must be true or false, a whole number or text"
        faults[field, message] = Fault(message, field=field, line=line, source=document.source)
    return list(faults.values())


_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of the format",
    "model_type": "must be a mapping of fields",
    "dict_type": "must be a mapping",
    "tuple_type": "must be a list",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "union_tag_not_found": "needs a `type`",
    "date_from_datetime_parsing": "must be a date such as 2026-05-31",
    "date_parsing": "must be a date such as 2026-05-31",
    "date_type": "must be a date such as 2026-05-31",
}
_SPELLED = {
    r"^[a-z][a-z0-9_]{0,59}$": "must be a name: lower case letters, digits and underscores, a letter first",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "must be lower case letters, digits and single dashes",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$": "must be a dotted name such as account.locked",
}


def _in_words(detail: ErrorDetails) -> str:
    kind, context, found = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_type":
        quotes = "; put it in quotes" if isinstance(found, bool | int | float) else ""
        return f"must be text{quotes}"
    if kind == "string_pattern_mismatch":
        return _SPELLED.get(str(context["pattern"]), f"must match {context['pattern']}") + _found(found)
    if kind == "union_tag_invalid":
        return f"`{context['tag']}` is no type; use one of {context['expected_tags']}"
    words = _WORDS.get(kind) or detail["msg"].replace("Input should", "should")
    words = words[0].lower() + words[1:]
    return words if kind in ("missing", "extra_forbidden") else words + _found(found)


def _found(value: Any) -> str:
    if isinstance(value, bool):
        return f" (found {str(value).lower()})"
    if isinstance(value, int | float):
        return f" (found {value})"
    if isinstance(value, str):
        return f" (found “{value[:40]}{'…' if len(value) > 40 else ''}”)"
    return ""


# ---------------------------------------------------------------- stored form


def as_stored(definition: Definition) -> dict[str, Any]:
    """Return the JSON that is stored: complete, so that a later default changes no scenario of today."""
    return definition.model_dump(mode="json")


def as_written(definition: Definition) -> dict[str, Any]:
    """Return what an author would write: nothing that equals a default."""
    return definition.model_dump(mode="json", exclude_defaults=True)


def checksum_of(definition: Definition) -> str:
    """Return 64 hex digits that tell definitions apart; a field that the format gains later changes none."""
    text = json.dumps(as_written(definition), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parse_stored(stored: Mapping[str, Any]) -> Definition:
    """Return a stored definition as the engine reads it. It was checked when it was stored."""
    return Definition.model_validate(stored)
