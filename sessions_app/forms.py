"""What a reader may ask of the pages of practice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from engine.vocabulary import Dimension
from sessions_app.models import DimensionName
from sessions_app.performance import Timeframe

TIMEFRAMES = (
    (Timeframe.WEEK.value, _("Week")),
    (Timeframe.MONTH.value, _("Month")),
    (Timeframe.ALL.value, _("All time")),
)


class ProgressFilterForm(forms.Form):
    """Which time and which dimension the progress page is about; what is unknown is as if it were not there."""

    timeframe = forms.ChoiceField(label=_("Time"), choices=TIMEFRAMES, required=False)
    dimension = forms.ChoiceField(
        label=_("Dimension"), choices=[("", _("All dimensions")), *DimensionName.choices], required=False
    )

    def wanted(self) -> tuple[Timeframe, Dimension | None]:
        """Return what to show: all time and every dimension where nothing valid was asked for."""
        self.is_valid()
        timeframe = self.cleaned_data.get("timeframe") or Timeframe.ALL.value
        dimension = self.cleaned_data.get("dimension")
        return Timeframe(timeframe), Dimension(dimension) if dimension else None
