"""What is true before the call: people, devices, services, and what can be so or not so."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from engine.parts import Line, Name, Part, Value, VariableName


class Person(Part):
    """Somebody in the directory."""

    name: Line
    username: Line
    employee_number: Line
    department: Line
    job_title: Line
    manager: Line
    phone: Line
    location: Line
    enrolled_device: Line | None = None
    status: Line = "Active"
    remark: Line | None = None


class Asset(Part):
    """A device in the asset register; `owner` is a person's id in the directory."""

    tag: Line
    model: Line
    kind: Literal["laptop", "desktop", "phone", "printer", "tablet", "other"] = "laptop"
    owner: Name
    state: Line = "In use"
    warranty_until: dt.date | None = None


class Service(Part):
    """A service of the company and what its status page says."""

    name: Line
    status: Literal["operational", "degraded", "outage", "maintenance"] = "operational"
    notice: Line | None = None


class Variable(Part):
    """Something that is so or not so in the estate, and may be changed by an action.

    `shown_on` puts it on the agent's record of a person (`person:<id>`), an asset (`asset:<id>`) or a service
    (`service:<id>`); without it only the customer's eyes and the debrief know it. `words` says in words what each
    value means there.
    """

    starts: Value
    label: Line
    shown_on: Annotated[str, Field(pattern=r"^(person|asset|service):[a-z][a-z0-9_]*$")] | None = None
    words: dict[str, Line] = Field(default_factory=dict)

    def in_words(self, value: Value) -> str:
        key = str(value).lower() if isinstance(value, bool) else str(value)
        return self.words.get(key, key)


class Estate(Part):
    """What is true before the call."""

    people: Annotated[dict[Name, Person], Field(min_length=1)]
    assets: dict[Name, Asset] = Field(default_factory=dict)
    services: dict[Name, Service] = Field(default_factory=dict)
    variables: Annotated[dict[VariableName, Variable], Field(min_length=1)]
