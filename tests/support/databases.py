"""A migrated database to copy, so that a run of tests does not migrate from nothing each time."""

import contextlib
import fcntl
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config import embedded_postgres
from tests.support.processes import ROOT

PREFIX = "template_"


def migrations_fingerprint() -> str:
    """Changes whenever a migration of ours or the version of a package does."""
    digest = sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for label in settings.LAYERS:
        for file in sorted((ROOT / label).glob("migrations/*.py")):
            digest.update(file.name.encode() + file.read_bytes())
        for name in ("roles.py", "models.py"):  # what runs after a migration may depend on them
            if (ROOT / label / name).exists():
                digest.update((ROOT / label / name).read_bytes())
    return digest.hexdigest()[:16]


def migrated_template() -> str:
    """The name of a database with every migration applied; makes it if there is none yet."""
    server = embedded_postgres.hold(embedded_postgres.TESTS)
    name = PREFIX + migrations_fingerprint()
    with (server.home / "template.lock").open("a") as lock, administration(server) as admin:
        fcntl.flock(lock, fcntl.LOCK_EX)
        existing = [row[0] for row in admin.execute("SELECT datname FROM pg_database")]
        if name not in existing:
            for old in existing:
                if old.startswith(PREFIX):
                    admin.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            make_template(admin, name)
    return name


def make_template(admin: psycopg.Connection[tuple[str]], name: str) -> None:
    """Migrate a new database and give it its name only when it is whole."""
    unfinished = f"{PREFIX}unfinished"
    admin.execute(f'CREATE DATABASE "{unfinished}"')
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = unfinished
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    admin.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


@contextlib.contextmanager
def own_database(name: str) -> Iterator[None]:
    """Lead Django to a new copy of the migrated template, which is thrown away at the end.

    For tests that keep what they store, beside those whose database is emptied after each.
    """
    template = migrated_template()
    server = embedded_postgres.hold(embedded_postgres.TESTS)
    usual = connection.settings_dict["NAME"]
    with administration(server) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        with administration(server) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def administration(server: embedded_postgres.Server) -> psycopg.Connection[tuple[str]]:
    """A connection that may create and drop databases."""
    return psycopg.connect(
        host=str(server.socket_folder),
        user=embedded_postgres.ROLE,
        password=server.password,
        dbname="postgres",
        autocommit=True,
    )


def test_database_url() -> str:
    """The address of the database that the running test uses, for another process."""
    parameters = connection.get_connection_params()
    folder = quote(str(Path(parameters["host"])), safe="")
    return (
        f"postgresql://{parameters['user']}:{quote(parameters['password'])}@{folder}/{parameters['dbname']}"
    )
