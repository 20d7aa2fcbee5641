"""Reading what a client sends: closed bodies and parameters, or the error that names what is wrong."""

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from accounts.rest.problems import INVALID, MALFORMED, TOO_LARGE, ApiError
from accounts.texts import unstorable

BODY = "body"
"""The name of the whole body in `errors`."""

_SENTENCES = {
    "missing": "This field is required.",
    "extra_forbidden": "There is no such field.",
    "string_type": "Send a text.",
    "string_unicode": "The text holds half of a character (a lone surrogate).",
    "int_type": "Send a whole number.",
    "bool_type": "Send true or false.",
    "bool_parsing": "Send true or false.",
    "dict_type": "Send an object.",
    "model_type": "Send a JSON object.",
    "uuid_type": "Send a UUID as a text.",
    "uuid_parsing": "This is not a UUID.",
}


class Body(BaseModel):
    """A body that a client sends. A field nobody declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Query(BaseModel):
    """Parameters of an address. Others are left to whoever added them."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class JsonParser(BaseParser):
    """Reads a JSON body of limited size and depth."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what the body holds; raise `ApiError` for one that is too large or no JSON."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise ApiError(TOO_LARGE)
        try:
            return json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise ApiError(MALFORMED) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def read_body[T: Body](kind: type[T], request: Request) -> T:
    """Return the request's body as `kind`; raise `ApiError` that names each wrong field."""
    return _validated(kind, request.data)


def read_query[T: Query](kind: type[T], request: Request) -> T:
    """Return the address's parameters as `kind`; an empty one counts as absent."""
    given = {name: value for name, value in request.query_params.items() if value}
    return _validated(kind, given)


def _validated[T: BaseModel](kind: type[T], given: object) -> T:
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise ApiError(INVALID, errors=errors_of(error)) from error


def errors_of(error: ValidationError) -> dict[str, list[str]]:
    """Return sentences by field, with names that came from the client left out."""
    errors: dict[str, list[str]] = {}
    for one in error.errors(include_url=False, include_input=False):
        name = _name_of(one["loc"])
        sentence = _sentence_of(one["type"], one["msg"], one.get("ctx", {}))
        if sentence not in errors.setdefault(name, []):
            errors[name].append(sentence)
    return errors


def _name_of(location: Iterable[int | str]) -> str:
    name = ".".join(str(part) for part in location)
    return name if name.isprintable() and 0 < len(name) <= 80 else BODY


def _sentence_of(kind: str, message: str, context: Mapping[str, Any]) -> str:
    match kind:
        case "string_too_long":
            return f"Write at most {context['max_length']:,} characters."
        case "string_too_short":
            return "This field is empty. Write something first."
        case "enum" | "literal_error":
            return f"Send one of {context['expected']}.".replace("'", "`")
        case "value_error":
            fault = str(context["error"])
            return fault if fault.endswith(".") else f"The text {fault}. Remove it and send it again."
    return _SENTENCES.get(kind, f"{message}.")


def _storable(text: str) -> str:
    if problem := unstorable(text):
        raise ValueError(f"holds {problem}")
    return text


Storable = AfterValidator(_storable)
"""Refuses what PostgreSQL cannot store."""
