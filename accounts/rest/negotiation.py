"""Which language is spoken: JSON."""

from typing import Any

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class AlwaysJson(BaseContentNegotiation):
    """Answers JSON whatever a client says it would rather have: there is nothing else."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Return the parser of the body's media type, None for another one."""
        base = request.content_type.partition(";")[0].strip().lower() if request.content_type else ""
        return next((parser for parser in parsers if parser.media_type == base), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the JSON renderer."""
        return renderers[0], renderers[0].media_type
