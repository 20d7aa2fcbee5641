"""JSON Schema of everything that crosses the live socket, made from the types themselves."""

from typing import Any, Literal

from pydantic import TypeAdapter

from sessions_app.events import client_frames, server_frames

TITLE = "Firstline live session"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def socket_schema() -> dict[str, Any]:
    """Return one document with every frame under `$defs`; `ClientFrame` and `ServerFrame` tell which way it
    goes."""
    definitions: dict[str, Any] = {}
    for name, adapter in (("ClientFrame", client_frames), ("ServerFrame", server_frames)):
        definitions[name] = _collect(adapter, definitions)
    return {"$schema": DIALECT, "title": TITLE, "$defs": dict(sorted(definitions.items()))}


def _collect(adapter: TypeAdapter[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    # What a server sends is described as it is written, what a client sends as it is read.
    mode: Literal["serialization", "validation"] = (
        "serialization" if adapter is server_frames else "validation"
    )
    schema = adapter.json_schema(mode=mode, ref_template="#/$defs/{model}")
    definitions.update(schema.pop("$defs", {}))
    return schema
