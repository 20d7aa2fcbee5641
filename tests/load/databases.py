"""The benchmark's databases: made at its start on the embedded server, dropped at its end."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from config import embedded_postgres
from tests.support.databases import administration

LARGE, SMALL = "default", "small"
"""Aliases of the database with the full table of metrics and of its twin."""
FLOOR_TABLE = "bench_floor"

_chosen: ContextVar[str] = ContextVar("chosen", default=LARGE)


class ChosenDatabase:
    """The router that lets a block read from the twin."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _chosen.get()


@contextlib.contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Let every read of a block go to this database."""
    token = _chosen.set(alias)
    try:
        yield
    finally:
        _chosen.reset(token)


def server() -> embedded_postgres.Server:
    """The server that `make run` uses: it waits for the disk, as practice does."""
    return embedded_postgres.hold(embedded_postgres.SERVERS[settings.DATABASES[LARGE]["EMBEDDED_SERVER"]])


def plain(alias: str = LARGE) -> psycopg.Connection[Any]:
    """A connection without Django, for floors and for what is made in bulk; each statement commits."""
    held = server()
    return psycopg.connect(
        host=str(held.socket_folder),
        user=embedded_postgres.ROLE,
        password=held.password,
        dbname=settings.DATABASES[alias]["NAME"],
        autocommit=True,
    )


@contextlib.contextmanager
def bench_databases() -> Iterator[None]:
    """Make the migrated database, and drop it with its twin afterwards, whatever happened."""
    drop()
    with administration(server()) as admin:
        admin.execute(f'CREATE DATABASE "{_name(LARGE)}"')
    try:
        call_command("migrate", verbosity=0, interactive=False)
        with plain() as connection:
            connection.execute(
                f"CREATE TABLE {FLOOR_TABLE} (id bigserial PRIMARY KEY, text text NOT NULL, at timestamptz NOT NULL)"
            )
        yield
    finally:
        drop()


def copy_to_twin() -> None:
    """Keep the database as it is now under the twin's name."""
    disconnect()
    with administration(server()) as admin:
        admin.execute(f'CREATE DATABASE "{_name(SMALL)}" TEMPLATE "{_name(LARGE)}"')


def drop() -> None:
    """Drop both databases if they are there; also those that a killed run left."""
    disconnect()
    with administration(server()) as admin:
        for alias in (LARGE, SMALL):
            admin.execute(f'DROP DATABASE IF EXISTS "{_name(alias)}" WITH (FORCE)')


def disconnect() -> None:
    """Close Django's connections of this process."""
    for wrapper in connections.all(initialized_only=True):
        wrapper.close()
        wrapper.close_pool()  # type: ignore[attr-defined]  # a PostgreSQL connection has one


def _name(alias: str) -> str:
    return str(settings.DATABASES[alias]["NAME"])
