"""The scenario that a session plays, parsed once in each process: a published version never changes."""

from functools import lru_cache
from uuid import UUID

from engine.definition import Scenario
from scenarios.loader import parse_stored
from scenarios.models import ScenarioVersion


@lru_cache(maxsize=256)
def definition_of(version_id: UUID) -> Scenario:
    """Return what a version holds, as the engine reads it."""
    stored = ScenarioVersion.objects.values_list("definition", flat=True).get(pk=version_id)
    return parse_stored(stored)
