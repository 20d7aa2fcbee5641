"""Lists in pages. A cursor tells the place after which the next page begins, so that nothing is skipped or shown
twice when rows are added meanwhile."""

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from rest_framework.request import Request

from accounts.rest.problems import INVALID, ApiError
from accounts.rest.reading import Query
from accounts.texts import unstorable

PAGE_SIZE = 20
PAGE_LIMIT = 100
COUNT_LIMIT = 2**31 - 1
"""The largest number that a place may hold."""

CURSOR_FAULT = "This cursor is not one of ours. Leave it out to start at the first page."


class Answer(BaseModel):
    """Something that the API answers with. It holds the declared fields and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Page[T](Answer):
    """A part of a list. `next` is the address of the next page, null on the last one."""

    results: tuple[T, ...]
    next: str | None


class Place(BaseModel):
    """A place in a list's order: what its columns hold there. It comes back from the client, so it is checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*")
    @classmethod
    def _can_be_looked_up(cls, value: object) -> object:
        if isinstance(value, str) and unstorable(value):
            raise ValueError("no column holds such a text")
        if isinstance(value, int) and not 0 <= value <= COUNT_LIMIT:
            raise ValueError("no column holds such a number")
        if isinstance(value, dt.datetime) and not 2000 <= value.year <= 2200:
            raise ValueError("nothing happened then")
        return value


class PageQuery(Query):
    """Which part of a list is wanted."""

    cursor: Annotated[str | None, Field(max_length=500, description="From `next` of the page before.")] = None
    page_size: Annotated[int, Field(ge=1, le=PAGE_LIMIT, description="Entries on a page.")] = PAGE_SIZE


def place_in[T: Place](kind: type[T], query: PageQuery) -> T | None:
    """Return the place that the cursor tells, None for the first page; refuse one that is not ours."""
    if query.cursor is None:
        return None
    try:
        text = base64.b64decode(query.cursor, altchars=b"-_", validate=True)
        return kind.model_validate_json(text)
    except (ValueError, binascii.Error, ValidationError) as error:
        raise ApiError(INVALID, errors={"cursor": [CURSOR_FAULT]}) from error


def cut[T](
    rows: Sequence[T], query: PageQuery, request: Request, place_of: Callable[[T], Place]
) -> tuple[Sequence[T], str | None]:
    """Return the rows of this page and the address of the next one.

    `rows` begin at this page and hold at least one row more than it, if there is one; `place_of` tells the place
    of a row in the list's order.
    """
    shown = rows[: query.page_size]
    if len(rows) <= query.page_size:
        return shown, None
    cursor = base64.urlsafe_b64encode(place_of(shown[-1]).model_dump_json().encode()).decode()
    parameters = {**request.query_params.dict(), "cursor": cursor}
    return shown, f"{request.path}?{urlencode(parameters)}"
