"""The ticket as the trainee finds it, and the desk that they work on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.parts import Line, Part, Text


class Sla(Part):
    """The desk's targets, in minutes from taking the ticket."""

    first_response_minutes: int = Field(ge=1, le=1440)
    resolution_minutes: int = Field(ge=1, le=10_080)


class Reporter(Part):
    """The customer as the ticket reports them; not necessarily what the records say."""

    name: Line
    contact: Line
    location: Line | None = None


class Ticket(Part):
    """What the trainee finds in the queue."""

    priority: Literal["low", "medium", "high"]
    category: Line
    subject: Line
    description: Text
    channel: Literal["chat", "phone", "walk_in", "e_mail"] = "chat"
    reported_by: Reporter
    asset: Line | None = None
    technical_context: Text | None = None
    sla: Sla


class Desk(Part):
    """The desk the trainee works on: its name and whom it can pass work to."""

    name: Line = "IT Service Desk"
    teams: Annotated[tuple[Line, ...], Field(min_length=2)] = (
        "Identity and Access",
        "Network Operations",
        "End-User Devices",
        "Business Applications",
        "Information Security",
    )
