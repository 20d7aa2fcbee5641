"""What a finished session was worth, as it is stored in `UserSession.final_scores` and shown by the API."""

from pydantic import field_validator

from engine.call import Call
from engine.scorecard import ScoreCard
from engine.scoring.gate import AtTheGate, at_the_gate
from engine.vocabulary import Dimension
from gamification.actions import Award
from sessions_app.events import Frame


class XpRow(Frame):
    """One line of the XP arithmetic: its rule, the arithmetic in words, and the points."""

    rule: str
    words: str
    points: int


class Achieved(Frame):
    """An achievement that the session completed."""

    slug: str
    title: str
    tier: str
    icon: str


class FinalScores(Frame):
    """Scores are 0–100 with two decimals; a dimension is None where nothing of it could be assessed.

    `fatal` names the fatal criteria that were missed: they cap `overall`, which would be `uncapped` without
    them. A session that is not `valid` was spoilt by the simulated customer: it counts for nothing. `gate` says
    whether an impostor was let in or an honest caller turned away.
    """

    overall: float
    uncapped: float
    passed: bool
    fatal: tuple[str, ...]
    dimensions: dict[Dimension, float | None]
    satisfaction: int
    valid: bool
    void_reasons: tuple[str, ...]
    caller_genuine: bool = True
    gate: AtTheGate = AtTheGate.RIGHT
    engine_version: str
    xp: int
    xp_rows: tuple[XpRow, ...]
    achievements: tuple[Achieved, ...]
    level_before: int
    level: int

    @field_validator("dimensions")
    @classmethod
    def _in_order(cls, scores: dict[Dimension, float | None]) -> dict[Dimension, float | None]:
        # PostgreSQL keeps no order of keys; a repeat reads the same to the byte all the same.
        return {dimension: scores[dimension] for dimension in Dimension if dimension in scores}


def final_scores(card: ScoreCard, call: Call, award: Award) -> FinalScores:
    """Put a score card and what it earned together."""
    return FinalScores(
        overall=card.overall,
        uncapped=card.uncapped,
        passed=card.passed,
        fatal=card.fatal,
        dimensions={part.dimension: part.score for part in card.dimensions},
        satisfaction=card.satisfaction,
        valid=card.valid,
        void_reasons=card.void_reasons,
        caller_genuine=call.scenario.caller.genuine,
        gate=at_the_gate(call),
        engine_version=card.engine_version,
        xp=award.xp,
        xp_rows=tuple(XpRow(rule=row.rule, words=row.words, points=row.points) for row in award.entries),
        achievements=tuple(
            Achieved(slug=a.slug, title=a.title, tier=a.tier, icon=a.icon) for a in award.achievements
        ),
        level_before=award.level_before,
        level=award.level,
    )
