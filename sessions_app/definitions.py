"""The scenario that a session plays, parsed and drawn once in each process: neither ever changes."""

from functools import lru_cache
from uuid import UUID

from engine.definition import Scenario
from engine.variation import Drawn, drawn_scenario
from scenarios.loader import parse_stored
from scenarios.models import ScenarioVersion
from sessions_app.models import UserSession


def scenario_of(session: UserSession) -> Scenario:
    """Return what this session plays: its version, with everything left open drawn by its seed."""
    return scenario_for(session.scenario_version_id, session.seed)


def scenario_for(version_id: UUID, seed: int) -> Scenario:
    """Return what a session of this version and seed plays."""
    definition = definition_of(version_id)
    if not definition.variation:
        return definition
    return _drawn(version_id, definition.variation.draw(seed))


@lru_cache(maxsize=256)
def definition_of(version_id: UUID) -> Scenario:
    """Return what a version holds, as its author wrote it."""
    stored = ScenarioVersion.objects.values_list("definition", flat=True).get(pk=version_id)
    return parse_stored(stored)


@lru_cache(maxsize=512)
def _drawn(version_id: UUID, drawn: Drawn) -> Scenario:
    return drawn_scenario(definition_of(version_id), drawn)
