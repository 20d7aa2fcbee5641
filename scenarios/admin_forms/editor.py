"""The editor of one scenario: its fields, what was sent, and each finding at the field that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engine.definition import Scenario as Definition
from scenarios.admin_forms.reading import Field, Posted, read, show
from scenarios.admin_forms.shapes import Kind, Shape, shape_of_model
from scenarios.faults import Fault, ScenarioError
from scenarios.loader import check_definition
from scenarios.source import spell

FORMAT = 1
HEAD = (
    "slug",
    "title",
    "summary",
    "difficulty",
    "estimated_minutes",
    "xp_reward",
    "skills",
    "tags",
    "prerequisites",
    "briefing",
)
"""What stands at the top of a file; the other parts have a section each."""

TITLES = {
    "head": gettext_lazy("Scenario"),
    "ticket": gettext_lazy("Ticket"),
    "desk": gettext_lazy("Desk"),
    "estate": gettext_lazy("Estate: what is true before the call"),
    "caller": gettext_lazy("Caller: who is on the line"),
    "persona": gettext_lazy("Persona: how they are and write"),
    "facts": gettext_lazy("Facts: what the customer can tell"),
    "actions": gettext_lazy("Actions: what can be done"),
    "knowledge": gettext_lazy("Knowledge articles"),
    "documentation": gettext_lazy("Documentation: what the note must answer"),
    "outcome": gettext_lazy("Outcome: how it ought to end"),
    "rubric": gettext_lazy("Rubric: how it is judged"),
    "walkthrough": gettext_lazy("Model note"),
}


@dataclass
class Section:
    """One part of the definition on the page."""

    name: str
    title: str
    field: Field

    @property
    def short(self) -> str:
        """Its title without what explains it."""
        return self.title.partition(":")[0]

    @property
    def count(self) -> int | None:
        """How many entries a part of many has."""
        return len(self.field.entries) if self.field.shape.kind is Kind.ENTRIES else None


@dataclass
class Finding:
    """An error as the list at the top of the page tells it; `anchor` is the id of the input, or empty."""

    anchor: str
    place: str
    message: str


class ScenarioEditor:
    """Holds one scenario's form.

    `definition` is what is stored (None for a new scenario), `posted` what was sent. `slug` is fixed once a
    scenario has one. After `check()` returned True, `data` is a valid definition.
    """

    def __init__(
        self,
        definition: Mapping[str, Any] | None = None,
        *,
        posted: QueryDict | None = None,
        slug: str = "",
    ) -> None:
        self.slug = slug
        self.shape = _shape(with_slug=not slug)
        self.data: dict[str, Any] = {}
        self.loose: list[str] = []
        if posted is None:
            self.root = show(self.shape, dict(definition or {}))
        else:
            self.root, data = read(self.shape, Posted.of(posted))
            self.data = {"format": FORMAT, **({"slug": slug} if slug else {}), **data}

    def check(self) -> bool:
        """Validate what was sent with the models of the format, and say whether it is a definition."""
        try:
            check_definition(self.data)
        except ScenarioError as error:
            self.place(error.faults)
        return not self.has_errors

    @property
    def has_errors(self) -> bool:
        return bool(self.loose or self.root.troubles)

    # ------------------------------------------------------------ findings

    def place(self, faults: Iterable[Fault]) -> None:
        """Put each fault at the deepest field that holds its place."""
        places = {spell(field.path): field for field in self.root.walk() if not (field.new or field.gone)}
        for fault in _telling(faults):
            field = places[_deepest(fault.field, places)]
            if field is self.root:
                self.loose.append(": ".join(part for part in (fault.field, fault.message) if part))
            elif not field.unread:
                field.errors.append(_at(field, fault))

    @property
    def findings(self) -> list[Finding]:
        """Every error of the page, in its order."""
        found = [Finding("", "", message) for message in self.loose]
        for field in self.root.walk():
            anchor = f"{field.identifier}-at-key" if field.key is not None else field.identifier
            found += [Finding(anchor, spell(field.path) or field.label, error) for error in field.errors]
        return found

    # ------------------------------------------------------------ the page

    @property
    def sections(self) -> list[Section]:
        fields = {str(child.path[-1]): child for child in self.root.children}
        head = Field(Shape(Kind.GROUP), "", (), children=[fields[name] for name in HEAD if name in fields])
        parts = {"head": head} | {name: field for name, field in fields.items() if name not in HEAD}
        return [Section(name, str(TITLES.get(name, name)), field) for name, field in parts.items()]


def _shape(*, with_slug: bool) -> Shape:
    whole = shape_of_model(Definition)
    hidden = {"format"} if with_slug else {"format", "slug"}
    parts = {name: part for name, part in whole.parts.items() if name not in hidden}
    return Shape(Kind.GROUP, parts=parts)


def _telling(faults: Iterable[Fault]) -> list[Fault]:
    """Leave out that a list is too short where that is only because of what is wrong in it."""
    told = list(faults)
    return [
        fault
        for fault in told
        if "after validation" not in fault.message
        or not any(other.field.startswith(f"{fault.field}[") for other in told)
    ]


def _deepest(place: str, places: Mapping[str, Field]) -> str:
    fitting = [one for one in places if place == one or place.startswith((f"{one}.", f"{one}["))]
    return max(fitting, key=len, default="")


def _at(field: Field, fault: Fault) -> str:
    """Say where in the field, if it holds more than a value."""
    rest = fault.field[len(spell(field.path)) :].lstrip(".")
    if field.shape.kind is Kind.LINES and rest.startswith("[") and rest[1:-1].isdecimal():
        return _("item %(number)d: %(message)s") % {"number": int(rest[1:-1]) + 1, "message": fault.message}
    known = [one for one in field.lines if rest == one or rest.startswith((f"{one}.", f"{one}["))]
    if known:
        line = field.lines[max(known, key=len)]
        return _("line %(line)d, %(place)s: %(message)s") % {
            "line": line,
            "place": rest,
            "message": fault.message,
        }
    return f"{rest}: {fault.message}" if rest else fault.message
