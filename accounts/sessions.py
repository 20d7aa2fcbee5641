"""Where sign-ins are kept: in the database, under keys that a visitor sends as a cookie."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Django's store in the database. What cannot be a key, such as a NUL character, never gets there."""

    def _validate_session_key(self, key: Any) -> bool:
        """Whether the key may be one of ours: letters and digits only, and not too few."""
        plain = isinstance(key, str) and key.isascii() and key.isalnum()
        return plain and bool(super()._validate_session_key(key))  # type: ignore[misc] # not in the stubs
