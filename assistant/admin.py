"""Language models in the admin: what was asked, what it took, what came of it. History, which can only be read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin import CappedPaginator, DayRangeFilter, ReadOnlyAdmin
from assistant.models import ModelCall, Outcome

OUTCOME_TONES = {
    Outcome.ANSWERED: "success",
    Outcome.STOPPED: "warning",
    Outcome.SLOW: "warning",
    Outcome.LIMITED: "warning",
    Outcome.REFUSED: "danger",
    Outcome.UNREACHABLE: "danger",
    Outcome.GARBLED: "danger",
}


@admin.register(ModelCall)
class ModelCallAdmin(ReadOnlyAdmin):
    """Requests to language models."""

    list_display = (
        "model",
        "purpose",
        "came_out",
        "input_tokens",
        "output_tokens",
        "cost",
        "milliseconds",
        "created_at",
    )
    list_filter = ("outcome", "purpose", ("created_at", DayRangeFilter))
    list_filter_submit = True
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    search_fields = ("model", "session_id")
    search_help_text = _("Model, or the session's id")
    ordering = ("-created_at",)

    @display(description=_("outcome"), ordering="outcome", label=OUTCOME_TONES)
    def came_out(self, call: ModelCall) -> tuple[str, str]:
        return call.outcome, call.get_outcome_display()
