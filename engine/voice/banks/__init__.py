"""Which wordings a kind of person has for a kind of move."""

from __future__ import annotations

from collections.abc import Mapping

from engine.vocabulary import Archetype
from engine.voice.banks import (
    anxious,
    common,
    executive,
    expert,
    frustrated,
    new_employee,
    non_native,
    office_worker,
    retiree,
)

Bank = Mapping[str, tuple[str, ...]]

BANKS: Mapping[Archetype, Bank] = {
    Archetype.OFFICE_WORKER: office_worker.LINES,
    Archetype.FRUSTRATED: frustrated.LINES,
    Archetype.RETIREE: retiree.LINES,
    Archetype.NEW_EMPLOYEE: new_employee.LINES,
    Archetype.EXECUTIVE: executive.LINES,
    Archetype.ANXIOUS: anxious.LINES,
    Archetype.EXPERT: expert.LINES,
    Archetype.NON_NATIVE: non_native.LINES,
}


def lines_for(archetype: Archetype, kind: str) -> tuple[str, ...]:
    """The archetype's own wordings, or the common ones. Raises KeyError for a kind that nobody can word."""
    return BANKS[archetype].get(kind) or common.LINES[kind]


def spare_lines(archetype: Archetype, kind: str) -> tuple[str, ...]:
    """The common wordings, for when the archetype's own are used up; none for a kind that only authors word."""
    own = BANKS[archetype].get(kind, ())
    return tuple(line for line in common.LINES.get(kind, ()) if line not in own)


def every_line(archetype: Archetype) -> tuple[str, ...]:
    """All that this kind of person may say without any word of the author's."""
    kinds = common.LINES.keys() | BANKS[archetype].keys()
    return tuple(
        line
        for kind in sorted(kinds)
        for line in (*BANKS[archetype].get(kind, ()), *common.LINES.get(kind, ()))
    )
