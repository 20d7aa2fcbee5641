"""The rules for a new password that Django's own validators do not cover."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from zxcvbn import zxcvbn

_ESTIMATED_LENGTH = 72
"""Characters that zxcvbn looks at; it refuses longer input, and a longer password is not weaker."""
_WEAKEST_ACCEPTED = 2
"""zxcvbn's score from 0 to 4; from 2 on, a guesser needs more than a million attempts."""


class MixedCaseValidator:
    """Asks for a small and a capital letter."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` if all letters of the password are of one case, or there are none."""
        if password.lower() == password or password.upper() == password:
            raise ValidationError(_("Use both small and capital letters."), code="password_one_case")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("small and capital letters")


class NumberValidator:
    """Asks for a digit."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` if the password has no digit."""
        if not re.search(r"\d", password):
            raise ValidationError(_("Use at least one number."), code="password_no_number")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("a number")


class LengthValidator:
    """Asks for at least ``min_length`` characters; the upper bound keeps hashing cheap."""

    def __init__(self, min_length: int = 8, max_length: int = 128) -> None:
        self.min_length = min_length
        self.max_length = max_length

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` if the password is too short or too long."""
        if len(password) < self.min_length:
            text = ngettext(
                "Use at least %(count)d character.", "Use at least %(count)d characters.", self.min_length
            )
            raise ValidationError(text, code="password_too_short", params={"count": self.min_length})
        if len(password) > self.max_length:
            text = _("Use at most %(count)d characters.")
            raise ValidationError(text, code="password_too_long", params={"count": self.max_length})

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("at least %(count)d characters") % {"count": self.min_length}


class GuessableValidator:
    """Refuses passwords that a guesser tries first: common ones, names, dates, rows of the keyboard."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` if zxcvbn, told about the person, finds the password easy."""
        known = [getattr(user, name, "") or "" for name in ("email", "first_name", "last_name", "username")]
        words = [word for value in known for word in re.split(r"[@.\s]", value) if word]
        estimate = zxcvbn(password[:_ESTIMATED_LENGTH], user_inputs=["firstline", *words])
        if estimate["score"] < _WEAKEST_ACCEPTED:
            text = _("This password is easy to guess. Add another word or two.")
            raise ValidationError(text, code="password_guessable")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("nothing that is easy to guess")


def password_rules() -> str:
    """Return the rules of all configured validators as one sentence."""
    from django.contrib.auth.password_validation import get_default_password_validators

    rules = [str(validator.get_help_text()) for validator in get_default_password_validators()]
    return _("Use %(rules)s.") % {"rules": ", ".join(rules)}
