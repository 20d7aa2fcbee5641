"""The database engine of a checkout that has no DATABASE_URL.

The server starts when the first connection is wanted, so commands that need no database start none.
"""

import atexit
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from config import embedded_postgres


class DatabaseWrapper(base.DatabaseWrapper):
    """Fills in the embedded server's socket and password. ``EMBEDDED_SERVER`` names the server."""

    def get_connection_params(self) -> dict[str, Any]:
        """Start the server if need be, hold it until this process ends, and say how to connect."""
        try:
            server = embedded_postgres.hold(embedded_postgres.SERVERS[self.settings_dict["EMBEDDED_SERVER"]])
        except embedded_postgres.EmbeddedPostgresError as error:
            raise ImproperlyConfigured(str(error)) from error
        self.settings_dict |= {
            "USER": embedded_postgres.ROLE,
            "PASSWORD": server.password,
            "HOST": str(server.socket_folder),
        }
        return super().get_connection_params()


atexit.register(embedded_postgres.release_all)
