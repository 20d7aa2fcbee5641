"""What every table of Firstline shares. Any app may import this; it knows no model of its own."""

import os
import time
from typing import Any, ClassVar, override
from uuid import UUID

from django.db import models
from django.utils import timezone

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
_CLEAR_VERSION = ~(0xF << 76)
_CLEAR_VARIANT = ~(0b11 << 62)


def new_id() -> UUID:
    """Return a fresh UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits.

    Rows made together lie together in the index, which keeps inserts cheap in tables with millions of rows.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(10))
    return UUID(int=value & _CLEAR_VERSION & _CLEAR_VARIANT | _VERSION_7 | _VARIANT)


class LastSavedField(models.DateTimeField):
    """The moment of the last save. Unlike `auto_now` it has a default, so that a fixture need not name it."""

    def __init__(self, **options: Any) -> None:
        unless_said: dict[str, Any] = {"default": timezone.now, "editable": False}
        super().__init__(**(unless_said | options))

    @override
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Set and return the moment; not called for the raw rows of a fixture."""
        now = timezone.now()
        setattr(model_instance, self.attname, now)
        return now


class TimestampedModel(models.Model):
    """A row with an id made in Python, and the moments (time zone aware) of its making and last save."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = LastSavedField()

    class Meta:
        abstract = True


class SoftDeletedModel(models.Model):
    """A row that is hidden at once when its owner deletes it, and purged later by the retention job."""

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[models.Manager]

    class Meta:
        abstract = True
