"""People: who they are, what they may do, and which terms they agreed to."""

import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.base_models import SoftDeletedModel, TimestampedModel
from accounts.preferences import Preferences, default_preferences, validate_preferences
from accounts.rest.models import RememberedAnswer  # noqa: F401 (a model of this app too)

username_validator = RegexValidator(
    r"^[\w.+-]{2,40}\Z",
    _("Use 2 to 40 letters, digits, dots, dashes, underscores or plus signs."),
)
phone_validator = RegexValidator(
    r"^\+?[0-9 ()./-]{5,30}\Z", _("Write the number with digits, for example +44 20 7946 0000.")
)


_FIELD_OF_CODE = {"email_taken": "email", "username_taken": "username"}


def validate_timezone(value: str) -> None:
    """Raise ``ValidationError`` unless ``value`` names an IANA zone, such as ``Europe/Paris``."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone from the list."), code="unknown_timezone")


class RoleName(models.TextChoices):
    """The closed set of roles; a user has exactly one."""

    INDIVIDUAL = "individual", _("Trainee")
    ENTERPRISE_PARTICIPANT = "enterprise_participant", _("Trainee of an organization")
    ENTERPRISE_ADMIN = "enterprise_admin", _("Organization admin")
    STUDIO_CREATOR = "studio_creator", _("Studio creator")
    INSTRUCTOR = "instructor", _("Instructor")
    PLATFORM_ADMIN = "platform_admin", _("Platform admin")


class SubscriptionTier(models.TextChoices):
    """What a person pays for."""

    FREE = "free", _("Free")
    PRO_MONTHLY = "pro_monthly", _("Pro, monthly")
    PRO_ANNUAL = "pro_annual", _("Pro, annual")
    ENTERPRISE = "enterprise", _("Enterprise")


class Role(TimestampedModel):
    """A role that a user can have. Rows are kept in step with ``RoleName`` after every migrate."""

    name = models.CharField(max_length=30, choices=RoleName.choices)
    description = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name"], name="role_name_unique"),
            models.CheckConstraint(condition=Q(name__in=RoleName.values), name="role_name_known"),
        ]

    def __str__(self) -> str:
        return str(self.get_name_display())


class UserManager(BaseUserManager["User"]):
    """Makes and finds people. E-mail addresses are compared without regard to case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store and return a new user; ``password=None`` makes an account that cannot sign in by password."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user: User = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store and return a platform admin who may do everything in the admin."""
        fields |= {"is_staff": True, "is_superuser": True}
        fields.setdefault("role_id", RoleName.PLATFORM_ADMIN.value)
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this e-mail address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin, SoftDeletedModel, TimestampedModel):
    """A person who signs in by e-mail address. ``xp`` and ``level`` are kept by the gamification app."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    username = models.CharField(
        _("display name"), max_length=40, null=True, blank=True, validators=[username_validator]
    )
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[phone_validator])
    age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True)
    address = models.TextField(_("address"), max_length=500, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_timezone])
    preferences = models.JSONField(default=default_preferences, blank=True, validators=[validate_preferences])
    business_name = models.CharField(max_length=200, blank=True)
    business_type = ArrayField(models.CharField(max_length=60), size=10, default=list, blank=True)
    role = models.ForeignKey(
        Role,
        to_field="name",
        db_column="role",
        default=RoleName.INDIVIDUAL,
        on_delete=models.PROTECT,
        related_name="users",
    )
    subscription_tier = models.CharField(
        max_length=20, choices=SubscriptionTier.choices, default=SubscriptionTier.FREE
    )
    level = models.PositiveIntegerField(default=1)
    xp = models.PositiveIntegerField(_("XP"), default=0)
    onboarding_complete = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    # Django's sign-in writes the attribute `last_login`; the column bears the name of the data model.
    last_login = models.DateTimeField(_("last sign-in"), db_column="last_login_at", null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # The first serves look-ups by address, the second forbids a twin in other letter case.
            models.UniqueConstraint(fields=["email"], name="user_email_unique"),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_any_case",
                violation_error_code="email_taken",
                violation_error_message=_("This e-mail address is taken."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique_any_case",
                violation_error_code="username_taken",
                violation_error_message=_("This display name is taken."),
            ),
            models.CheckConstraint(condition=Q(level__gte=1), name="user_level_from_one"),
            models.CheckConstraint(condition=Q(xp__gte=0), name="user_xp_not_negative"),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age__lte=130), name="user_age_plausible"
            ),
            models.CheckConstraint(
                condition=Q(subscription_tier__in=SubscriptionTier.values), name="user_tier_known"
            ),
            models.CheckConstraint(condition=~Q(timezone=""), name="user_timezone_present"),
            models.CheckConstraint(condition=~Q(username=""), name="user_username_null_or_text"),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(is_active=False), name="user_deleted_is_inactive"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Bring e-mail and display name into their stored form before they are checked."""
        super().clean()
        self._normalize()

    def validate_constraints(self, exclude: Any = None) -> None:
        """Check the constraints, and say at its own field which of them is broken."""
        try:
            super().validate_constraints(exclude=exclude)
        except ValidationError as error:
            errors: dict[str, list[ValidationError]] = {}
            for field, problems in error.error_dict.items():
                for problem in problems:
                    errors.setdefault(_FIELD_OF_CODE.get(problem.code or "", field), []).append(problem)
            raise ValidationError(errors) from error  # type: ignore[arg-type]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row with its address in lower case and its preferences checked."""
        self._normalize()
        validate_preferences(self.preferences)
        super().save(*args, **kwargs)

    def _normalize(self) -> None:
        self.email = self.email.strip().lower()
        self.username = self.username or None

    def get_full_name(self) -> str:
        """Return first and last name, or an empty string when the person gave neither."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """Return the shortest fitting way to address the person in a page."""
        return self.first_name or self.username or self.email.partition("@")[0]

    @property
    def display_name(self) -> str:
        """The name that other people see; never the e-mail address or a part of it."""
        return self.username or self.get_full_name() or f"{_('Trainee')} {self.pk.hex[-4:].upper()}"

    @property
    def role_name(self) -> str:
        """The role in words, without a look-up."""
        return str(RoleName(self.role_id or RoleName.INDIVIDUAL).label)

    @property
    def last_login_at(self) -> Any:
        """When the person last signed in, or ``None``."""
        return self.last_login

    @property
    def chosen(self) -> Preferences:
        """The stored preferences, typed, for reading; write with ``actions.change_preferences``."""
        return Preferences.model_validate(self.preferences)

    @property
    def is_instructor(self) -> bool:
        """Whether the person may write scenarios and review sessions."""
        return self.is_active and self.is_staff and (self.is_superuser or self.role_id == RoleName.INSTRUCTOR)


class TermsVersion(TimestampedModel):
    """One wording of the terms, in Markdown. Exactly the active one is shown and agreed to."""

    version = models.CharField(max_length=30)
    content = models.TextField(help_text=_("Markdown"))
    is_active = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version"], name="terms_version_unique"),
            models.UniqueConstraint(
                fields=["is_active"], condition=Q(is_active=True), name="terms_one_active"
            ),
            models.CheckConstraint(condition=~Q(version=""), name="terms_version_present"),
        ]

    def __str__(self) -> str:
        return f"Terms {self.version}"


class TermsAgreement(TimestampedModel):
    """That a person agreed to one version of the terms, and when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="terms_agreements")
    terms = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="agreements")
    agreed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "terms"], name="agreement_once_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} agreed to {self.terms_id}"
