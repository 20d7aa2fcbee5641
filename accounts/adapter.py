"""How the sign-in library behaves in Firstline."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Says things in the words of Firstline, and records confirmed addresses on the person."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This e-mail address and password do not go together. Check both, or reset your password."
        ),
        "incorrect_code": _(
            "This code is not the one we sent. Check the newest mail, or request a new code."
        ),
        "too_many_login_attempts": _(
            "Too many attempts in a short while. Wait a few minutes and try again, or reset your password."
        ),
        "rate_limited": _("That was too quick. Wait a moment and try again; nothing is lost."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your current password."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Take the name and the browser's time zone along with address and password."""
        user.first_name = form.cleaned_data.get("first_name", "")
        user.timezone = form.cleaned_data.get("timezone") or "UTC"
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Mark the address as confirmed, and the person with it."""
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            actions.note_confirmed_email(user=email_address.user)
        return confirmed
