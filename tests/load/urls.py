"""The project's pages, and the hello that they are compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import *  # noqa: F403 - the handlers of errors too
from config.urls import urlpatterns as project_pages

HELLO = "/bench/hello/"


def hello(request: HttpRequest) -> HttpResponse:
    """The floor of a page: everything but a page. The middleware has looked up the reader already."""
    return HttpResponse("hello")


urlpatterns = [path(HELLO.removeprefix("/"), hello), *project_pages]
