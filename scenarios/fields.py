"""A column type that the models need and Django does not bring."""

import functools
import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.json import Json

_dump = functools.partial(json.dumps, ensure_ascii=False)


class OrderedJSONField(models.JSONField):
    """JSON in a column of type `json`, which keeps the order of keys; `jsonb` sorts them.

    The order in which an author lists facts and criteria is the order in which they are told and shown. The
    price: the column has no equality, so queries that fetch it may not use `distinct()`.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type that keeps the text as it is."""
        return "json"

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,
    ) -> Any:
        """Wrap a Python value for the driver; expressions pass through."""
        if value is None or hasattr(value, "as_sql"):
            return value
        return Json(value, dumps=_dump)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Return what the driver has decoded already."""
        return value
