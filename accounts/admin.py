"""People and terms in the admin. Agreements are history and can only be read."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.utils import parse_date_str

from accounts.models import Role, TermsAgreement, TermsVersion, User
from accounts.rest.models import RememberedAnswer

admin.site.unregister(Group)


class PersonChangeForm(UserChangeForm):  # type: ignore[misc] # unfold carries no types
    """Edits a person. Django's own field for usernames cannot take a missing one."""

    class Meta(UserChangeForm.Meta):  # type: ignore[misc] # as above
        model = User
        field_classes: ClassVar[dict[str, Any]] = {}


class PersonCreationForm(UserCreationForm):  # type: ignore[misc] # unfold carries no types
    """Makes a person, who confirms their address at the first sign-in."""

    class Meta(UserCreationForm.Meta):  # type: ignore[misc] # as above
        model = User
        fields = ("email", "first_name", "last_name", "role")
        field_classes: ClassVar[dict[str, Any]] = {}


class CappedPaginator(Paginator[Any]):
    """Counts no further than ``MOST`` rows, so that a page of a large table costs what one of a small table does.

    Older rows are found by searching and filtering.
    """

    MOST = 10_000

    @cached_property
    def count(self) -> int:
        """Rows that can be paged through."""
        rows: Any = self.object_list
        return int(rows.order_by()[: self.MOST].count())


class DayRangeFilter(RangeDateFilter):  # type: ignore[misc] # unfold carries no types
    """Rows from one day to another, both included, in the reader's time zone."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the rows of these days; what is no day filters nothing."""
        if first := self._day("from"):
            queryset = queryset.filter(**{f"{self.field_path}__gte": _midnight(first)})
        if last := self._day("to"):
            queryset = queryset.filter(**{f"{self.field_path}__lt": _midnight(last + dt.timedelta(days=1))})
        return queryset

    def _day(self, end: str) -> dt.date | None:
        day: dt.date | None = parse_date_str(self.used_parameters.get(f"{self.field_path}_{end}") or "")
        # At both ends of the calendar there is no room for time zones.
        return day if day and dt.MINYEAR < day.year < dt.MAXYEAR else None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class ReadOnlyAdmin(ModelAdmin):  # type: ignore[misc] # unfold carries no types
    """Shows rows that nobody edits."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: the program writes these rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: history is not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: history is not deleted."""
        return False


RIGHTS = ("role", "is_staff", "is_superuser", "groups", "user_permissions")
"""What somebody may do. Only superusers hand it out: whoever may edit people could take it otherwise."""


def is_superuser(request: HttpRequest) -> bool:
    """Whether a superuser asks."""
    return bool(request.user.is_superuser)  # type: ignore[union-attr] # an admin is signed in


class AgreementInline(TabularInline):  # type: ignore[misc] # unfold carries no types
    """What a person agreed to."""

    model = TermsAgreement
    fields = ("terms", "agreed_at")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: only the person agrees."""
        return False


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):  # type: ignore[misc, type-arg] # unfold carries no types
    """People. Level and XP are the ledger's and cannot be typed in."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    change_password_form = AdminPasswordChangeForm
    ordering = ("email",)
    list_display = ("email", "display_name", "role", "level", "xp", "is_active", "is_staff", "last_login")
    list_filter = ("role", "is_active", "is_staff", "subscription_tier", "groups")
    list_select_related = ("role",)
    search_fields = ("email", "username", "first_name", "last_name")
    date_hierarchy = "created_at"
    readonly_fields = (
        "level",
        "xp",
        "last_login",
        "email_verified_at",
        "deleted_at",
        "created_at",
        "updated_at",
    )
    inlines = (AgreementInline,)
    fieldsets = (
        (None, {"fields": ("email", "password", "role", "is_active")}),
        (
            "Person",
            {"fields": ("first_name", "last_name", "username", "phone", "age", "address", "timezone")},
        ),
        ("Work", {"fields": ("business_name", "business_type", "subscription_tier", "onboarding_complete")}),
        ("Preferences", {"fields": ("preferences",)}),
        ("Rights", {"fields": ("is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Record", {"fields": readonly_fields}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "first_name", "last_name", "role", "password1", "password2")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Let only superusers change what somebody may do."""
        return self.readonly_fields if is_superuser(request) else (*self.readonly_fields, *RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Keep everybody else off the accounts, and so the passwords, of the desk's own staff."""
        theirs = obj is None or not (obj.is_staff or obj.is_superuser) or is_superuser(request)
        return theirs and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let only superusers delete people, also those that are ticked in a list."""
        return is_superuser(request) and bool(super().has_delete_permission(request, obj))

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        """Show agreements of a stored person only."""
        return self.inlines if obj else ()


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):  # type: ignore[misc, type-arg] # unfold carries no types
    """Groups and what they may do. Only superusers say so: whoever belongs to one could give it more."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let superusers make groups."""
        return is_superuser(request) and bool(super().has_add_permission(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let superusers change groups."""
        return is_superuser(request) and bool(super().has_change_permission(request, obj))


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    """The closed set of roles."""

    list_display = ("name", "description")
    search_fields = ("name",)


@admin.register(TermsVersion)
class TermsVersionAdmin(ModelAdmin):  # type: ignore[misc] # unfold carries no types
    """Wordings of the terms; ``manage.py load_terms`` puts one in force."""

    list_display = ("version", "is_active", "created_at")
    list_filter = ("is_active",)
    search_fields = ("version", "content")

    def get_readonly_fields(self, request: HttpRequest, obj: TermsVersion | None = None) -> tuple[str, ...]:
        """Keep words that somebody agreed to as they are."""
        return ("version", "content") if obj and obj.agreements.exists() else ()


@admin.register(TermsAgreement)
class TermsAgreementAdmin(ReadOnlyAdmin):
    """Who agreed to what, and when."""

    list_display = ("user", "terms", "agreed_at")
    list_filter = ("terms",)
    list_select_related = ("user", "terms")
    search_fields = ("user__email",)
    date_hierarchy = "agreed_at"


@admin.register(RememberedAnswer)
class RememberedAnswerAdmin(ReadOnlyAdmin):
    """Requests that were sent with an idempotency key. What they were answered is the sender's own."""

    list_display = ("key", "user", "status", "created_at")
    list_filter = ("status",)
    list_select_related = ("user",)
    search_fields = ("key", "user__email")
    fields = ("user", "key", "status", "created_at")
    paginator = CappedPaginator
    show_full_result_count = False
    ordering = ("-created_at",)
