"""The directory, the asset register and the status page, as the agent's screens show them now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from engine.definition import Scenario
from engine.parts import Part
from engine.state import CallState

Row = tuple[str, str]


class RecordView(Part):
    """One record: `id` such as `person:maria`, `rows` of (label, value) in the order in which they are shown."""

    id: str
    kind: Literal["person", "asset", "service"]
    title: str
    rows: tuple[Row, ...]


def list_records(scenario: Scenario, state: CallState) -> tuple[RecordView, ...]:
    """Every record, people first. Variables that no screen shows stay out."""
    return (*_people(scenario, state), *_assets(scenario, state), *_services(scenario, state))


def find_record(scenario: Scenario, state: CallState, record_id: str) -> RecordView | None:
    return next((record for record in list_records(scenario, state) if record.id == record_id), None)


def _people(scenario: Scenario, state: CallState) -> Iterator[RecordView]:
    for name, person in scenario.estate.people.items():
        rows = [
            ("Name", person.name),
            ("Username", person.username),
            ("Employee number", person.employee_number),
            ("Job title", person.job_title),
            ("Department", person.department),
            ("Location", person.location),
            ("Manager", person.manager),
            ("Phone on file", person.phone),
            ("Enrolled device", person.enrolled_device or "None"),
            ("Status", person.status),
        ]
        rows += [
            (
                "Devices",
                ", ".join(a.tag for a in scenario.estate.assets.values() if a.owner == name) or "None",
            )
        ]
        rows += _shown(scenario, state, f"person:{name}")
        rows += [("Remark", person.remark)] if person.remark else []
        yield RecordView(id=f"person:{name}", kind="person", title=person.name, rows=tuple(rows))


def _assets(scenario: Scenario, state: CallState) -> Iterator[RecordView]:
    for name, asset in scenario.estate.assets.items():
        owner = scenario.estate.people.get(asset.owner)
        rows = [("Tag", asset.tag), ("Model", asset.model), ("Kind", asset.kind.capitalize())]
        rows += [("Assigned to", owner.name if owner else "Nobody"), ("State", asset.state)]
        rows += [("Warranty until", asset.warranty_until.isoformat())] if asset.warranty_until else []
        rows += _shown(scenario, state, f"asset:{name}")
        yield RecordView(id=f"asset:{name}", kind="asset", title=asset.tag, rows=tuple(rows))


def _services(scenario: Scenario, state: CallState) -> Iterator[RecordView]:
    for name, service in scenario.estate.services.items():
        rows = [("Service", service.name), ("Status", service.status.capitalize())]
        rows += [("Notice", service.notice)] if service.notice else []
        rows += _shown(scenario, state, f"service:{name}")
        yield RecordView(id=f"service:{name}", kind="service", title=service.name, rows=tuple(rows))


def _shown(scenario: Scenario, state: CallState, record_id: str) -> list[Row]:
    return [
        (variable.label, variable.in_words(state.values[name]))
        for name, variable in scenario.estate.variables.items()
        if variable.shown_on == record_id
    ]
