"""The API's schemas, and the page that explains them."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from config import reference
from sessions_app.schema import socket_schema


@cache
def openapi_document() -> dict[str, Any]:
    """Return the whole API as OpenAPI 3.1; made once in a process."""
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document


@cache
def _page_context() -> dict[str, Any]:
    document = reference.inlined(openapi_document(), openapi_document()["components"]["schemas"])
    frames = reference.inlined(socket_schema(), socket_schema()["$defs"])
    return {
        "groups": reference.groups_of(document),
        "objects": reference.objects_of(document),
        "problems": reference.problems_of(document),
        "directions": [
            ("A client sends", "client", reference.frames_of(frames, "ClientFrame")),
            ("The server sends", "server", reference.frames_of(frames, "ServerFrame")),
        ],
    }


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The API as an OpenAPI document."""
    return JsonResponse(openapi_document())


@require_safe
def socket(request: HttpRequest) -> JsonResponse:
    """Every frame of the live socket as JSON Schema."""
    return JsonResponse(socket_schema(), content_type="application/schema+json")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything that the API does, for people who write programs."""
    return render(request, "config/api_docs.html", _page_context())
