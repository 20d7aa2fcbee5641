"""The example of the authoring guide, and variations of it that tests write."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scenarios.actions import Loaded, load_scenarios
from scenarios.loader import ScenarioFile, read_scenario
from scenarios.models import Scenario

PROJECT = Path(__file__).parents[2]
SHIPPED = PROJECT / "fixtures" / "scenarios"
SLUG = "the-dark-second-screen"


@cache
def example_text() -> str:
    """The complete example of docs/scenario-format.md."""
    guide = (PROJECT / "docs" / "scenario-format.md").read_text()
    found = re.search(r"^```yaml\n(format: 1\n.*?)^```$", guide, re.DOTALL | re.MULTILINE)
    assert found, "the guide has no example"
    return found[1]


def example(change: Callable[[dict[str, Any]], None] | None = None, **head: Any) -> ScenarioFile:
    """The example with other head fields, and whatever `change` does to its data."""
    data = yaml.safe_load(example_text()) | head
    if change:
        change(data)
    # JSON is YAML, and needs no anchors where two parts share a value.
    return read_scenario(json.dumps(data, default=str, indent=1), source=f"{data['slug']}.yaml")


def load(*files: ScenarioFile) -> Loaded:
    """Publish without the proof, which takes its time."""
    return load_scenarios(files=files, prove_first=False)


def published(change: Callable[[dict[str, Any]], None] | None = None, **head: Any) -> Scenario:
    """The example in the database, with other head fields."""
    file = example(change, **head)
    load(file)
    return Scenario.objects.get(slug=file.definition.slug)
