"""Writing rows without building a query each time: a turn is stored in milliseconds, and most of them were that.

Measured on 2 cores: two messages 0.85 ms with `bulk_create`, 0.35 here; the columns and their conversions are Django's.
"""

from collections.abc import Sequence
from functools import cache

from django.db import connection, models


@cache
def _insert(model: type[models.Model], rows: int) -> str:
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in model._meta.concrete_fields]
    row = f"({', '.join(['%s'] * len(columns))})"
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"  # noqa: S608 - names of ours


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model with one statement; their ids must be made already. Raises IntegrityError."""
    if not rows:
        return
    model = type(rows[0])
    fields = model._meta.concrete_fields
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, len(rows)), values)
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias
