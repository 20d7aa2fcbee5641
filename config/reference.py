"""The API's OpenAPI document in the order and words of a page for people."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from accounts.rendering import render_markdown
from accounts.rest.openapi import JSON
from accounts.rest.problems import GENERAL, MEDIA_TYPE, Kind

REFERENCE = "#/components/schemas/"
DEFINITION = "#/$defs/"
GROUPS = ("Signing in", "Scenarios", "The call", "The desk", "Knowledge", "Me")
METHODS = ("get", "post", "put", "patch", "delete")
ADDRESS = "https://firstline.example"
SAMPLES = {
    "session_id": "0198c1f0-5c1e-7b8a-9d53-000000000010",
    "scenario": "the-projector-that-stays-dark",
    "article": "no_signal",
    "tool": "call_back",
}
"""Values of the parameters in an address that the examples name."""

_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(?<![\w.])(-?\d+(?:\.\d+)?)(?![\w.])')


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an object or a parameter. `kind_html` says in words what it holds, with links to objects."""

    name: str
    kind_html: SafeString
    required: bool
    words_html: SafeString
    place: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """An object of the API or a frame of the socket."""

    name: str
    words_html: SafeString
    fields: tuple[Field, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its example."""

    status: str
    words_html: SafeString
    thing: str
    example_html: SafeString


@dataclass(frozen=True, slots=True)
class Refusal:
    """A kind of problem."""

    code: str
    status: int
    title: str
    detail_html: SafeString


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API does."""

    anchor: str
    method: str
    path: str
    title: str
    words_html: SafeString
    public: bool
    idempotent: bool
    parameters: tuple[Field, ...]
    body: Thing | None
    request: str
    replies: tuple[Reply, ...]
    refusals: tuple[Refusal, ...]


@dataclass(slots=True)
class Group:
    """What belongs together."""

    name: str
    anchor: str
    operations: list[Operation] = field(default_factory=list)


def groups_of(document: Mapping[str, Any]) -> list[Group]:
    """Return every operation of the document, grouped in the order of a call."""
    groups = {name: Group(name, name.lower().replace(" ", "-")) for name in GROUPS}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                groups[operation["tags"][0]].operations.append(_operation(document, path, method, operation))
    return list(groups.values())


def objects_of(document: Mapping[str, Any]) -> list[Thing]:
    """Return every object that requests and answers are made of, by name."""
    schemas = document["components"]["schemas"]
    return [
        _thing(name, schema, "object") for name, schema in sorted(schemas.items()) if "properties" in schema
    ]


def problems_of(document: Mapping[str, Any]) -> list[Refusal]:
    """Return every kind of problem that some operation answers with, by status."""
    found = {kind.code: _explained(kind) for kind in GENERAL}
    for operations in document["paths"].values():
        for operation in operations.values():
            for refusal in _refusals(operation):
                found.setdefault(refusal.code, refusal)
    return sorted(found.values(), key=lambda refusal: (refusal.status, refusal.code))


def frames_of(schema: Mapping[str, Any], direction: str) -> list[Thing]:
    """Return the socket's frames of `ClientFrame` or `ServerFrame`, each by the name of its type."""
    definitions = schema["$defs"]
    mapping = definitions[direction]["discriminator"]["mapping"]
    return [
        _thing(kind, definitions[reference.removeprefix(DEFINITION)], "frame", skip={"type"})
        for kind, reference in mapping.items()
    ]


def inlined(document: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with every reference to a choice or a text replaced by what it stands for.

    What has fields of its own keeps its reference: the page shows it once, and links to it.
    """
    small = {name: schema for name, schema in schemas.items() if "properties" not in schema}

    def walk(part: Any) -> Any:
        if isinstance(part, Mapping):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name in small:
                beside = {key: value for key, value in part.items() if key != "$ref"}
                return walk(small[name]) | beside
            return {key: walk(value) for key, value in part.items()}
        return [walk(one) for one in part] if isinstance(part, list) else part

    return {key: walk(value) for key, value in document.items()}


# ---------------------------------------------------------------- operations


def _operation(
    document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Operation:
    parameters = tuple(_parameters(operation.get("parameters", ())))
    return Operation(
        anchor=operation["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        title=operation["summary"],
        words_html=render_markdown(operation.get("description", "")),
        public={} in operation.get("security", []),
        idempotent=any(parameter.place == "header" for parameter in parameters),
        parameters=parameters,
        body=_body(document, operation),
        request=_curl(path, method, operation),
        replies=tuple(_replies(operation)),
        refusals=tuple(_refusals(operation)),
    )


def _parameters(parameters: Iterable[Mapping[str, Any]]) -> Iterator[Field]:
    order = {"path": 0, "query": 1, "header": 2}
    for parameter in sorted(parameters, key=lambda one: order[one["in"]]):
        yield Field(
            name=parameter["name"],
            kind_html=_kind(parameter["schema"]),
            required=parameter.get("required", False),
            words_html=render_markdown(parameter.get("description", "")),
            place=parameter["in"],
        )


def _body(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Thing | None:
    if "requestBody" not in operation:
        return None
    name = operation["requestBody"]["content"][JSON]["schema"]["$ref"].removeprefix(REFERENCE)
    return _thing(name, document["components"]["schemas"][name], "object")


def _example(content: Mapping[str, Any]) -> Any:
    return next((one["value"] for one in content.get("examples", {}).values()), None)


def _replies(operation: Mapping[str, Any]) -> Iterator[Reply]:
    for status, response in operation["responses"].items():
        if int(status) >= 400:
            continue
        content = response.get("content", {}).get(JSON, {})
        yield Reply(
            status=status,
            words_html=render_markdown(response["description"]),
            thing=content.get("schema", {}).get("$ref", "").removeprefix(REFERENCE),
            example_html=coloured(_example(content)) if content else SafeString(""),
        )


def _refusals(operation: Mapping[str, Any]) -> Iterator[Refusal]:
    for status, response in sorted(operation["responses"].items()):
        for example in response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {}).values():
            problem = example["value"]
            yield Refusal(
                code=problem["code"],
                status=int(status),
                title=problem["title"],
                detail_html=render_markdown(problem["detail"]),
            )


def _explained(kind: Kind) -> Refusal:
    return Refusal(kind.code, kind.status, kind.title, render_markdown(kind.detail))


def _curl(path: str, method: str, operation: Mapping[str, Any]) -> str:
    address = ADDRESS + path
    for name, sample in SAMPLES.items():
        address = address.replace(f"{{{name}}}", sample)
    needed = [
        one["name"] for one in operation.get("parameters", ()) if one["in"] == "query" and one.get("required")
    ]
    address += "?" + "&".join(f"{name}=…" for name in needed) if needed else ""
    lines = [f"curl {address}" if method == "get" else f"curl -X {method.upper()} {address}"]
    if {} not in operation.get("security", []):
        lines.append('-H "Authorization: Bearer $ACCESS"')
    if "requestBody" in operation:
        body = json.dumps(_example(operation["requestBody"]["content"][JSON]), ensure_ascii=False)
        lines.append('-H "Content-Type: application/json"')
        lines.append("-d '" + body.replace("'", "'\\''") + "'")
    return " \\\n  ".join(lines)


# ---------------------------------------------------------------- objects


def _thing(name: str, schema: Mapping[str, Any], sort: str, *, skip: Iterable[str] = ()) -> Thing:
    required = set(schema.get("required", ()))
    return Thing(
        name=name,
        words_html=render_markdown(_one_line(schema.get("description", ""))),
        fields=tuple(
            Field(
                name=one,
                kind_html=_kind(described),
                required=one in required,
                words_html=render_markdown(described.get("description", "")),
            )
            for one, described in schema.get("properties", {}).items()
            if one not in skip
        ),
        anchor=f"{sort}-{name.replace('.', '-')}",
    )


def _one_line(text: str) -> str:
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _kind(schema: Mapping[str, Any]) -> SafeString:
    return mark_safe(_kind_html(schema))  # noqa: S308 (every word of it is escaped where it is put in)


def _kind_html(schema: Mapping[str, Any]) -> str:
    """Say what a JSON Schema lets in, as escaped HTML."""
    if "$ref" in schema:
        return _link(schema["$ref"])
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return " or ".join(dict.fromkeys(_kind_html(one) for one in schema[word]))
    if "const" in schema:
        return f"<code>{escape(json.dumps(schema['const']))}</code>"
    if "enum" in schema:
        return "one of " + ", ".join(f"<code>{escape(str(one))}</code>" for one in schema["enum"])
    return _simple(schema)


def _simple(schema: Mapping[str, Any]) -> str:
    match schema.get("type"):
        case "array":
            held = schema.get("prefixItems", [schema.get("items", {})])
            return "list of " + " and ".join(_kind_html(one) for one in held)
        case "object" if isinstance(schema.get("additionalProperties"), Mapping):
            return "object of " + _kind_html(schema["additionalProperties"])
        case "string":
            return _text(schema)
        case "integer" | "number":
            return _number(schema)
    return {"boolean": "true or false", "null": "null", "object": "object"}.get(
        schema.get("type", ""), "anything"
    )


def _text(schema: Mapping[str, Any]) -> str:
    formats = {"uuid": "UUID", "date-time": "moment (ISO 8601, UTC)", "date": "day (ISO 8601)"}
    if name := formats.get(schema.get("format", "")):
        return name
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    return f"text, {least or 'at most'}{'–' if least else ' '}{most:,} characters" if most else "text"


def _number(schema: Mapping[str, Any]) -> str:
    word = "whole number" if schema["type"] == "integer" else "number"
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None:
        return word
    return f"{word}, {least:,} or more" if most in (None, 2**31 - 1) else f"{word}, {least:,}–{most:,}"


def _link(reference: str) -> str:
    name = reference.rpartition("/")[2]
    if reference.startswith(REFERENCE):
        return f'<a href="#object-{escape(name)}">{escape(name)}</a>'
    return f"<code>{escape(name)}</code>"


def coloured(value: Any) -> SafeString:
    """Return data as indented JSON with its names, texts and values marked for colour."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    parts, end = [], 0
    for match in _TOKEN.finditer(text):
        parts.append(escape(text[end : match.start()]))
        parts.append(_marked(match))
        end = match.end()
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped)


def _marked(match: re.Match[str]) -> str:
    text, colon, _word, _number = match.groups()
    if text and colon:
        return f'<span class="code-name">{escape(text)}</span>{colon}'
    return f'<span class="{"code-text" if text else "code-value"}">{escape(match[0])}</span>'
