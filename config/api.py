"""Paths under /api/: version 1, its documentation, and the schemas."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, URLPattern, URLResolver, include, path, re_path, resolve
from django.views.decorators.csrf import csrf_exempt

from accounts.rest.endpoint import Nothing
from config import documentation

nothing = Nothing.as_view()


@csrf_exempt  # as every endpoint: the cookie's authentication asks for the token, a bearer needs none
def without_slash(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer an address that ends with a slash as the one without it."""
    try:
        match = resolve(f"/api/v1/{rest}")
    except Resolver404:
        return nothing(request)
    request.path = request.path_info = request.path.rstrip("/")
    return match.func(request, *match.args, **match.kwargs)


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include("accounts.api")),
    path("v1/", include("sessions_app.api.urls")),
    path("v1/", include("gamification.api")),
    path("schema/", documentation.openapi, name="api_schema"),
    path("schema/socket/", documentation.socket, name="api_socket_schema"),
    path("docs/", documentation.page, name="api_docs"),
    re_path(r"^v1/(?P<rest>.*[^/])/+$", without_slash),
    re_path(r"^(?:.*)$", nothing),
]
