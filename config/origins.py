"""Who may open a socket from a browser: pages of exactly this site.

A browser sends cookies along with a socket that any page opens, and no same-origin rule holds the
page back. So the origin is compared whole: scheme, host and port.
"""

from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings

DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(origin: str) -> str | None:
    """``scheme://host:port`` in lower case with the port spelled out, or None for anything else."""
    try:
        parts = urlsplit(origin.strip())
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    if not parts.hostname or parts.path or parts.query or parts.username:
        return None
    return f"{parts.scheme}://{parts.hostname}:{port}"


def is_allowed(origin: str | None, host: str, *, secure: bool) -> bool:
    """Whether a socket to ``host`` (its Host header) may be opened by a page of ``origin``.

    A client that sends no origin is not a browser and carries no cookies of somebody unaware.
    """
    if origin is None:
        return True
    ours = {canonical(f"{'https' if secure else 'http'}://{host}")}
    ours |= {canonical(trusted) for trusted in settings.TRUSTED_ORIGINS}
    return canonical(origin) in ours - {None}


class SameOriginValidator:
    """Refuses sockets that pages of other sites open."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}
        secure = scope.get("scheme") == "wss"
        if settings.BEHIND_PROXY:
            secure = headers.get(b"x-forwarded-proto") == "https"
        application = self.application
        if not is_allowed(headers.get(b"origin"), headers.get(b"host", ""), secure=secure):
            application = WebsocketDenier()
        return await application(scope, receive, send)
