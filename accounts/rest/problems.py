"""Problem details (RFC 9457): how the API says that something was refused.

Every refusal has a `code` for programs; `type` leads to its explanation in the documentation, and `errors` names
the fields that are wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of refusal: what `code` stands for, wherever it occurs."""

    code: str
    status: int
    title: str
    detail: str
    """A whole sentence that says what to do; also the example in the documentation."""

    @property
    def type(self) -> str:
        return f"/api/docs/#problem-{self.code}"


class ProblemDetails(BaseModel):
    """Why something was refused (RFC 9457). Nothing was changed.

    `type` leads to the explanation of `code`, `detail` says what to do next, and `errors` holds sentences by the
    name of the field, parameter or header that is wrong. Some codes bring further members of their own.
    """

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: dict[str, list[str]] | None = None


INVALID = Kind(
    "invalid",
    400,
    "Some fields are wrong",
    "Nothing was changed. `errors` says what is wrong with each field.",
)
MALFORMED = Kind("malformed_json", 400, "Not JSON", "The body must be one JSON object in UTF-8.")
NOT_SIGNED_IN = Kind(
    "not_signed_in",
    401,
    "Sign in first",
    "Send `Authorization: Bearer` with an access token from `POST /api/v1/auth/login`.",
)
BAD_TOKEN = Kind(
    "bad_token",
    401,
    "This token does not count",
    "The access token is wrong, has expired or was signed out. Refresh it, or sign in again.",
)
CSRF_FAILED = Kind(
    "csrf_failed",
    403,
    "The page's own token is missing",
    "Requests that carry the cookie of the site need its CSRF token in the header `X-CSRFToken`.",
)
FORBIDDEN = Kind("forbidden", 403, "Not allowed", "This account may not do that.")
NOT_FOUND = Kind("not_found", 404, "Not found", "There is nothing at this address.")
METHOD = Kind(
    "method_not_allowed",
    405,
    "This address does something else",
    "The header `Allow` names the methods that this address knows.",
)
NO_LENGTH = Kind(
    "length_required",
    411,
    "How long is the body?",
    "Send the body with a `Content-Length`; pieces of unknown length are not read.",
)
TOO_LARGE = Kind("too_large", 413, "Too large", "A body may have at most 1 MB.")
MEDIA = Kind("unsupported_media_type", 415, "Send JSON", "Send the body as `application/json`.")
THROTTLED = Kind(
    "throttled",
    429,
    "Too many requests",
    "That was a lot at once. Wait for as many seconds as `Retry-After` says; nothing was lost.",
)
BROKEN = Kind("internal", 500, "Something broke", "The fault is ours. What you had saved is kept.")
AWAY = Kind(
    "try_again",
    503,
    "Not reachable right now",
    "The database does not answer. Nothing was changed; send the request again in a moment.",
)

GENERAL = (
    INVALID, MALFORMED, NOT_SIGNED_IN, BAD_TOKEN, CSRF_FAILED, FORBIDDEN, NOT_FOUND, METHOD, NO_LENGTH,
    TOO_LARGE, MEDIA, THROTTLED, BROKEN, AWAY,
)  # fmt: skip
"""The kinds that any endpoint may answer with."""


class ApiError(Exception):
    """A refusal of `kind`; `detail` replaces its sentence, and `extra` are further members of the answer."""

    def __init__(
        self,
        kind: Kind,
        detail: str | None = None,
        *,
        errors: Mapping[str, list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail or kind.detail)
        self.kind = kind
        self.detail = detail or kind.detail
        self.errors = errors
        self.headers = dict(headers or {})
        self.extra = extra


def problem_body(
    kind: Kind, detail: str | None = None, *, errors: Mapping[str, list[str]] | None = None, **extra: Any
) -> dict[str, Any]:
    """Return the members of a problem as they are sent."""
    body: dict[str, Any] = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": detail or kind.detail,
        "code": kind.code,
    }
    if errors:
        body["errors"] = dict(errors)
    return body | extra


def unnamed(status: int) -> Kind:
    """Return a kind for a status that has none of its own."""
    phrase = HTTPStatus(status).phrase
    return Kind(phrase.lower().replace(" ", "_"), status, phrase, f"{phrase}.")
