"""Lists in pages. A cursor tells the place after which the next page begins, so that nothing is skipped or shown
twice when rows are added meanwhile."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rest_framework.request import Request

from accounts.rest.problems import INVALID, ApiError
from accounts.rest.reading import Query

PAGE_SIZE = 20
PAGE_LIMIT = 100

CURSOR_FAULT = "This cursor is not one of ours. Leave it out to start at the first page."


class Answer(BaseModel):
    """Something that the API answers with. It holds the declared fields and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Page[T](Answer):
    """A part of a list. `next` is the address of the next page, null on the last one."""

    results: tuple[T, ...]
    next: str | None


class PageQuery(Query):
    """Which part of a list is wanted."""

    cursor: Annotated[str | None, Field(max_length=500, description="From `next` of the page before.")] = None
    page_size: Annotated[int, Field(ge=1, le=PAGE_LIMIT, description="Entries on a page.")] = PAGE_SIZE


def place_in[T: BaseModel](kind: type[T], query: PageQuery) -> T | None:
    """Return the place that the cursor tells, None for the first page; refuse one that is not ours."""
    if query.cursor is None:
        return None
    try:
        text = base64.b64decode(query.cursor, altchars=b"-_", validate=True)
        return kind.model_validate_json(text)
    except (ValueError, binascii.Error, ValidationError) as error:
        raise ApiError(INVALID, errors={"cursor": [CURSOR_FAULT]}) from error


def cut[T](
    rows: Sequence[T], query: PageQuery, request: Request, place_of: Callable[[T], BaseModel]
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
