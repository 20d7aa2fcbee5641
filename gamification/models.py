"""What people have earned. The ledger is the truth; level and XP on the user are its sums."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as InvalidCriteria

from accounts.base_models import TimestampedModel
from gamification.criteria import Criterion, criterion_adapter
from gamification.runs import Run


class XpEntry(TimestampedModel):
    """One line of the ledger. A line of rule `session` holds the run as well, also when it earned nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="xp_entries")
    rule = models.CharField(max_length=40)
    source = models.CharField(max_length=80, help_text=_("What it was earned with; once a rule and user."))
    subject = models.CharField(max_length=80, blank=True, help_text=_("The scenario's slug."))
    points = models.IntegerField()
    worth = models.PositiveIntegerField(default=0, help_text=_("What the run was worth by its score alone."))
    words = models.CharField(max_length=300)
    run = models.JSONField(null=True, blank=True)
    earned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("XP entry")
        verbose_name_plural = _("XP entries")
        ordering = ("earned_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "rule", "source"], name="xp_entry_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="xp_entry_points_not_negative"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "earned_at"], name="xp_entry_history"),
            models.Index(fields=["earned_at"], name="xp_entry_period"),
        ]

    def __str__(self) -> str:
        return f"{self.points} XP · {self.words}"

    def to_run(self) -> Run:
        return Run.model_validate(self.run)


class Tier(models.TextChoices):
    BRONZE = "bronze", _("Bronze")
    SILVER = "silver", _("Silver")
    GOLD = "gold", _("Gold")
    PLATINUM = "platinum", _("Platinum")


def validate_criteria(value: object) -> None:
    """Raise ValidationError, in words, unless `value` is one of the criteria of `gamification.criteria`."""
    try:
        criterion_adapter.validate_python(value)
    except InvalidCriteria as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValidationError(f"{place}: {first['msg']}" if place else first["msg"]) from error


class AchievementManager(models.Manager["Achievement"]):
    def get_by_natural_key(self, slug: str) -> Achievement:
        return self.get(slug=slug)


class Achievement(TimestampedModel):
    """Something to be proud of."""

    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=80)
    description = models.CharField(max_length=200)
    icon = models.CharField(max_length=40, help_text=_("Name of a drawing in the icon sprite."))
    tier = models.CharField(max_length=10, choices=Tier.choices)
    criteria = models.JSONField(validators=[validate_criteria])
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Order on the page."))
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AchievementManager] = AchievementManager()

    class Meta:
        ordering = ("position", "slug")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["slug"], name="achievement_slug_unique"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="achievement_tier_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def criterion(self) -> Criterion:
        return criterion_adapter.validate_python(self.criteria)


class UserAchievement(TimestampedModel):
    """How far somebody has come towards an achievement. Earned with `earned_at`, and never taken back."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="achievements")
    achievement = models.ForeignKey(Achievement, on_delete=models.CASCADE, related_name="holders")
    progress = models.FloatField(default=0)
    earned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "achievement"], name="user_achievement_once"),
            models.CheckConstraint(
                condition=Q(progress__gte=0) & Q(progress__lte=1),
                name="user_achievement_progress_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.achievement} · {self.user}"
