"""A client of the API, as tests drive one: it signs in by token and reads JSON."""

import json
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD

__all__ = ["ApiClient", "confirm_email"]


def confirm_email(user: User) -> User:
    """Make the person's address a confirmed one, as the mailed code does."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


class Answered:
    """What the API answered: `status`, `headers`, and `body` as data; None for no body."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers = response.headers
        self.content: bytes = response.content
        self.body: Any = json.loads(response.content) if response.content else None

    def __repr__(self) -> str:
        return f"<{self.status} {self.content[:400]!r}>"


class ApiClient:
    """Asks `/api/v1/…` for one person, or for nobody."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self.client = Client(raise_request_exception=False)

    @classmethod
    def of(cls, user: User) -> "ApiClient":
        """Return a client that the person has signed in with."""
        client = cls()
        if not EmailAddress.objects.filter(user=user).exists():
            confirm_email(user)
        answered = client.post("auth/login", {"email": user.email, "password": PASSWORD})
        assert answered.status == 200, answered
        client.token = answered.body["access"]
        return client

    def get(self, path: str, **query: Any) -> Answered:
        return self.ask("get", path, query=query)

    def post(self, path: str, body: Any = None, **options: Any) -> Answered:
        return self.ask("post", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Answered:
        return self.ask("put", path, body, **options)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, Any] | None = None,
        key: str | None = None,
        content_type: str = "application/json",
        **headers: str,
    ) -> Answered:
        """Send a request. A `body` of bytes is sent as it is, anything else as JSON; `key` for idempotency."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if key is not None:
            sent["Idempotency-Key"] = key
        address = path if path.startswith("/") else f"/api/v1/{path}"
        options: dict[str, Any] = {"headers": sent, "query_params": query or None}
        if method != "get" and body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body)
            options |= {"data": data, "content_type": content_type}
        return Answered(getattr(self.client, method)(address, **options))
