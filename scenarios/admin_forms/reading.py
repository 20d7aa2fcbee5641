"""A definition as the fields of a form, and a posted form as the data of a definition.

Names of inputs are the path in the form, joined by dots; an entry of a mapping goes by its number, and its key is
an input of its own (`facts.2.@key`). A list of lines is one large input: a line that begins with two spaces goes
on from the line above it. What a form cannot hold well, conditions and checks, is written as YAML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from scenarios.admin_forms.shapes import Kind, Shape
from scenarios.exporter import as_yaml
from scenarios.faults import ScenarioError
from scenarios.source import Path, is_storable, read_document, spell

KEY = "@key"
GONE = "@gone"
NEW = "new"
CONTINUED = "  "
LONG_LINES = {
    "summary",
    "subject",
    "wording",
    "why",
    "better",
    "explains",
    "question",
    "result",
    "notice",
    "remark",
}
"""Single lines that are sentences."""
ABBREVIATED = {"Xp": "XP", "Sla": "SLA"}
LABEL_FIELDS = ("title", "name", "topic", "label", "wording", "question", "tag", "asks", "says")
"""What tells an entry apart when it is folded; the first that it has."""


@dataclass
class Field:
    """One place of the form. `name` is its input's, `path` its place in the definition; `new` marks the empty
    entry by which another one is added; `gone` one that is to be removed."""

    shape: Shape
    name: str
    path: Path
    text: str = ""
    chosen: tuple[str, ...] = ()
    children: list[Field] = field(default_factory=list)
    key: str | None = None
    new: bool = False
    gone: bool = False
    errors: list[str] = field(default_factory=list)
    lines: Mapping[str, int] = field(default_factory=dict)
    unread: bool = False

    @property
    def kind(self) -> str:
        return self.shape.kind.value

    @property
    def identifier(self) -> str:
        """The id of its input."""
        return f"id_{self.name.replace('@', 'at-').replace('.', '-')}"

    @property
    def label(self) -> str:
        if not self.path:
            return ""
        first, *others = str(self.path[-1]).replace("_", " ").replace(".", " ").capitalize().split(" ")
        return " ".join([ABBREVIATED.get(first, first), *others])

    @property
    def title(self) -> str:
        """What a folded entry is recognized by."""
        texts = {str(child.path[-1]): child.text for child in self.children}
        found = next((texts[name] for name in LABEL_FIELDS if texts.get(name)), "")
        return found.split("\n", 1)[0]

    @property
    def rows(self) -> int:
        """Lines that a large input shows at first."""
        wrapped = sum(1 + len(line) // 90 for line in self.text.split("\n"))
        return max(2 if self.shape.kind is not Kind.TEXT else 4, min(wrapped, 24))

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Value, words and whether chosen, of each choice."""
        chosen = self.chosen if self.shape.kind is Kind.CHOICES else (self.text,)
        return [(one, one.replace("_", " "), one in chosen) for one in self.shape.choices]

    @property
    def is_wide(self) -> bool:
        if self.path and self.path[-1] in LONG_LINES:
            return True
        return self.shape.kind not in (
            Kind.INTEGER,
            Kind.NUMBER,
            Kind.DATE,
            Kind.FLAG,
            Kind.CHOICE,
            Kind.LINE,
        )

    def walk(self) -> Iterable[Field]:
        """This field and every one in it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def troubles(self) -> int:
        """How many errors are shown in it."""
        return sum(len(one.errors) for one in self.walk())

    @property
    def entries(self) -> list[Field]:
        return [child for child in self.children if not child.new]


# ---------------------------------------------------------------- a definition, shown


def show(shape: Shape, value: Any, name: str = "", path: Path = (), *, new: bool = False) -> Field:
    """Return the fields for `value`, plain JSON data of this shape, or None where there is none."""
    if value is None and shape.kind not in (Kind.GROUP, Kind.ENTRIES, Kind.ITEMS):
        value = _plain(shape.default)
    shown = Field(shape, name, path, new=new)
    match shape.kind:
        case Kind.GROUP:
            value = value or {}
            shown.children = [
                show(part, value.get(key), _below(name, key), (*path, key), new=new)
                for key, part in shape.parts.items()
            ]
        case Kind.ENTRIES:
            shown.children = _show_entries(shape, value or {}, name, path)
        case Kind.ITEMS:
            shown.children = _show_items(shape, value or [], name, path)
        case Kind.CHOICES:
            shown.chosen = tuple(value or ())
        case _:
            shown.text = _written(shape, value)
    return shown


def _show_entries(shape: Shape, value: Mapping[str, Any], name: str, path: Path) -> list[Field]:
    if shape.keys is not None:
        return [show(shape.each, value.get(key), _below(name, key), (*path, key)) for key in shape.keys]
    entries = []
    for index, (key, one) in enumerate(value.items()):
        entry = show(shape.each, one, _below(name, index), (*path, key))
        entry.key = key
        entries.append(entry)
    blank = show(shape.each, None, _below(name, NEW), (*path, NEW), new=True)
    blank.key = ""
    return [*entries, blank]


def _show_items(shape: Shape, value: list[Any], name: str, path: Path) -> list[Field]:
    items = [show(shape.each, one, _below(name, index), (*path, index)) for index, one in enumerate(value)]
    return [*items, show(shape.each, None, _below(name, NEW), (*path, NEW), new=True)]


def _below(name: str, key: str | int) -> str:
    return f"{name}.{key}" if name else str(key)


def _plain(default: Any) -> Any:
    if hasattr(default, "model_dump"):
        return default.model_dump(mode="json")
    return list(default) if isinstance(default, tuple) else default


def _written(shape: Shape, value: Any) -> str:
    if value is None:
        return ""
    if shape.kind is Kind.LINES:
        return "\n".join(str(line).replace("\n", f"\n{CONTINUED}") for line in value)
    if shape.kind is Kind.YAML:
        return "" if value in ({}, []) else as_yaml(value).strip().removesuffix("\n...")
    if shape.kind is Kind.FLAG:
        return "true" if value else ""
    return str(value)


# ---------------------------------------------------------------- a posted form, read


MOST_PARTS = 40
"""Names of inputs have fewer parts; a longer one would be a tree too deep to walk."""


@dataclass
class Posted:
    """Posted inputs by the parts of their names, in the order of the page."""

    values: list[str] = field(default_factory=list)
    below: dict[str, Posted] = field(default_factory=dict)

    @classmethod
    def of(cls, query: QueryDict) -> Posted:
        root = cls()
        for name, values in query.lists():
            here = root
            for part in name.split(".", MOST_PARTS):
                here = here.below.setdefault(part, cls())
            here.values = [str(value).replace("\r\n", "\n").replace("\r", "\n") for value in values]
        return root

    def at(self, key: str) -> Posted:
        return self.below.get(key) or Posted()

    @property
    def text(self) -> str:
        return self.values[-1] if self.values else ""

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is written in it; what is chosen or ticked alone says nothing."""
        return not any(value.strip() for value in self.values) and all(
            one.says_nothing for one in self.below.values()
        )


MISSING: Any = object()
"""What an input that was left empty stands for: the format's default, or the error that it is missing."""


def read(shape: Shape, posted: Posted, name: str = "", path: Path = ()) -> tuple[Field, Any]:
    """Return the fields as they were filled in, and the data that they stand for."""
    match shape.kind:
        case Kind.GROUP:
            return _read_group(shape, posted, name, path)
        case Kind.ENTRIES if shape.keys is not None:
            return _read_fixed(shape, posted, name, path)
        case Kind.ENTRIES:
            return _read_entries(shape, posted, name, path)
        case Kind.ITEMS:
            return _read_items(shape, posted, name, path)
    return _read_leaf(Field(shape, name, path), posted)


def _read_group(shape: Shape, posted: Posted, name: str, path: Path) -> tuple[Field, Any]:
    group = Field(shape, name, path)
    data = {}
    for key, part in shape.parts.items():
        child, value = read(part, posted.at(key), _below(name, key), (*path, key))
        group.children.append(child)
        if value is not MISSING:
            data[key] = value
    if not shape.required and _is_blank(shape, posted):
        return group, MISSING
    return group, data


def _is_blank(shape: Shape, posted: Posted) -> bool:
    """Whether nothing was written into an optional group or a new entry. Choices and numbers that stand there from
    the beginning do not count."""
    if shape.kind in (Kind.FLAG, Kind.CHOICE):
        return True
    if shape.kind is Kind.GROUP:
        return not posted.at(KEY).text.strip() and all(
            _is_blank(part, posted.at(key)) for key, part in shape.parts.items()
        )
    preset = _written(shape, _plain(shape.default)) if shape.kind not in (Kind.ENTRIES, Kind.ITEMS) else ""
    if shape.kind in (Kind.ENTRIES, Kind.ITEMS) and shape.item:
        return all(_is_blank(shape.each, one) for one in posted.below.values())
    return posted.says_nothing or posted.text == preset


def _read_fixed(shape: Shape, posted: Posted, name: str, path: Path) -> tuple[Field, Any]:
    mapping = Field(shape, name, path)
    data = {}
    for key in shape.keys or ():
        child, value = read(shape.each, posted.at(key), _below(name, key), (*path, key))
        mapping.children.append(child)
        if value is not MISSING:
            data[key] = value
    return mapping, data


def _read_entries(shape: Shape, posted: Posted, name: str, path: Path) -> tuple[Field, Any]:
    mapping = Field(shape, name, path)
    data: dict[str, Any] = {}
    for one in posted.below.values():
        if _is_blank(shape.each, one):
            continue
        key = one.at(KEY).text.strip()
        entry, value = read(shape.each, one, _below(name, len(mapping.children)), (*path, key))
        entry.key = key
        mapping.children.append(entry)
        if one.at(GONE).text:
            _leave(entry)
            continue
        if problem := _problem_of_key(key, data):
            entry.errors.append(problem)
            entry.unread = True
        else:
            data[key] = value
    blank = show(shape.each, None, _below(name, NEW), (*path, NEW), new=True)
    blank.key = ""
    mapping.children.append(blank)
    return mapping, data


def _leave(entry: Field) -> None:
    """Mark an entry as removed: what is wrong in it matters no more."""
    entry.gone = True
    for one in entry.walk():
        one.gone = True
        one.errors.clear()


def _problem_of_key(key: str, others: Mapping[str, Any]) -> str:
    if not key:
        return _("needs a name by which the other parts can refer to it")
    if key in others:
        return _("another one has this name")
    return "" if is_storable(key) else _("holds a character that cannot be stored")


def _read_items(shape: Shape, posted: Posted, name: str, path: Path) -> tuple[Field, Any]:
    listed = Field(shape, name, path)
    data: list[Any] = []
    for one in posted.below.values():
        if _is_blank(shape.each, one):
            continue
        # A list counts only what stays.
        item, value = read(shape.each, one, _below(name, len(listed.children)), (*path, len(data)))
        listed.children.append(item)
        if one.at(GONE).text:
            _leave(item)
        else:
            data.append(value)
    listed.children.append(show(shape.each, None, _below(name, NEW), (*path, NEW), new=True))
    return listed, data


# ---------------------------------------------------------------- single inputs


def _read_leaf(leaf: Field, posted: Posted) -> tuple[Field, Any]:
    shape = leaf.shape
    leaf.text = posted.text
    if not all(is_storable(value) for value in posted.values):
        leaf.text = "".join(character for character in leaf.text if is_storable(character))
        return _unread(leaf, _("holds a character that cannot be stored"))
    if shape.kind is Kind.FLAG:
        return leaf, bool(leaf.text)
    if shape.kind is Kind.CHOICES:
        leaf.chosen = tuple(posted.values)
        return leaf, list(leaf.chosen)
    if not leaf.text.strip():
        return leaf, MISSING
    if shape.kind is Kind.LINES:
        return leaf, lines_of(leaf.text)
    return _read_yaml(leaf) if shape.kind is Kind.YAML else (leaf, _typed(shape, leaf.text.strip()))


def lines_of(text: str) -> list[str]:
    """Return the items of a large input, one on each line; two spaces at the start go on from the line above."""
    items: list[str] = []
    for line in text.split("\n"):
        if line.startswith(CONTINUED) and items:
            items[-1] += "\n" + line.removeprefix(CONTINUED)
        elif line.strip():
            items.append(line)
    return items


def _typed(shape: Shape, text: str) -> Any:
    # A choice may be a number in the format (`format: 1`); other numbers are read, and refused, by the model.
    return int(text) if shape.kind is Kind.CHOICE and text in shape.choices and text.isdecimal() else text


def _read_yaml(leaf: Field) -> tuple[Field, Any]:
    try:
        document = read_document(leaf.text, source="")
    except ScenarioError as error:
        for fault in error.faults:
            place = _("line %(line)d: ") % {"line": fault.line} if fault.line else ""
            leaf.errors.append(f"{place}{fault.field}{' ' if fault.field else ''}{fault.message}")
        leaf.unread = True
        return leaf, MISSING
    leaf.lines = {spell(path): line for path, line in document.lines.items()}
    return leaf, document.data


def _unread(leaf: Field, problem: str) -> tuple[Field, Any]:
    leaf.errors.append(problem)
    leaf.unread = True
    return leaf, MISSING
