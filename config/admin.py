"""The frame of the instructors' desk: its navigation, its look, its first page, and who comes in.

Every app registers its own models; what spans apps stands here, above them all.
"""

import json
from dataclasses import asdict
from importlib import import_module
from typing import Any, NamedTuple

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession as SignIn
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.admin import DayRangeFilter, ReadOnlyAdmin
from sessions_app.models import DimensionName
from sessions_app.overview import Overview, overview

CHART_COLOUR = "#2a8fa0"
CHART_TICKS = {"color": "#768b90", "font": {"family": "Plex Sans, system-ui, sans-serif", "size": 12}}
CHART_LOOK: dict[str, Any] = {
    "responsive": True,
    "maintainAspectRatio": False,
    "animation": False,
    "plugins": {"legend": {"display": False}},
    "scales": {
        "x": {"grid": {"display": False}, "ticks": CHART_TICKS | {"maxRotation": 0, "maxTicksLimit": 8}},
        "y": {"grid": {}, "beginAtZero": True, "ticks": CHART_TICKS | {"precision": 0, "maxTicksLimit": 5}},
    },
}
"""How the chart is drawn; its colours stand out on light and dark."""

# One door for everybody: rate limits, confirmed addresses and second factors hold for the desk too.
admin.site.index_title = _("Overview")  # type: ignore[assignment] # shown, so it may be lazy
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


# ---------------------------------------------------------------- look


def stylesheet(request: HttpRequest) -> str:
    """Address of the desk's own styles."""
    return static("css/admin.css")


def emblem(request: HttpRequest) -> str:
    """Address of the sign of the house, which reads on light and dark."""
    return static("img/favicon.svg")


class Entry(NamedTuple):
    """One line of the navigation. `page` names a model's list, or is empty for the first page."""

    title: str | Promise
    icon: str
    page: str = ""


NAVIGATION: tuple[tuple[str | Promise, tuple[Entry, ...]], ...] = (
    ("", (Entry(_("Overview"), "monitoring"),)),
    (
        _("Practice"),
        (
            Entry(_("Sessions"), "forum", "sessions_app_usersession"),
            Entry(_("Tickets"), "confirmation_number", "sessions_app_ticket"),
            Entry(_("Criteria"), "rule", "sessions_app_criterionresult"),
            Entry(_("Scores"), "leaderboard", "sessions_app_performancemetric"),
            Entry(_("Messages"), "chat", "sessions_app_chatmessage"),
            Entry(_("Events"), "timeline", "sessions_app_sessionevent"),
            Entry(_("Pending replies"), "pending", "sessions_app_pendingreply"),
        ),
    ),
    (
        _("Scenarios"),
        (
            Entry(_("Scenarios"), "theater_comedy", "scenarios_scenario"),
            Entry(_("Versions"), "history", "scenarios_scenarioversion"),
            Entry(_("Knowledge"), "menu_book", "scenarios_knowledgearticle"),
        ),
    ),
    (
        _("Recognition"),
        (
            Entry(_("Achievements"), "military_tech", "gamification_achievement"),
            Entry(_("Earned"), "workspace_premium", "gamification_userachievement"),
            Entry(_("XP ledger"), "receipt_long", "gamification_xpentry"),
        ),
    ),
    (
        _("People"),
        (
            Entry(_("People"), "group", "accounts_user"),
            Entry(_("Roles"), "badge", "accounts_role"),
            Entry(_("Groups"), "groups", "auth_group"),
            Entry(_("E-mail addresses"), "alternate_email", "account_emailaddress"),
            Entry(_("Terms"), "gavel", "accounts_termsversion"),
            Entry(_("Agreements"), "handshake", "accounts_termsagreement"),
        ),
    ),
    (
        _("System"),
        (
            Entry(_("Sign-ins"), "devices", "usersessions_usersession"),
            Entry(_("Second factors"), "key", "mfa_authenticator"),
            Entry(_("Jobs"), "schedule", "procrastinate_procrastinatejob"),
            Entry(_("Model calls"), "smart_toy", "assistant_modelcall"),
            Entry(_("Repeated requests"), "repeat", "accounts_rememberedanswer"),
            Entry(_("Changes in the admin"), "edit_note", "admin_logentry"),
        ),
    ),
)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """What stands at the side: only what the person may look at."""
    shown = {"", *_viewable(request)}
    # Every address begins like the front page's, which would always look like the one that is open.
    way_out = {"title": _("Back to Firstline"), "icon": "storefront", "link": "/", "active": False}
    groups: list[dict[str, Any]] = [
        {"title": title, "items": [_item(entry) for entry in entries if entry.page in shown]}
        for title, entries in NAVIGATION
    ]
    groups[0]["items"] = [*groups[0]["items"], way_out]
    return [group for group in groups if group["items"]]


def _item(entry: Entry) -> dict[str, Any]:
    page = f"{entry.page}_changelist" if entry.page else "index"
    return {"title": entry.title, "icon": entry.icon, "link": reverse(f"admin:{page}")}


def _viewable(request: HttpRequest) -> set[str]:
    return {
        f"{model._meta.app_label}_{model._meta.model_name}"
        for model, registered in admin.site._registry.items()
        if registered.has_view_permission(request)
    }


# ---------------------------------------------------------------- first page


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Put what an instructor wants to know first on the first page, for those who may see sessions."""
    if request.user.has_perm("sessions_app.view_usersession"):
        told = overview()
        context["overview"] = told
        context["overview_chart"] = _chart(told)
        context["overview_chart_look"] = json.dumps(CHART_LOOK)
        context["overview_dimensions"] = [
            (DimensionName(one).label, score) for one, score in told.dimensions.items()
        ]
        context["overview_hardest"] = [
            {
                **asdict(hard),
                "dimension": DimensionName(hard.dimension).label,
                "percent": round(100 * hard.points),
            }
            for hard in told.hardest
        ]
    return context


def _chart(told: Overview) -> str:
    """The runs of each day, in a colour that stands out on light and dark."""
    runs = {
        "label": str(_("Runs")),
        "data": [day.runs for day in told.days],
        "backgroundColor": CHART_COLOUR,
        "borderRadius": 3,
        "maxBarThickness": 18,
    }
    return json.dumps({"labels": [date_format(day.day, "j M") for day in told.days], "datasets": [runs]})


# ---------------------------------------------------------------- what the libraries bring

# They must have registered before what they registered can be replaced.
for library in ("account", "mfa", "socialaccount", "usersessions"):
    import_module(f"allauth.{library}.admin")
import_module("procrastinate.contrib.django.admin")

for model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, SignIn, ProcrastinateJob):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    """Which addresses people proved to own. They change them themselves."""

    list_display = ("email", "user", "primary", "verified")
    list_filter = ("primary", "verified")
    list_select_related = ("user",)
    search_fields = ("email", "user__email")


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Who uses a second factor or a passkey. Its secret is not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    fields = ("user", "type", "created_at", "last_used_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Authenticator]:
        """Leave the secrets in the database."""
        result: QuerySet[Authenticator] = super().get_queryset(request).defer("data")
        return result

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let a superuser remove a factor that its owner has lost."""
        return bool(request.user.is_superuser)  # type: ignore[union-attr] # an admin is signed in


@admin.register(SignIn)
class SignInAdmin(ReadOnlyAdmin):
    """From where people are signed in."""

    list_display = ("user", "ip", "short_user_agent", "created_at", "last_seen_at")
    list_filter = (("last_seen_at", DayRangeFilter),)
    list_filter_submit = True
    list_select_related = ("user",)
    search_fields = ("user__email", "ip")
    fields = ("user", "ip", "user_agent", "created_at", "last_seen_at")

    @admin.display(description=_("browser"))
    def short_user_agent(self, sign_in: SignIn) -> str:
        return str(sign_in.user_agent)[:80]


@admin.register(ProcrastinateJob)
class JobAdmin(ReadOnlyAdmin):
    """Background jobs: what waits, what failed."""

    list_display = ("id", "task_name", "status", "queue_name", "attempts", "scheduled_at")
    list_filter = ("status", "queue_name")
    search_fields = ("task_name",)
    ordering = ("-id",)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """Who changed what in the admin."""

    list_display = ("action_time", "user", "object_repr", "get_change_message")
    list_filter = (("action_time", DayRangeFilter), "content_type")
    list_filter_submit = True
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "change_message", "user__email")
    ordering = ("-action_time",)
