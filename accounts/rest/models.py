"""What is remembered of requests, so that one that is sent again is not done again."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.base_models import TimestampedModel

KEY_LIMIT = 200
"""Characters of an idempotency key."""


class RememberedAnswer(TimestampedModel):
    """What a request with an `Idempotency-Key` was answered. `place` and `fingerprint` are SHA-256 of its
    address and of its body; `body` is the answer's JSON, in the order in which it was sent."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    key = models.CharField(max_length=KEY_LIMIT)
    place = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "remembered answer"
        verbose_name_plural = "remembered answers"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["created_at"], name="remembered_answer_age")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "key", "place"], name="remembered_answer_once"),
        ]

    def __str__(self) -> str:
        return self.key
