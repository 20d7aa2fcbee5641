"""The entry point of ASGI servers: pages, API and sockets."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django import setup

setup(set_prefix=False)

from asgiref.sync import sync_to_async
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase
from servestatic import ServeStaticASGI

from config.origins import SameOriginValidator
from config.routing import websocket_urlpatterns


class PageHandler(ASGIHandler):
    """Django's handler with one crossing into the synchronous world for each request.

    Every view and middleware of ours is synchronous. Django would cross over and back for each
    middleware of the chain, which costs more than most pages do.
    """

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Answer ``request`` in this request's own thread."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


def with_static_files(pages: Any) -> Any:
    """Serve static files: where they lie while debugging, else as ``collectstatic`` left them."""
    if settings.DEBUG:
        return ASGIStaticFilesHandler(pages)
    return ServeStaticASGI(pages, root=str(settings.STATIC_ROOT), prefix=settings.STATIC_URL, max_age=3600)


application = ProtocolTypeRouter(
    {
        "http": with_static_files(PageHandler()),
        "websocket": SameOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
    }
)
