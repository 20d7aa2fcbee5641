"""Scenarios in the admin: written with a form drawn from the format, proven, published, loaded, exported.

Versions are history and can only be read. Every write goes through `scenarios.actions`.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import action, display

from accounts.admin import DayRangeFilter, ReadOnlyAdmin
from scenarios import actions, admin_pages
from scenarios.exporter import as_yaml
from scenarios.loader import as_written, parse_stored
from scenarios.models import KnowledgeArticle, Scenario, ScenarioStatus, ScenarioVersion

STATUS_TONES = {
    ScenarioStatus.DRAFT: "info",
    ScenarioStatus.REVIEW: "warning",
    ScenarioStatus.PUBLISHED: "success",
    ScenarioStatus.ARCHIVED: "default",
}
LEVEL_TONES = {"starter": "success", "intermediate": "info", "advanced": "warning"}
CREDIBILITY_TONES = {"official": "success", "vendor": "info", "community": "warning", "unknown": "danger"}


class ScenarioFilter(DropdownFilter):  # type: ignore[misc] # unfold carries no types
    """Rows of one scenario. Django's own filter would fetch every definition to write the titles."""

    title = _("scenario")
    parameter_name = "scenario"
    column = "scenario_id"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Name the scenarios."""
        rows = Scenario.objects.order_by("title").values_list("pk", "title")
        return [(str(pk), title) for pk, title in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the chosen one's; what is no scenario's id filters nothing."""
        known = {pk for pk, _title in self.lookup_choices}
        return queryset.filter(**{self.column: self.value()}) if self.value() in known else queryset


def proof_in_words(version: ScenarioVersion | None) -> str:
    """Each bot trainee's score at publication, the best first."""
    scores = version.proof if version else {}
    return " · ".join(f"{bot} {score:.0f}" for bot, score in sorted(scores.items(), key=lambda one: -one[1]))


@admin.register(Scenario)
class ScenarioAdmin(ModelAdmin):  # type: ignore[misc] # unfold carries no types
    """What can be practised. The page of a scenario is its editor; nothing is deleted, only archived."""

    list_display = ("title", "level", "standing", "is_active", "in_force", "proof", "updated_at")
    list_display_links = ("title",)
    list_filter = ("status", "is_active", "difficulty", ("updated_at", DayRangeFilter))
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("title", "slug", "description")
    search_help_text = _("Title, address or description")
    ordering = ("title",)
    actions = ("export_selected", "offer", "withdraw", "send_to_review", "archive")
    actions_list = ("load_files",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Scenario]:
        """Leave the definitions out: a list does not need them."""
        scenarios = super().get_queryset(request).select_related("current_version")
        result: QuerySet[Scenario] = scenarios.defer("definition", "current_version__definition")
        return result

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: sessions point at what they played. Archive instead."""
        return False

    # ------------------------------------------------------------ columns

    @display(description=_("difficulty"), ordering="difficulty", label=LEVEL_TONES)
    def level(self, scenario: Scenario) -> tuple[str, str]:
        return scenario.difficulty, scenario.get_difficulty_display()

    @display(description=_("status"), ordering="status", label=STATUS_TONES)
    def standing(self, scenario: Scenario) -> tuple[str, str]:
        return scenario.status, scenario.get_status_display()

    @display(description=_("version"), ordering="current_version__number", empty_value="–")
    def in_force(self, scenario: Scenario) -> int | None:
        return scenario.current_version.number if scenario.current_version else None

    @display(description=_("bots' scores"), empty_value="–")
    def proof(self, scenario: Scenario) -> str:
        return proof_in_words(scenario.current_version)

    # ------------------------------------------------------------ pages

    def get_urls(self) -> list[URLPattern]:
        """Put the pages of one scenario before the address that takes any id."""
        wrap = self.admin_site.admin_view
        own = [
            path("<uuid:pk>/lint/", wrap(self.lint_page), name="scenarios_scenario_lint"),
            path("<uuid:pk>/export/", wrap(self.export_page), name="scenarios_scenario_export"),
            path("<uuid:pk>/roll-back/", wrap(self.roll_back), name="scenarios_scenario_roll_back"),
        ]
        return [*own, *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the editor instead of Django's form."""
        return admin_pages.edit(self, request, object_id)

    def lint_page(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Prove the working copy and show what was found."""
        return admin_pages.prove(self, request, pk)

    def export_page(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Download the working copy."""
        return admin_pages.export(self, request, [pk])

    def roll_back(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Put an earlier version in force again."""
        return admin_pages.roll_back(self, request, pk)

    @action(description=_("Load files"), url_path="load", icon="upload_file", permissions=["change"])
    def load_files(self, request: HttpRequest) -> HttpResponse:
        """Publish scenario files, all or nothing."""
        return admin_pages.load(self, request)

    # ------------------------------------------------------------ actions

    @action(description=_("Export as YAML"), permissions=["view"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet[Scenario]) -> HttpResponse:
        return admin_pages.export(self, request, list(queryset.values_list("pk", flat=True)))

    @action(description=_("Offer to trainees"), permissions=["change"])
    def offer(self, request: HttpRequest, queryset: QuerySet[Scenario]) -> None:
        for scenario in queryset:
            if actions.offer_scenario(scenario=scenario):
                self.log_change(request, scenario, "Offered to trainees")
                messages.success(request, _("“%s” is in the catalogue.") % scenario.title)
            else:
                messages.warning(
                    request, _("“%s” was never published. Open it and publish it.") % scenario.title
                )

    @action(description=_("Withdraw from trainees"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Scenario]) -> None:
        for scenario in queryset:
            actions.withdraw_scenario(scenario=scenario)
            self.log_change(request, scenario, "Withdrawn from trainees")
        messages.success(request, _("Nobody can begin these scenarios now; calls under way go on."))

    @action(description=_("Send drafts to review"), permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet[Scenario]) -> None:
        for scenario in queryset:
            actions.send_to_review(scenario=scenario)
            self.log_change(request, scenario, "Sent to review")
        messages.success(request, _("Drafts among them are in review now."))

    @action(description=_("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Scenario]) -> None:
        for scenario in queryset:
            actions.archive_scenario(scenario=scenario)
            self.log_change(request, scenario, "Archived")
        messages.success(request, _("Archived. Their sessions and debriefs stay."))


@admin.register(ScenarioVersion)
class ScenarioVersionAdmin(ReadOnlyAdmin):
    """What was published, word for word."""

    list_display = ("scenario", "number", "published_at", "published_by", "note", "scores")
    list_display_links = ("scenario", "number")
    list_filter = (("published_at", DayRangeFilter),)
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("scenario__title", "scenario__slug", "note", "published_by__email")
    search_help_text = _("Scenario, note or publisher's e-mail")
    ordering = ("-published_at",)
    fields = (
        "scenario_link",
        "number",
        "note",
        "published_by",
        "published_at",
        "scores",
        "checksum",
        "as_file",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ScenarioVersion]:
        """Leave the definitions to the page of one version."""
        versions = super().get_queryset(request).select_related("scenario", "published_by")
        result: QuerySet[ScenarioVersion] = versions.defer("definition", "scenario__definition")
        return result

    @display(description=_("scenario"))
    def scenario_link(self, version: ScenarioVersion) -> str:
        address = reverse("admin:scenarios_scenario_change", args=[version.scenario_id])
        return format_html('<a class="fl-link" href="{}">{}</a>', address, version.scenario)

    @display(description=_("bots' scores"), empty_value="–")
    def scores(self, version: ScenarioVersion) -> str:
        return proof_in_words(version)

    @display(description=_("definition"))
    def as_file(self, version: ScenarioVersion) -> str:
        text = as_yaml(as_written(parse_stored(version.definition)))
        box = '<pre class="fl-file" tabindex="0" role="group" aria-label="{}">{}</pre>'
        return format_html(box, _("Definition"), text)


@admin.register(KnowledgeArticle)
class KnowledgeArticleAdmin(ModelAdmin):  # type: ignore[misc] # unfold carries no types
    """Articles that trainees find. Those of a version are part of it; only the shared library is edited here."""

    list_display = ("title", "belongs_to", "believable", "worth", "source", "published_on")
    list_filter = (
        "credibility",
        "relevance",
        ("version", admin.EmptyFieldListFilter),
        ScenarioFilter,
    )
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("title", "name", "source", "body")
    search_help_text = _("Title, name, source or words of the text")
    ordering = ("title",)
    fields = ("name", "title", "source", "credibility", "published_on", "url", "body")

    def get_queryset(self, request: HttpRequest) -> QuerySet[KnowledgeArticle]:
        """Fetch what `belongs_to` shows, without definitions."""
        articles = super().get_queryset(request).select_related("scenario", "version")
        result: QuerySet[KnowledgeArticle] = articles.defer(
            "search_vector", "scenario__definition", "version__definition"
        )
        return result

    def has_change_permission(self, request: HttpRequest, obj: KnowledgeArticle | None = None) -> bool:
        """Say no for a version's article: it never changes."""
        return (obj is None or obj.version_id is None) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: KnowledgeArticle | None = None) -> bool:
        """Say no for a version's article, and in bulk, where both kinds may be ticked."""
        return obj is not None and obj.version_id is None and super().has_delete_permission(request, obj)

    @display(description=_("belongs to"), ordering="scenario__title")
    def belongs_to(self, article: KnowledgeArticle) -> str:
        if article.scenario is None or article.version is None:
            return str(_("Shared library"))
        return f"{article.scenario.title} v{article.version.number}"

    @display(description=_("credibility"), ordering="credibility", label=CREDIBILITY_TONES)
    def believable(self, article: KnowledgeArticle) -> tuple[str, str]:
        return article.credibility, article.get_credibility_display()

    @display(description=_("worth to the ticket"), ordering="relevance", empty_value="–")
    def worth(self, article: KnowledgeArticle) -> str:
        return str(article.get_relevance_display())
