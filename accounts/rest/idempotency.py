"""Requests that are sent again are not done again: the header `Idempotency-Key`.

The key's row and whatever the request does are committed together, and the row's unique index makes a second
request wait for the first. A refusal is not remembered: it changed nothing, so it may be tried anew.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.db import OperationalError, transaction
from django.utils import timezone
from psycopg.errors import QueryCanceled
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.rest.models import KEY_LIMIT, RememberedAnswer
from accounts.rest.problems import INVALID, ApiError, Kind

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = dt.timedelta(days=1)
"""For how long an answer is given again, at least."""

KEY_REUSED = Kind(
    "idempotency_key_reused",
    422,
    "This key belongs to another request",
    "The same `Idempotency-Key` came with another body before. Make a new key for a new request.",
)
KEY_IN_USE = Kind(
    "idempotency_key_in_use",
    409,
    "The first request is still being worked on",
    "A request with the same `Idempotency-Key` is still being worked on. Send it again in a moment.",
)

type Method[**P] = Callable[Concatenate[Any, Request, P], Response]


def idempotent[**P](method: Method[P]) -> Method[P]:
    """Decorate the `post` of an endpoint, so that it honours `Idempotency-Key`."""

    @wraps(method)
    def post(self: Any, request: Request, *args: P.args, **kwargs: P.kwargs) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return method(self, request, *args, **kwargs)
        _check(key)
        return _once(request, key, lambda: method(self, request, *args, **kwargs))

    post.idempotent = True  # type: ignore[attr-defined]  # the documentation tells it
    return post


def _check(key: str) -> None:
    if not (key.isascii() and key.isprintable() and 0 < len(key) <= KEY_LIMIT):
        sentence = f"A key has 1 to {KEY_LIMIT} printable ASCII characters; a UUID is a good one."
        raise ApiError(INVALID, errors={HEADER: [sentence]})


def _once(request: Request, key: str, work: Callable[[], Response]) -> Response:
    user = request.user
    if not isinstance(user, User):
        raise TypeError("Only an endpoint that asks for sign-in can remember its answers.")
    mine = RememberedAnswer(
        user=user, key=key, place=_digest(request.path.encode()), fingerprint=_digest(request.body)
    )
    with transaction.atomic():
        stored = _claim(mine)
        if stored.pk != mine.pk:
            return _replay(stored, mine)
        response = work()
        stored.status = response.status_code
        stored.body = json.dumps(response.data)
        stored.save(update_fields=["status", "body", "updated_at"])
        return response


def _claim(mine: RememberedAnswer) -> RememberedAnswer:
    """Store the key's row, or wait for the request that did so first, and return the one that is stored."""
    try:
        RememberedAnswer.objects.bulk_create([mine], ignore_conflicts=True)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise ApiError(KEY_IN_USE, headers={"Retry-After": "1"}) from error
        raise
    return RememberedAnswer.objects.get(user_id=mine.user_id, key=mine.key, place=mine.place)


def _replay(stored: RememberedAnswer, mine: RememberedAnswer) -> Response:
    if stored.fingerprint != mine.fingerprint:
        raise ApiError(KEY_REUSED)
    return Response(json.loads(stored.body), status=stored.status, headers={REPLAYED: "true"})


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def forget_old_answers() -> int:
    """Delete the answers that need not be given again; return how many."""
    deleted, _by_model = RememberedAnswer.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return deleted
