"""What was asked of language models. Write through `assistant.actions`."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.base_models import TimestampedModel


class Purpose(models.TextChoices):
    """What a model was asked for."""

    REPLY = "reply", _("Customer's reply")


class Outcome(models.TextChoices):
    """What came of it. The values are those of `assistant.answers.Answer.outcome`."""

    ANSWERED = "answered", _("Answered")
    STOPPED = "stopped", _("Stopped by the check")
    SLOW = "slow", _("Too slow")
    LIMITED = "limited", _("Too many requests")
    REFUSED = "refused", _("Refused")
    UNREACHABLE = "unreachable", _("Unreachable")
    GARBLED = "garbled", _("Garbled")


class ModelCall(TimestampedModel):
    """One request to a language model: what it took and what came of it, never what was said.

    `session_id` is a plain id: sessions lie above this app, and their history may go while this stays. `cost` is in
    the currency of the configured prices, empty where there are none.
    """

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    session_id = models.UUIDField(_("session"), null=True, blank=True)
    model = models.CharField(_("model"), max_length=200)
    input_tokens = models.PositiveIntegerField(_("tokens sent"), default=0)
    output_tokens = models.PositiveIntegerField(_("tokens answered"), default=0)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=6, null=True, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)

    class Meta:
        verbose_name = _("model call")
        verbose_name_plural = _("model calls")
        ordering: ClassVar[list[str]] = ["-created_at"]
        indexes: ClassVar[list[models.Index]] = [
            # The budgets are summed from the indexes alone, before every reply.
            models.Index(
                fields=["created_at"], include=["input_tokens", "output_tokens"], name="model_call_of_day"
            ),
            models.Index(
                fields=["session_id"], include=["input_tokens", "output_tokens"], name="model_call_of_session"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="model_call_purpose_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="model_call_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} by {self.model}: {self.outcome}"
