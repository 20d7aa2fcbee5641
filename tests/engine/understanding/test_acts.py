"""The vocabulary of acts."""

from engine.understanding.acts import ASKS_IDENTITY, CARE, CLOSING, FAULTS, FINDING_OUT, SOLVING, Act


def test_there_are_forty_eight_acts_named_like_their_identifiers() -> None:
    assert len(Act) == 48
    assert all(act.value == act.name.lower() for act in Act)


def test_the_groups_share_no_act() -> None:
    groups = [ASKS_IDENTITY, FINDING_OUT, CARE, SOLVING, CLOSING, FAULTS]
    assert sum(len(group) for group in groups) == len(frozenset().union(*groups))


def test_other_is_no_fault() -> None:
    assert Act.OTHER not in FAULTS
