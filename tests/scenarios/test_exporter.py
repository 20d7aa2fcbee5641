"""What is exported loads back to the same, as YAML and as a fixture."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from scenarios.actions import load_scenarios
from scenarios.exporter import to_fixture, to_yaml
from scenarios.loader import read_paths, read_scenario
from scenarios.models import KnowledgeArticle, Scenario, ScenarioVersion
from tests.scenarios.examples import PROJECT, SHIPPED, example, example_text

FIXTURE = PROJECT / "fixtures" / "scenarios.json"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_yaml_loads_back_to_the_same(path: Path) -> None:
    definition = read_paths([path])[0].definition
    assert read_scenario(to_yaml(definition)).definition == definition


def test_yaml_reads_as_an_author_would_write_it() -> None:
    text = to_yaml(example().definition)
    assert list(yaml.safe_load(text)) == list(yaml.safe_load(example_text()))
    assert "passing_score" not in text
    assert "skills:\n  - Asking before guessing\n" in text
    assert "note: |-\n" in text
    assert "&id" not in text


@pytest.mark.parametrize(
    "title",
    [
        "no",
        "on",
        "12",
        "1e3",
        "12:30",
        "true",
        "~",
        "null",
        "2026-01-31",
        "- a",
        "a: b",
        "#x",
        "0x1f",
        "é ✓",
        '"',
        " pad\t",
    ],
)
def test_any_title_survives(title: str) -> None:
    definition = example(title=title).definition
    assert read_scenario(to_yaml(definition)).definition == definition


def rows() -> list[list[dict[str, Any]]]:
    """Everything that is stored, without ids and times, related rows by their names."""
    unlike = {
        "id",
        "created_at",
        "updated_at",
        "scenario_id",
        "version_id",
        "current_version_id",
        "published_at",
    }

    def plain(values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if name not in unlike}

    scenarios = Scenario.objects.order_by("slug").prefetch_related("prerequisites")
    needs = [{"needs": sorted(each.slug for each in one.prerequisites.all())} for one in scenarios]
    versions = ScenarioVersion.objects.order_by("scenario__slug", "number")
    articles = KnowledgeArticle.objects.order_by("scenario__slug", "name")
    return [
        [plain(values) for values in scenarios.values()],
        needs,
        [plain(values) for values in versions.values()],
        [
            {"of": one.natural_key(), **plain(values)}
            for one, values in zip(articles, articles.values(), strict=True)
        ],
    ]


@pytest.mark.django_db
def test_the_fixture_gives_the_same_rows_as_the_files() -> None:
    call_command("loaddata", str(FIXTURE), verbosity=0)
    from_fixture = rows()
    assert all(one.current_version == one.versions.get() for one in Scenario.objects.all())
    Scenario.objects.update(current_version=None)
    Scenario.objects.all().delete()
    load_scenarios(files=read_paths([SHIPPED]), prove_first=False)
    assert from_fixture == rows()


@pytest.mark.django_db
def test_the_fixture_can_be_loaded_over_the_files() -> None:
    load_scenarios(files=read_paths([SHIPPED]), prove_first=False)
    before = rows()
    call_command("loaddata", str(FIXTURE), verbosity=0)
    assert rows() == before


def test_the_fixture_agrees_with_the_files() -> None:
    wanted = to_fixture(file.definition for file in read_paths([SHIPPED]))
    assert json.loads(FIXTURE.read_text()) == json.loads(wanted), (
        "write it anew: manage.py scenario export --fixture --output fixtures/scenarios.json"
    )
