"""Foreign keys are strings that no import checker sees; they must follow the layers all the same."""

import tomllib

import pytest
from django.apps import apps
from django.db.models import Field, ForeignObjectRel, Model

from tests.support.processes import ROOT


def layers() -> list[set[str]]:
    """The import contract's layers, from the bottom to the top; apps of one layer are strangers."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [set(line.replace(" ", "").split("|")) for line in reversed(lines)]


def rank(label: str) -> int:
    """How high the app stands; 0 is the bottom."""
    return next(number for number, layer in enumerate(layers()) if label in layer)


def may_point(source: str, target: str) -> bool:
    """Whether a model of ``source`` may hold a key of a model of ``target``."""
    ours = set().union(*layers())
    return target not in ours or source == target or rank(target) < rank(source)


def our_models() -> list[type[Model]]:
    ours = set().union(*layers())
    return [model for model in apps.get_models() if model._meta.app_label in ours]


def keys_of(model: type[Model]) -> list[Field]:
    return [
        field
        for field in model._meta.get_fields(include_parents=False)
        if field.is_relation and field.related_model and not isinstance(field, ForeignObjectRel)
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_keys_point_downward_only(model: type[Model]) -> None:
    source = model._meta.app_label
    wrong = [
        f"{model._meta.label}.{key.name} → {key.related_model._meta.label}"
        for key in keys_of(model)
        if not may_point(source, key.related_model._meta.app_label)
    ]
    assert not wrong


def test_the_rule_refuses_a_key_that_points_upward() -> None:
    assert may_point("sessions_app", "scenarios")
    assert may_point("scenarios", "auth")
    assert not may_point("scenarios", "sessions_app")
    assert not may_point("scenarios", "gamification")
    assert not may_point("accounts", "organizations")


def test_settings_install_the_apps_in_the_order_of_the_layers(settings: object) -> None:
    installed: list[str] = settings.LAYERS  # type: ignore[attr-defined]
    assert [rank(label) for label in installed] == sorted(rank(label) for label in installed)
    assert set(installed) == set().union(*layers()) - {"engine"}
