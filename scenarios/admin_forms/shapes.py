"""What a field of the format looks like in a form, told by the type that its pydantic model declares."""

from __future__ import annotations

import datetime as dt
import inspect
import types
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

LONG_TEXT = 2_000
"""A text that may be longer than this many characters gets a large field."""
MANY = 8
"""More choices than this are written, one on each line, rather than ticked."""


class Kind(StrEnum):
    """How a value is asked for; templates have a piece for each."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    YAML = "yaml"
    GROUP = "group"
    ENTRIES = "entries"
    ITEMS = "items"


@dataclass(frozen=True)
class Shape:
    """A place for a value. `parts` are a group's fields, `item` what a list or mapping holds, `keys` the closed
    set of a mapping's keys (None: the author names them)."""

    kind: Kind
    required: bool = True
    default: Any = None
    choices: tuple[str, ...] = ()
    parts: dict[str, Shape] = field(default_factory=dict)
    item: Shape | None = None
    keys: tuple[str, ...] | None = None
    explains: str = ""

    @property
    def each(self) -> Shape:
        """The shape of every item or entry that it holds."""
        if self.item is None:
            raise TypeError(f"{self.kind} holds no items")
        return self.item


@cache
def shape_of_model(model: type[BaseModel]) -> Shape:
    """Return the group of fields that a model is."""
    parts = {name: _shape_of_field(info) for name, info in model.model_fields.items()}
    # A subclass without words of its own would repeat those of its base.
    explains = inspect.cleandoc(model.__doc__ or "").split("\n\n")[0] if "__doc__" in vars(model) else ""
    return Shape(Kind.GROUP, parts=parts, explains=explains.replace("\n", " "))


def _shape_of_field(info: FieldInfo) -> Shape:
    shape = _shape_of_type(info.annotation, tuple(info.metadata))
    if info.is_required():
        return shape
    default = info.get_default(call_default_factory=True, validated_data={})
    return _changed(shape, required=False, default=default)


def _changed(shape: Shape, **changes: Any) -> Shape:
    return Shape(**{**vars(shape), **changes})


def _shape_of_type(annotation: Any, metadata: tuple[Any, ...] = ()) -> Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape_of_type(arguments[0], (*arguments[1:], *metadata))
    if origin in (Union, types.UnionType):
        return _shape_of_union([one for one in arguments if one is not types.NoneType], arguments, metadata)
    if origin is Literal:
        return Shape(Kind.CHOICE, choices=tuple(str(one) for one in arguments))
    if origin is tuple:
        return _shape_of_list(_shape_of_type(arguments[0]))
    if origin is dict:
        return _shape_of_mapping(*arguments)
    return _shape_of_class(annotation, metadata)


def _shape_of_union(others: list[Any], arguments: tuple[Any, ...], metadata: tuple[Any, ...]) -> Shape:
    if len(others) == 1 and len(others) < len(arguments):
        return _changed(_shape_of_type(others[0], metadata), required=False)
    return Shape(Kind.YAML)


def _shape_of_list(item: Shape) -> Shape:
    if item.kind is Kind.GROUP:
        return Shape(Kind.ITEMS, item=item)
    if item.kind is Kind.CHOICE and len(item.choices) <= MANY:
        return Shape(Kind.CHOICES, choices=item.choices)
    if item.kind in (Kind.LINE, Kind.CHOICE):
        return Shape(Kind.LINES, choices=item.choices)
    return Shape(Kind.YAML)


def _shape_of_mapping(key: Any, value: Any) -> Shape:
    item = _shape_of_type(value)
    if inspect.isclass(key) and issubclass(key, StrEnum):
        return Shape(Kind.ENTRIES, item=_changed(item, required=False), keys=tuple(str(one) for one in key))
    if item.kind is Kind.GROUP:
        return Shape(Kind.ENTRIES, item=item)
    return Shape(Kind.YAML)


def _shape_of_class(annotation: Any, metadata: tuple[Any, ...]) -> Shape:
    if not inspect.isclass(annotation):
        return Shape(Kind.YAML)
    if issubclass(annotation, BaseModel):
        return shape_of_model(annotation)
    if issubclass(annotation, StrEnum):
        return Shape(Kind.CHOICE, choices=tuple(str(one) for one in annotation))
    if issubclass(annotation, str):
        return Shape(Kind.TEXT if _longest(metadata) > LONG_TEXT else Kind.LINE)
    plain = {bool: Kind.FLAG, int: Kind.INTEGER, float: Kind.NUMBER, dt.date: Kind.DATE}
    return Shape(plain.get(annotation, Kind.YAML))


def _longest(metadata: tuple[Any, ...]) -> int:
    lengths = [one.max_length for one in metadata if isinstance(one, StringConstraints | MaxLen)]
    return max((length for length in lengths if length is not None), default=0)
