"""Practice in the admin: sessions with their transcript and score card, and the rows beneath. All of it is
history and can only be read."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin import CappedPaginator, DayRangeFilter, ReadOnlyAdmin
from scenarios.admin import ScenarioFilter
from sessions_app.access import session_for, sessions_visible_to
from sessions_app.debrief.building import debrief_without_next
from sessions_app.errors import SessionNotFound
from sessions_app.models import (
    ChatMessage,
    CriterionOutcome,
    CriterionResult,
    PendingReply,
    PerformanceMetric,
    SessionEvent,
    SessionStatus,
    Ticket,
    UserSession,
    Validity,
)
from sessions_app.overview import HEAVY
from sessions_app.queries import happened_in

STATUS_TONES = {
    SessionStatus.ACTIVE: "info",
    SessionStatus.COMPLETED: "success",
    SessionStatus.ABANDONED: "warning",
}
VALIDITY_TONES = {Validity.VALID: "success", Validity.VOID: "danger"}
RESULT_TONES = {
    CriterionOutcome.MET: "success",
    CriterionOutcome.PARTLY: "warning",
    CriterionOutcome.MISSED: "danger",
    CriterionOutcome.CANNOT_ASSESS: "default",
}
OF_SESSION = tuple(f"session__{column}" for column in HEAVY if "__" not in column)


class ScenarioOfSession(ScenarioFilter):
    """Rows of the sessions of one scenario."""

    column = "session__scenario_id"


def link_to(session: UserSession, words: str) -> str:
    """A link to the page of a session."""
    address = reverse("admin:sessions_app_usersession_change", args=[session.pk])
    return format_html('<a class="fl-link" href="{}">{}</a>', address, words)


@admin.register(UserSession)
class UserSessionAdmin(ReadOnlyAdmin):
    """Sessions. The page of one shows the call beside what it was worth."""

    list_display = (
        "trainee",
        "scenario",
        "ticket_number",
        "standing",
        "ending",
        "overall",
        "passed",
        "counts",
        "started_at",
        "length",
    )
    list_display_links = ("trainee",)
    list_filter = (
        "status",
        ScenarioFilter,
        "validity",
        "metric__passed",
        "resolution_type",
        ("started_at", DayRangeFilter),
    )
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("user__email", "ticket__number", "user__first_name", "user__last_name")
    search_help_text = _("Trainee's e-mail or name, or ticket number")
    ordering = ("-started_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[UserSession]:
        """Fetch what a list shows in one query, without the calls themselves."""
        sessions = sessions_visible_to(request.user)  # type: ignore[arg-type] # an admin is signed in
        return sessions.select_related("user", "scenario", "ticket", "metric").defer(*HEAVY)

    # ------------------------------------------------------------ columns

    @display(description=_("trainee"), ordering="user__email")
    def trainee(self, session: UserSession) -> str:
        return session.user.email

    @display(description=_("ticket"), ordering="ticket__number")
    def ticket_number(self, session: UserSession) -> str:
        return session.ticket.number

    @display(description=_("status"), ordering="status", label=STATUS_TONES)
    def standing(self, session: UserSession) -> tuple[str, str]:
        return session.status, session.get_status_display()

    @display(description=_("ending"), ordering="resolution_type", empty_value="–")
    def ending(self, session: UserSession) -> str:
        return str(session.get_resolution_type_display())

    @display(description=_("overall"), ordering="metric__overall", empty_value="–")
    def overall(self, session: UserSession) -> Any:
        metric = getattr(session, "metric", None)
        return metric and metric.overall

    @display(description=_("passed"), ordering="metric__passed", boolean=True)
    def passed(self, session: UserSession) -> bool | None:
        metric = getattr(session, "metric", None)
        return metric.passed if metric else None

    @display(description=_("validity"), ordering="validity", label=VALIDITY_TONES)
    def counts(self, session: UserSession) -> tuple[str, str] | None:
        return (session.validity, session.get_validity_display()) if session.validity else None

    @display(description=_("duration"), ordering="duration", empty_value="–")
    def length(self, session: UserSession) -> str:
        if session.duration is None:
            return ""
        minutes, seconds = divmod(int(session.duration.total_seconds()), 60)
        return f"{minutes}:{seconds:02d}"

    # ------------------------------------------------------------ the page of one

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the call and what it was worth."""
        if object_id is None or request.method != "GET" or not self.has_view_permission(request):
            raise PermissionDenied
        try:
            session = session_for(request.user, UUID(object_id))  # type: ignore[arg-type] # as above
        except (ValueError, SessionNotFound):
            raise Http404 from None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "session": session,
            "title": f"{session.ticket.number} · {session.scenario.title}",
            **_told(session),
        }
        return TemplateResponse(request, "admin/sessions_app/usersession/page.html", context)


def _told(session: UserSession) -> dict[str, Any]:
    """What the page shows besides the session: its debrief, or what there is of one that was not finished."""
    debrief = None if session.is_active else debrief_without_next(session)
    if debrief is not None and debrief.call is not None:
        return {"debrief": debrief, "call": debrief.call, "moments": _moments(debrief.timeline)}
    return {
        "debrief": debrief,
        "messages_said": ChatMessage.objects.filter(session=session).order_by("seq"),
        "happened": [
            (one.event.type.replace("_", " "), one.at, _details(one.event.model_dump(mode="json")))
            for one in happened_in(session.pk)
        ],
    }


def _moments(timeline: Iterable[Any]) -> list[tuple[str, Any]]:
    """Each moment with who it was: the debrief speaks to the trainee, this page about them."""
    trainee = str(_("Trainee"))
    return [(trainee if moment.who == gettext("You") else moment.who, moment) for moment in timeline]


def _details(data: dict[str, Any]) -> str:
    said = {key: value for key, value in data.items() if key not in ("type", "sentences") and value}
    return ", ".join(f"{key.replace('_', ' ')}: {_in_words(value)}" for key, value in said.items())


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} = {_in_words(one)}" for key, one in value.items())
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


# ---------------------------------------------------------------- the rows beneath


@admin.register(Ticket)
class TicketAdmin(ReadOnlyAdmin):
    """Tickets with the note that was written on them."""

    list_display = ("number", "opens", "trainee", "status", "priority", "first_responded_at", "closed_at")
    list_filter = ("status", "priority", ScenarioOfSession, ("created_at", DayRangeFilter))
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("number", "session__user__email")
    search_help_text = _("Ticket number or trainee's e-mail")
    ordering = ("-number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ticket]:
        """Fetch trainee and scenario with the tickets."""
        tickets = super().get_queryset(request).select_related("session__user", "session__scenario")
        result: QuerySet[Ticket] = tickets.defer(*OF_SESSION, "session__scenario__definition")
        return result

    @display(description=_("scenario"), ordering="session__scenario__title")
    def opens(self, ticket: Ticket) -> str:
        return link_to(ticket.session, ticket.session.scenario.title)

    @display(description=_("trainee"), ordering="session__user__email")
    def trainee(self, ticket: Ticket) -> str:
        return ticket.session.user.email


class RowAdmin(ReadOnlyAdmin):
    """Rows of sessions, of which there are many: pages without a count of all."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    search_fields: tuple[str, ...] = ("=session__ticket__number", "session__user__email")
    search_help_text = _("Whole ticket number, or trainee's e-mail")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch ticket and trainee with the rows."""
        rows = super().get_queryset(request).select_related("session__user", "session__ticket")
        result: QuerySet[Any] = rows.defer(*OF_SESSION)
        return result

    @display(description=_("ticket"), ordering="session__ticket__number")
    def ticket(self, row: Any) -> str:
        return link_to(row.session, row.session.ticket.number)

    @display(description=_("trainee"), ordering="session__user__email")
    def trainee(self, row: Any) -> str:
        return str(row.session.user.email)


@admin.register(ChatMessage)
class ChatMessageAdmin(RowAdmin):
    """What was said, word for word."""

    list_display = ("beginning", "sender", "ticket", "trainee", "seq", "created_at")
    list_display_links = ("beginning",)
    list_filter = ("sender", "type", ScenarioOfSession, ("created_at", DayRangeFilter))
    list_filter_submit = True
    search_fields = ("text", *RowAdmin.search_fields)
    search_help_text = _("Words of the message, whole ticket number, or trainee's e-mail")
    ordering = ("-created_at", "-seq")

    @display(description=_("message"))
    def beginning(self, message: ChatMessage) -> str:
        return message.text if len(message.text) <= 90 else f"{message.text[:89]}…"


@admin.register(PendingReply)
class PendingReplyAdmin(RowAdmin):
    """Replies that a language model is wording just now."""

    list_display = ("answers", "ticket", "trainee", "asked_at", "lease_until")
    list_display_links = ("answers",)
    list_filter = (ScenarioOfSession, ("asked_at", DayRangeFilter))
    list_filter_submit = True
    ordering = ("-asked_at",)


@admin.register(SessionEvent)
class SessionEventAdmin(RowAdmin):
    """What happened, one row a fact."""

    list_display = ("kind", "ticket", "trainee", "seq", "at", "summary")
    list_display_links = ("kind",)
    list_filter = (("at", DayRangeFilter), ScenarioOfSession)
    list_filter_submit = True
    search_fields = ("=type", *RowAdmin.search_fields)
    search_help_text = _("Whole type such as tool_warned, whole ticket number, or trainee's e-mail")
    ordering = ("-at", "-seq")

    @display(description=_("type"), ordering="type")
    def kind(self, event: SessionEvent) -> str:
        return event.type

    @display(description=_("data"))
    def summary(self, event: SessionEvent) -> str:
        return _details(event.data)[:120]


@admin.register(CriterionResult)
class CriterionResultAdmin(RowAdmin):
    """What came of each criterion, and why."""

    list_display = ("criterion", "dimension", "came_out", "points", "fatal", "ticket", "trainee", "assessor")
    list_display_links = ("criterion",)
    list_filter = ("result", "dimension", "fatal", "assessor", ScenarioOfSession)
    list_filter_submit = True
    search_fields = ("criterion", "wording", *RowAdmin.search_fields)
    search_help_text = _("Criterion, its wording, whole ticket number, or trainee's e-mail")
    ordering = ("-created_at", "position")

    @display(description=_("result"), ordering="result", label=RESULT_TONES)
    def came_out(self, row: CriterionResult) -> tuple[str, str]:
        return row.result, row.get_result_display()


@admin.register(PerformanceMetric)
class PerformanceMetricAdmin(ReadOnlyAdmin):
    """The scores of valid sessions."""

    list_display = ("user", "scenario", "overall", "passed", "xp_earned", "completion_seconds", "created_at")
    list_display_links = ("overall",)
    list_filter = ("passed", ScenarioFilter, ("created_at", DayRangeFilter))
    list_filter_submit = True
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    search_fields = ("user__email", "=session__ticket__number")
    search_help_text = _("Trainee's e-mail, or whole ticket number")
    ordering = ("-created_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PerformanceMetric]:
        """Fetch trainee and scenario with the scores."""
        metrics = super().get_queryset(request).select_related("user", "scenario", "session")
        result: QuerySet[PerformanceMetric] = metrics.defer("scenario__definition", *OF_SESSION)
        return result
