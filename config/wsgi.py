"""The entry point of WSGI servers: pages and API, without sockets. Faster than ASGI for pages."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

pages = get_wsgi_application()

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from servestatic import ServeStatic


def with_static_files(pages: Any) -> Any:
    """Serve static files: where they lie while debugging, else as ``collectstatic`` left them."""
    if settings.DEBUG:
        return StaticFilesHandler(pages)
    return ServeStatic(pages, root=str(settings.STATIC_ROOT), prefix=settings.STATIC_URL, max_age=3600)


application = with_static_files(pages)
