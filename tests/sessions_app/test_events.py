"""The closed types of everything that crosses the socket."""

import json
import uuid
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from sessions_app import events
from sessions_app.commands import HANDLERS
from sessions_app.frames import FLOOD_FRAMES, FloodGate, read_frame
from sessions_app.schema import socket_schema


def members(union: Any) -> tuple[type[BaseModel], ...]:
    return get_args(get_args(union)[0])


ALL = members(events.ClientFrame) + members(events.ServerFrame)


@pytest.mark.parametrize("frame", ALL, ids=lambda frame: frame.__name__)
def test_every_frame_is_closed_described_and_in_the_schema(frame: type[BaseModel]) -> None:
    described = socket_schema()["$defs"][frame.__name__]
    assert described["additionalProperties"] is False
    assert described["description"]
    assert "const" in described["properties"]["type"]
    with pytest.raises(ValidationError):
        frame.model_validate({"type": described["properties"]["type"]["const"], "surprise": 1})


def test_the_schema_holds_together() -> None:
    schema = socket_schema()
    text = json.dumps(schema)
    for reference in (part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]):
        assert reference in schema["$defs"]


def test_a_type_goes_one_way_only() -> None:
    types = [frame.model_json_schema()["properties"]["type"]["const"] for frame in ALL]
    assert len(types) == len(set(types))


def test_every_command_is_handled() -> None:
    commands = {frame for frame in members(events.ClientFrame) if issubclass(frame, events.Command)}
    assert commands == set(HANDLERS)


def test_shown_types_are_the_stored_frames_that_are_no_messages() -> None:
    stored = {f for f in members(events.ServerFrame) if issubclass(f, events.StoredFrame)}
    types = {frame.model_json_schema()["properties"]["type"]["const"] for frame in stored}
    assert types == {*events.SHOWN_TYPES, "message.created"}


def test_a_message_is_trimmed() -> None:
    frame = read_frame(
        json.dumps({"type": "message.send", "client_id": str(uuid.uuid4()), "text": "  hi \n"})
    )
    assert isinstance(frame, events.SendMessage)
    assert frame.text == "hi"


def test_an_error_never_echoes_what_it_cannot_show() -> None:
    error = read_frame('{"type": "message.send", "client_id": "a\\u0000b", "text": "hi", "\\ud800": 1}')
    assert isinstance(error, events.Error)
    assert (error.code, error.client_id) == ("bad_frame", None)
    error.model_dump_json().encode()


def test_the_gate_counts_within_its_time() -> None:
    gate = FloodGate()
    assert all(gate.lets_in(0.0) for _ in range(FLOOD_FRAMES))
    assert not gate.lets_in(1.9)
    assert gate.lets_in(2.0)
    slow = FloodGate()
    assert all(slow.lets_in(number / 10) for number in range(200))
