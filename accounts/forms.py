"""Forms about people: what is typed, checked and said back at the field."""

import zoneinfo
from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import actions, queries
from accounts.models import User
from accounts.password_validation import password_rules
from accounts.preferences import TEXT_SIZES, Contrast, Motion, Preferences, Theme, TypingPace

_EMAIL_LENGTH = 254
"""Characters that an address may have, as in the model."""


def _timezone_choices() -> list[Any]:
    return [
        (group, [(name, name.replace("_", " ")) for name in names]) for group, names in queries.timezones()
    ]


class SignupForm(allauth_forms.SignupForm):
    """Sign-up with e-mail address, password and the terms; the time zone comes from the browser."""

    field_order = ("first_name", "email", "password1", "terms", "timezone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.active_terms = queries.active_terms()
        self.fields["first_name"] = forms.CharField(
            label=_("First name"),
            max_length=80,
            required=False,
            help_text=_("How Firstline should address you."),
            widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        )
        self.fields["terms"] = forms.BooleanField(
            label=format_html(
                gettext(
                    'I agree to the <a href="{}" target="_blank" rel="noopener">terms of use (new tab)</a>'
                ),
                reverse("terms"),
            ),
            error_messages={"required": _("Please read the terms and agree to them to sign up.")},
        )
        self.fields["timezone"] = forms.CharField(
            required=False,
            max_length=64,
            widget=forms.HiddenInput(attrs={"data-timezone": ""}),
        )
        self.fields["password1"].help_text = password_rules()
        self.order_fields(self.field_order)
        _say_plainly(self)

    def clean_timezone(self) -> str:
        """Return the browser's time zone, or nothing where it is unknown: nobody typed it."""
        name = str(self.cleaned_data.get("timezone", ""))
        return name if name in zoneinfo.available_timezones() else ""

    def try_save(self, request: HttpRequest) -> Any:
        """Hash a password for a known address too, so that the time of the answer tells nothing."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Record the agreement together with the new account."""
        if self.active_terms:
            actions.agree_to_terms(user=user, terms=self.active_terms)


class LoginForm(allauth_forms.LoginForm):
    """Sign-in by e-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Keep me signed in on this device")
        self.fields["password"].help_text = ""
        _say_plainly(self)


class _PasswordOnce(forms.Form):
    """A form of the library without its second password field; the toggle shows what was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        self.fields["password1"].help_text = password_rules()
        self.fields["password1"].label = _("New password")
        _say_plainly(self)


class ChangePasswordForm(_PasswordOnce, allauth_forms.ChangePasswordForm):
    """A new password for somebody who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["oldpassword"].help_text = ""


class ResetPasswordKeyForm(_PasswordOnce, allauth_forms.ResetPasswordKeyForm):
    """A new password for somebody who proved by mail who they are."""


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asks for the address to which the code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_plainly(self)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    """Asks for the password once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        _say_plainly(self)


class AddEmailForm(allauth_forms.AddEmailForm):
    """Asks somebody who has signed in for another address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_plainly(self)
        self.fields["email"].label = _("New e-mail address")


class EmailCodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    """Asks for the code that was mailed to a new address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_plainly(self)


class ResetCodeForm(allauth_forms.ConfirmPasswordResetCodeForm):
    """Asks for the code that lets somebody choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_plainly(self)


class ProfileForm(forms.ModelForm[User]):
    """The part of a person that they edit themselves."""

    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=_timezone_choices,
        help_text=_("Dates and deadlines are shown in this zone."),
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "username", "phone", "timezone")
        help_texts = {
            "username": _("Shown to others in place of your name, for example on the leaderboard."),
        }
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "username": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.instance.timezone
        field = self.fields["timezone"]
        if isinstance(field, forms.ChoiceField) and not field.valid_value(current):
            field.choices = [(current, current), *_timezone_choices()]


class PreferencesForm(forms.Form):
    """The preferences that have a page, each named ``part__field`` after its place in ``Preferences``."""

    interface__theme = forms.ChoiceField(
        label=_("Theme"),
        widget=forms.RadioSelect,
        choices=[
            (Theme.AUTO.value, _("Like my device")),
            (Theme.LIGHT.value, _("Light")),
            (Theme.DARK.value, _("Dark")),
        ],
    )
    interface__contrast = forms.ChoiceField(
        label=_("Contrast"),
        widget=forms.RadioSelect,
        choices=[
            (Contrast.AUTO.value, _("Like my device")),
            (Contrast.STANDARD.value, _("Standard")),
            (Contrast.HIGH.value, _("High")),
        ],
    )
    interface__text_size = forms.TypedChoiceField(
        label=_("Text size"),
        coerce=int,
        choices=[(size, f"{size} %") for size in TEXT_SIZES],
        help_text=_("In percent of your browser's own text size."),
    )
    interface__motion = forms.ChoiceField(
        label=_("Movement"),
        widget=forms.RadioSelect,
        choices=[
            (Motion.AUTO.value, _("Like my device")),
            (Motion.FULL.value, _("Full")),
            (Motion.REDUCED.value, _("Reduced")),
        ],
    )
    interface__typing_pace = forms.ChoiceField(
        label=_("How fast the customer types"),
        widget=forms.RadioSelect,
        help_text=_("The pace changes nothing about your score: waiting for the customer never counts."),
        choices=[
            (TypingPace.HUMAN.value, _("Like a person")),
            (TypingPace.FAST.value, _("Fast")),
            (TypingPace.INSTANT.value, _("At once")),
        ],
    )
    privacy__leaderboard = forms.BooleanField(label=_("Show me on the leaderboard"), required=False)
    privacy__peers = forms.BooleanField(
        label=_("Let other trainees see my level and achievements"), required=False
    )

    @classmethod
    def initial_of(cls, preferences: Preferences) -> dict[str, Any]:
        """Return the stored preferences as initial values of this form."""
        stored = preferences.model_dump(mode="json")
        pairs = ((name, name.partition("__")) for name in cls.base_fields)
        return {name: stored[part][field] for name, (part, _sep, field) in pairs}

    def changes(self) -> dict[str, dict[str, Any]]:
        """Return what was chosen, in the shape that ``actions.change_preferences`` takes."""
        changes: dict[str, dict[str, Any]] = {}
        for name, value in self.cleaned_data.items():
            part, _sep, field = name.partition("__")
            changes.setdefault(part, {})[field] = value
        return changes


class AppearanceForm(forms.Form):
    """The switch at the foot of every page."""

    theme = forms.ChoiceField(choices=[(theme.value, theme.value) for theme in Theme])


def _say_plainly(form: forms.BaseForm) -> None:
    """Name the library's fields in our words, without placeholders, which vanish when one types."""
    labels = {"email": _("E-mail address"), "login": _("E-mail address"), "password1": _("Password")}
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field, forms.EmailField):  # the library would cut a longer address to fit, silently
            field.validators.append(MaxLengthValidator(_EMAIL_LENGTH))
            field.widget.attrs["maxlength"] = str(_EMAIL_LENGTH)
        if name in labels and not isinstance(form, _PasswordOnce):
            field.label = labels[name]
