"""What a finished session earned: the answer of `gamification.actions.award_session`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One line of the XP arithmetic: the rule's name, in words what it gives points for, and the points."""

    rule: str
    label: str
    points: int


@dataclass(frozen=True, slots=True)
class EarnedAchievement:
    """An achievement that this session completed. `tier` is bronze, silver, gold or platinum."""

    slug: str
    title: str
    tier: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """`xp` is the sum of `rows`; nothing for a void session."""

    xp: int = 0
    rows: tuple[AwardRow, ...] = ()
    achievements: tuple[EarnedAchievement, ...] = ()
