"""What people type about scenarios."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from scenarios.models import DIFFICULTIES
from scenarios.queries import CatalogueFilter

DONE = {"": None, "yes": True, "no": False}


class CatalogueFilterForm(forms.Form):
    """The filters of the catalogue, sent by GET; nothing filled in shows everything."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    difficulty = forms.ChoiceField(
        label=_("Difficulty"), required=False, choices=[("", _("Any")), *DIFFICULTIES]
    )
    done = forms.ChoiceField(
        label=_("Completed"),
        required=False,
        choices=[("", _("Any")), ("no", _("Not yet")), ("yes", _("Yes"))],
    )
    # The skills that can be chosen are those of the scenarios shown: `offer_skills` tells the widget.
    skill = forms.CharField(label=_("Skill"), required=False, max_length=600, widget=forms.Select())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def wanted(self) -> CatalogueFilter:
        """Return the filter; a field that was refused filters nothing."""
        self.is_valid()
        given = self.cleaned_data
        return CatalogueFilter(
            difficulty=given.get("difficulty", ""),
            skill=given.get("skill", ""),
            done=DONE[given.get("done", "")],
            text=given.get("q", ""),
        )

    def offer_skills(self, skills: Iterable[str]) -> None:
        """Let these skills be chosen, and the one that was asked for, should it be gone."""
        asked = self.cleaned_data.get("skill", "")
        offered = list(dict.fromkeys([*skills, asked] if asked else skills))
        self.fields["skill"].widget.choices = [("", _("Any")), *((skill, skill) for skill in offered)]
