"""The health check, and the pages that say what went wrong."""

import structlog
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist, loader
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.rest.problems import BROKEN, FORBIDDEN, MEDIA_TYPE, NOT_FOUND, problem_body, unnamed

log = structlog.get_logger("firstline.health")

API_KINDS = {kind.status: kind for kind in (FORBIDDEN, NOT_FOUND, BROKEN)}
"""What the API says where no endpoint of it could."""


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.error("database unreachable", error=str(error))
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be understood."""
    return error_page(request, 400, "Bad request", "The server could not understand this request.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for something that this person may not see or do."""
    return error_page(request, 403, "Not allowed", "You may not see this page with this account.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere."""
    return error_page(request, 404, "Not found", "There is nothing at this address.")


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours. Nothing in it may depend on what has just failed."""
    return error_page(
        request, 500, "Something broke", "The fault is ours. What you had saved is kept.", safe=True
    )


def error_page(
    request: HttpRequest, status: int, title: str, explanation: str, safe: bool = False
) -> HttpResponse:
    """Render ``<status>.html``; the API gets problem details, and a missing template plain text.

    ``safe`` renders without the request, so that no context processor can fail again.
    """
    if request.path.startswith("/api/"):
        kind = API_KINDS.get(status) or unnamed(status)
        return JsonResponse(problem_body(kind), status=status, content_type=MEDIA_TYPE)
    try:
        template = loader.get_template(f"{status}.html")
    except TemplateDoesNotExist:
        return HttpResponse(
            f"{title}\n\n{explanation}\n", status=status, content_type="text/plain; charset=utf-8"
        )
    context = {"title": title, "explanation": explanation, "status": status}
    return HttpResponse(template.render(context, None if safe else request), status=status)
