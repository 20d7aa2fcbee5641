"""The ground that every part of a scenario stands on: strict, frozen, and free of characters no text may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class Part(BaseModel):
    """A piece of data that never changes after it was checked; a field nobody declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Verbatim(Part):
    """A part that keeps texts exactly as they were written: character offsets point into them."""

    model_config = ConfigDict(str_strip_whitespace=False)


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("may not contain a NUL character")
    return text


Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_without_nul)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=600), AfterValidator(_without_nul)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=40)]
"""Wordings of one thing; the voice draws among them."""
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""An identifier inside a scenario: lower case, digits, underscores."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
VariableName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$", max_length=80)
]
"""A dotted name of something that is true or not in the estate: `account.locked`."""
Value = bool | int | str
"""What a state variable may hold."""
