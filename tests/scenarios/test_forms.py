"""What is typed into the filter of the catalogue."""

import pytest

from scenarios.forms import CatalogueFilterForm
from scenarios.queries import CatalogueFilter


def test_nothing_filters_nothing() -> None:
    assert CatalogueFilterForm({}).wanted().is_empty


def test_everything_is_understood() -> None:
    given = {"q": " dock ", "difficulty": "starter", "skill": "Asking", "done": "no"}
    assert CatalogueFilterForm(given).wanted() == CatalogueFilter(
        "starter", "Asking", done=False, text="dock"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("difficulty", "easy"), ("done", "maybe"), ("q", "x" * 101), ("q", "a\x00b"), ("skill", "a\x00b")],
)
def test_what_is_refused_is_named_and_filters_nothing(field: str, value: str) -> None:
    form = CatalogueFilterForm({field: value})
    assert form.wanted().is_empty
    assert list(form.errors) == [field]


def test_a_skill_that_is_gone_stays_visible() -> None:
    form = CatalogueFilterForm({"skill": "Juggling"})
    form.wanted()
    form.offer_skills(["Asking"])
    assert [value for value, _ in form.fields["skill"].widget.choices] == ["", "Asking", "Juggling"]
