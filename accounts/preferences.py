"""What a person may choose about how Firstline looks, moves and speaks to them."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

TEXT_SIZES = range(100, 201, 10)
"""Percent of the browser's own text size that can be chosen; tokens.css has a rule for each."""


class Theme(StrEnum):
    """Which palette the pages use; ``auto`` follows the device."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Contrast(StrEnum):
    """How far text stands off its background; ``auto`` follows the device."""

    AUTO = "auto"
    STANDARD = "standard"
    HIGH = "high"


class Motion(StrEnum):
    """Whether the pages may move; ``auto`` follows the device."""

    AUTO = "auto"
    FULL = "full"
    REDUCED = "reduced"


class TypingPace(StrEnum):
    """How long the customer is shown typing before a reply appears."""

    HUMAN = "human"
    FAST = "fast"
    INSTANT = "instant"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NotificationPreferences(_Part):
    """Which ways Firstline may write to a person."""

    email: bool = True
    push: bool = False
    sms: bool = False


class AssistantPreferences(_Part):
    """How the assistant behaves."""

    personality: Literal["friendly", "neutral", "concise"] = "friendly"
    proactive: bool = False
    suggestions: bool = True


class IntegrationPreferences(_Part):
    """What connects by itself, and which provider is meant where none is named."""

    auto_connect: bool = False
    default_calendar: Annotated[str, Field(max_length=40)] = ""
    default_mail: Annotated[str, Field(max_length=40)] = ""


class InterfacePreferences(_Part):
    """How pages look and move. ``text_size`` is percent of the browser's own size, 100 to 200 in tens."""

    theme: Theme = Theme.AUTO
    contrast: Contrast = Contrast.AUTO
    motion: Motion = Motion.AUTO
    text_size: Annotated[int, Field(ge=100, le=200, multiple_of=10)] = 100
    typing_pace: TypingPace = TypingPace.HUMAN


class PrivacyPreferences(_Part):
    """What other trainees may see."""

    leaderboard: bool = True
    peers: bool = True


class Preferences(_Part):
    """Everything in ``User.preferences``. Every part has a default, so ``{}`` is valid."""

    notifications: NotificationPreferences = Field(default_factory=NotificationPreferences)
    assistant: AssistantPreferences = Field(default_factory=AssistantPreferences)
    integrations: IntegrationPreferences = Field(default_factory=IntegrationPreferences)
    interface: InterfacePreferences = Field(default_factory=InterfacePreferences)
    privacy: PrivacyPreferences = Field(default_factory=PrivacyPreferences)


def default_preferences() -> dict[str, Any]:
    """Return the preferences of somebody who has chosen nothing yet, as they are stored."""
    return Preferences().model_dump(mode="json")


def validate_preferences(value: object) -> None:
    """Raise Django's ``ValidationError`` naming each wrong field, unless ``value`` can be stored."""
    try:
        Preferences.model_validate(value)
    except PydanticError as error:
        problems = [f"{'.'.join(map(str, e['loc'])) or 'preferences'}: {e['msg']}" for e in error.errors()]
        raise ValidationError(problems, code="invalid_preferences") from error
