"""Definitions → scenario files: YAML as an author would write it, and the JSON fixture for `loaddata`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import yaml

from engine.definition import Scenario as Definition
from scenarios.actions import LOADED, article_columns_of, columns_of
from scenarios.loader import as_stored, as_written, checksum_of
from scenarios.models import ScenarioStatus

WIDTH = 110
FIXTURE_MOMENT = "2026-01-01T00:00:00Z"
"""When the versions of a fixture were published: always the same, so that a diff shows what changed."""


class _Dumper(yaml.SafeDumper):
    """Block style, lists indented under their key, long text as literal blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def to_yaml(definition: Definition) -> str:
    """Return the file that loads back to the same definition: the order of the format, no defaults."""
    return as_yaml(as_written(definition))


def as_yaml(data: Any) -> str:
    """Return plain data as YAML in the style of scenario files."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, indent=2)


def to_fixture(definitions: Iterable[Definition]) -> str:
    """Return the JSON that `loaddata` turns into the same rows as loading the files, each as version 1."""
    listed = list(definitions)
    rows = [_scenario_row(definition) for definition in listed]
    rows += [_version_row(definition) for definition in listed]
    rows += [row for definition in listed for row in _article_rows(definition)]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n"


def _row(model: str, **fields: Any) -> dict[str, Any]:
    return {"model": f"scenarios.{model}", "fields": fields}


def _scenario_row(definition: Definition) -> dict[str, Any]:
    return _row(
        "scenario",
        **columns_of(definition),
        prerequisites=[[slug] for slug in definition.prerequisites],
        definition=as_stored(definition),
        current_version=[definition.slug, 1],
        status=ScenarioStatus.PUBLISHED.value,
        is_active=True,
        author=None,
    )


def _version_row(definition: Definition) -> dict[str, Any]:
    return _row(
        "scenarioversion",
        scenario=[definition.slug],
        number=1,
        definition=as_stored(definition),
        checksum=checksum_of(definition),
        note=LOADED,
        proof={},
        published_by=None,
        published_at=FIXTURE_MOMENT,
    )


def _article_rows(definition: Definition) -> Iterable[dict[str, Any]]:
    for name, article in definition.knowledge.items():
        columns = article_columns_of(name, article)
        columns["published_on"] = article.published.isoformat()
        yield _row("knowledgearticle", scenario=[definition.slug], version=[definition.slug, 1], **columns)
