"""What the API reads and answers about people."""

import datetime as dt
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, Field, StringConstraints

from accounts.models import User
from accounts.preferences import Preferences
from accounts.rest.pages import Answer
from accounts.rest.reading import Body, Storable

PASSWORD_LIMIT = 128
TOKEN_LIMIT = 8_000


def _address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValueError("Write an e-mail address, such as sam@firstline.example.") from error
    return text


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=254),
    Storable,
    AfterValidator(_address),
]


class SignIn(Body):
    """E-mail address and password; `code` of the authenticator app for those who have set one up."""

    email: Email
    password: Annotated[str, StringConstraints(min_length=1, max_length=PASSWORD_LIMIT), Storable]
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), Storable] = ""


class Refresh(Body):
    """The refresh token of the last answer."""

    refresh: Annotated[str, StringConstraints(min_length=1, max_length=TOKEN_LIMIT), Storable]


class Person(Answer):
    """Who has signed in. `display_name` is what other people see."""

    id: UUID
    email: str
    username: str | None
    first_name: str
    last_name: str
    display_name: str
    role: str
    timezone: str
    level: int
    xp: int
    subscription_tier: str
    onboarding_complete: bool
    email_verified_at: dt.datetime | None
    created_at: dt.datetime
    preferences: Preferences

    @classmethod
    def of(cls, user: User) -> Self:
        """Return what a person may know of themselves."""
        columns: dict[str, Any] = {
            name: getattr(user, name) for name in cls.model_fields if name not in ("role", "preferences")
        }
        return cls(role=user.role_id, preferences=user.chosen, **columns)


class SignedIn(Answer):
    """The tokens of a sign-in, until when `access` counts, and whose they are.

    Send `access` as `Authorization: Bearer …`. Keep `refresh`: it makes one new pair.
    """

    access: str
    refresh: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 (the name of a scheme)
    expires_at: Annotated[dt.datetime, Field(description="When `access` counts no longer.")]
    user: Person
