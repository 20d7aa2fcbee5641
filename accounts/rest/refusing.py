"""Turning whatever a view raises into a problem, with no sentence of a library in it."""

import math
from collections.abc import Mapping
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.http.request import RawPostDataException
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from accounts.rest.problems import (
    AWAY,
    BAD_TOKEN,
    CSRF_FAILED,
    FORBIDDEN,
    MALFORMED,
    MEDIA,
    MEDIA_TYPE,
    METHOD,
    NOT_FOUND,
    NOT_SIGNED_IN,
    THROTTLED,
    TOO_LARGE,
    ApiError,
    Kind,
    problem_body,
    unnamed,
)

log = structlog.get_logger(__name__)

TRY_AGAIN_SECONDS = 2

KIND_OF: dict[type[Exception], Kind] = {
    Http404: NOT_FOUND,
    RequestDataTooBig: TOO_LARGE,
    RawPostDataException: MEDIA,  # a form, which looking for its CSRF token has used up
    PermissionDenied: FORBIDDEN,
    exceptions.NotAuthenticated: NOT_SIGNED_IN,
    exceptions.AuthenticationFailed: BAD_TOKEN,
    exceptions.MethodNotAllowed: METHOD,
    exceptions.UnsupportedMediaType: MEDIA,
    exceptions.ParseError: MALFORMED,
    exceptions.NotFound: NOT_FOUND,
}


def answer_exception(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer an exception of a view with a problem; None leaves an unforeseen one to be raised on."""
    refusal = _refusal_of(exception)
    if refusal is None:
        return None
    set_rollback()
    body = problem_body(refusal.kind, refusal.detail, errors=refusal.errors, **refusal.extra)
    return Response(body, status=refusal.kind.status, headers=refusal.headers, content_type=MEDIA_TYPE)


def _refusal_of(exception: Exception) -> ApiError | None:
    match exception:
        case ApiError():
            return exception
        case OperationalError() | InterfaceError():
            log.warning("database_away", exc_info=True)
            return ApiError(AWAY, headers={"Retry-After": str(TRY_AGAIN_SECONDS)})
        case exceptions.Throttled(wait=wait):
            seconds = max(1, math.ceil(wait or 1))
            return ApiError(THROTTLED, headers={"Retry-After": str(seconds)}, retry_after=seconds)
    kind = _kind_of(exception)
    challenge = getattr(exception, "auth_header", None)
    return ApiError(kind, headers={"WWW-Authenticate": challenge} if challenge else None) if kind else None


def _kind_of(exception: Exception) -> Kind | None:
    if isinstance(exception, exceptions.PermissionDenied):
        return CSRF_FAILED if "CSRF" in str(exception.detail) else FORBIDDEN
    known = next((kind for cause, kind in KIND_OF.items() if isinstance(exception, cause)), None)
    if known is None and isinstance(exception, exceptions.APIException):
        return unnamed(exception.status_code)
    return known
