"""The API's schemas, and the page that explains them."""

from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from sessions_app.schema import socket_schema


@cache
def openapi_document() -> dict[str, Any]:
    """Return the whole API as OpenAPI 3.1; made once in a process."""
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The API as an OpenAPI document."""
    return JsonResponse(openapi_document())


@require_safe
def socket(request: HttpRequest) -> JsonResponse:
    """Every frame of the live socket as JSON Schema."""
    return JsonResponse(socket_schema(), content_type="application/schema+json")
