"""The banks of wordings: every kind of person can word every kind of move, in lines that are theirs alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from engine.audit import HELPER_TALK
from engine.vocabulary import Archetype
from engine.voice.banks import BANKS, common, lines_for

LEAD_INS = frozenset({"leads_again", "by_the_way", "still_wonders"})
"""Stand before another line."""
MOST_WORDS = 18
FEWEST_WORDS = 3

ARCHETYPES = sorted(Archetype)


def bare(line: str) -> tuple[str, ...]:
    """The words of a line: what the audit compares two messages by."""
    return tuple(re.findall(r"\w+", line.casefold()))


def own_lines(archetype: Archetype) -> Iterator[tuple[str, str]]:
    for kind, lines in BANKS[archetype].items():
        for line in lines:
            yield kind, line


def takes_value(kind: str) -> bool:
    return any("{value}" in line for line in common.LINES.get(kind, ()))


@pytest.mark.parametrize("archetype", ARCHETYPES)
class TestBank:
    def test_every_kind_is_one_that_the_engine_plans(self, archetype: Archetype) -> None:
        assert set(BANKS[archetype]) <= set(common.LINES)

    def test_every_kind_can_be_worded(self, archetype: Archetype) -> None:
        for kind in common.LINES:
            assert lines_for(archetype, kind), kind

    def test_lines_are_of_a_length_for_a_chat(self, archetype: Archetype) -> None:
        wrong = [
            line
            for kind, line in own_lines(archetype)
            if len(line.split()) > MOST_WORDS
            or (kind not in LEAD_INS and not takes_value(kind) and len(line.split()) < FEWEST_WORDS)
        ]
        assert wrong == []

    def test_lines_are_clean(self, archetype: Archetype) -> None:
        wrong = [
            line
            for kind, line in own_lines(archetype)
            if line != line.strip() or "  " in line or "’" in line or not line.endswith((".", "?", "!", ":"))
        ]
        assert wrong == []

    def test_only_lead_ins_end_in_a_colon(self, archetype: Archetype) -> None:
        others = [
            line
            for kind, line in own_lines(archetype)
            if line.endswith(":") and kind not in LEAD_INS | {"already_did"}
        ]
        assert others == []

    def test_placeholders_stand_where_a_value_is_given(self, archetype: Archetype) -> None:
        for kind, line in own_lines(archetype):
            assert set(re.findall(r"[{].*?[}]", line)) <= {"{value}"}, line
            assert line.count("{value}") == (line.count("{") if takes_value(kind) else 0), line
            assert not kind.startswith("give_") or "{value}" in line, line

    def test_nobody_talks_like_a_helper(self, archetype: Archetype) -> None:
        assert [line for _, line in own_lines(archetype) if HELPER_TALK.search(line)] == []


def test_no_line_stands_twice() -> None:
    """Neither in two banks nor for two kinds; a caller who says the same words twice would void a run."""
    everything = [line for archetype in ARCHETYPES for _, line in own_lines(archetype)]
    shared = [line for lines in common.LINES.values() for line in set(lines)]
    counts = Counter(bare(line) for line in [*everything, *shared] if bare(line) != ("value",))
    own = {bare(line): line for line in everything}
    assert [line for words, line in own.items() if counts[words] > 1] == []
