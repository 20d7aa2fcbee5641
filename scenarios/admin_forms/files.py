"""The small forms around the editor: the note of a version, and files to load."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from scenarios.loader import SUFFIXES

MOST_FILES = 50
NOTE_LENGTH = 600


class NoteForm(forms.Form):
    """What a new version is published with."""

    version_note = forms.CharField(
        label=_("Version note"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("What is new, for those who compare versions later."),
        widget=UnfoldAdminTextInputWidget,
    )


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class FilesField(forms.FileField):
    """One or more files, as a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, each checked as a single one would be."""
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Send at most %d files at once.") % MOST_FILES)
        return [super(FilesField, self).clean(one, initial) for one in given] or [super().clean(None)]


class LoadForm(forms.Form):
    """Scenario files and the note of the versions that they become."""

    scenario_files = FilesField(
        label=_("Scenario files"),
        help_text=_("YAML or JSON, one scenario each. If one of them is wrong, none is loaded."),
        widget=ManyFiles(attrs={"accept": ",".join(SUFFIXES), "multiple": True}),
    )
    note = forms.CharField(
        label=_("Version note"), required=False, max_length=NOTE_LENGTH, widget=UnfoldAdminTextInputWidget
    )
