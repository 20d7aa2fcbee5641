"""The documentation of an endpoint, written beside it, as OpenAPI 3.1."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiRequest,
    OpenApiResponse,
    extend_schema,
)
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from accounts.rest import problems, schemes
from accounts.rest.idempotency import HEADER, KEY_IN_USE, KEY_REUSED
from accounts.rest.problems import MEDIA_TYPE, Kind, ProblemDetails, problem_body
from accounts.rest.reading import Body, Query

__all__ = ["Says", "complete", "documented", "schemes"]

JSON = "application/json"
COMPONENTS = "#/components/schemas/{model}"

type Mode = Literal["validation", "serialization"]
_models: dict[type[BaseModel], Mode] = {}
"""Everything that some endpoint reads or answers with, and which of the two."""

_IDEMPOTENCY = OpenApiParameter(
    HEADER,
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Any text of your own, such as a UUID: the same request sent again with it is not done again.",
)
_NOBODY: Any = [{}]
"""OpenAPI's word for: no sign-in."""


@dataclass(frozen=True)
class Says:
    """What an endpoint answers: `model` None for no body, with a whole example."""

    model: type[BaseModel] | None
    description: str
    example: Any = None


def documented[F: Callable[..., Any]](
    summary: str,
    *,
    tag: str,
    answers: Mapping[int, Says],
    body: type[Body] | None = None,
    example: Any = None,
    query: type[Query] | None = None,
    path: Mapping[str, str] | None = None,
    refusals: Iterable[Kind] = (),
    public: bool = False,
) -> Callable[[F], F]:
    """Decorate a method of an endpoint with what it takes and answers; its docstring is the description.

    `example` is of `body`, `path` explains the parameters in the address, `refusals` are the kinds beside those
    that every endpoint of its sort can answer with. `public`: nobody need sign in.
    """

    def decorate(method: F) -> F:
        idempotent = getattr(method, "idempotent", False)
        kinds = [
            *_usual(method, reads=body is not None, checks=query is not None or idempotent, public=public),
            *refusals,
            *([KEY_IN_USE, KEY_REUSED] if idempotent else []),
        ]
        return extend_schema(  # type: ignore[no-any-return]
            operation_id=summary.lower().replace(",", "").replace(" ", "_"),
            summary=summary,
            tags=[tag],
            auth=_NOBODY if public else None,
            parameters=[*_path(path or {}), *_query(query), *([_IDEMPOTENCY] if idempotent else [])],
            request=_request(body, example),
            responses=_answers(answers) | _refusals(kinds),
        )(method)

    return decorate


def _usual(method: Callable[..., Any], *, reads: bool, checks: bool, public: bool) -> list[Kind]:
    kinds = [problems.INVALID] if reads or checks else []
    if reads:
        kinds += [problems.MALFORMED, problems.NO_LENGTH, problems.TOO_LARGE, problems.MEDIA]
    if not public:
        kinds += [problems.NOT_SIGNED_IN, problems.BAD_TOKEN]
        kinds += [problems.CSRF_FAILED] if method.__name__ != "get" else []
    return [*kinds, problems.THROTTLED, problems.BROKEN, problems.AWAY]


def _reference(model: type[BaseModel], mode: Mode) -> dict[str, str]:
    known = _models.setdefault(model, mode)
    if known != mode:
        raise TypeError(f"{model.__name__} is both read and answered with; give each a model of its own.")
    return {"$ref": COMPONENTS.format(model=model.__name__)}


def _request(body: type[Body] | None, example: Any) -> Any:
    if body is None:
        return None
    examples = [OpenApiExample("Example", value=example)] if example is not None else []
    return {JSON: OpenApiRequest(_reference(body, "validation"), examples=examples)}


def _answers(answers: Mapping[int, Says]) -> dict[Any, Any]:
    responses: dict[Any, Any] = {}
    for status, says in answers.items():
        if says.model is None:
            responses[status] = OpenApiResponse(None, description=says.description)
            continue
        examples = [OpenApiExample("Example", value=says.example)] if says.example is not None else []
        reference = _reference(says.model, "serialization")
        responses[status, JSON] = OpenApiResponse(reference, description=says.description, examples=examples)
    return responses


def _refusals(kinds: Iterable[Kind]) -> dict[Any, Any]:
    by_status: defaultdict[int, list[Kind]] = defaultdict(list)
    for kind in sorted(dict.fromkeys(kinds), key=lambda kind: kind.status):
        by_status[kind.status].append(kind)
    reference = _reference(ProblemDetails, "serialization")
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            reference,
            description=" / ".join(f"{kind.title} (`{kind.code}`)" for kind in some),
            examples=[OpenApiExample(kind.code, value=_example_of(kind)) for kind in some],
        )
        for status, some in by_status.items()
    }


def _example_of(kind: Kind) -> dict[str, Any]:
    errors = {"text": ["This field is required."]} if kind is problems.INVALID else None
    extra: dict[str, Any] = {"retry_after": 12} if kind is problems.THROTTLED else {}
    return problem_body(kind, errors=errors, **extra)


def _path(explained: Mapping[str, str]) -> list[OpenApiParameter]:
    kinds: dict[str, Any] = {"session_id": OpenApiTypes.UUID}
    return [
        OpenApiParameter(name, kinds.get(name, OpenApiTypes.STR), OpenApiParameter.PATH, description=words)
        for name, words in explained.items()
    ]


def _query(query: type[Query] | None) -> list[OpenApiParameter]:
    if query is None:
        return []
    schema = query.model_json_schema(schema_generator=Untitled)
    parameters = []
    for name, field in schema["properties"].items():
        options = [one for one in field.pop("anyOf", []) if one.get("type") != "null"]
        described = field | (options[0] if options else {})
        described = described | schema.get("$defs", {}).get(described.pop("$ref", "").rpartition("/")[2], {})
        words = field.get("description", "")
        if described.get("default") is None:
            described.pop("default", None)
        kind = {key: value for key, value in described.items() if key not in ("description", "title")}
        parameters.append(OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=words))
    return parameters


class Untitled(GenerateJsonSchema):
    """Leaves out the titles that would only repeat each field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Say no."""
        return False


def complete(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add every model to a generated document: a hook of drf-spectacular's `POSTPROCESSING_HOOKS`.

    All come from one run, so that two models of one name cannot be mistaken for each other.
    """
    pairs = sorted(_models.items(), key=lambda pair: pair[0].__name__)
    _by_model, made = models_json_schema(pairs, ref_template=COMPONENTS, schema_generator=Untitled)
    schemas = made.get("$defs", {})
    for operations in result["paths"].values():
        for operation in operations.values():
            _require_body(operation, schemas)
    result.setdefault("components", {})["schemas"] = dict(sorted(schemas.items()))
    return result


def _require_body(operation: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    """Say that a body must be sent where it has fields that must be."""
    if "requestBody" in operation:
        reference = operation["requestBody"]["content"][JSON]["schema"]["$ref"]
        needed = schemas[reference.rpartition("/")[2]].get("required")
        operation["requestBody"]["required"] = bool(needed)
