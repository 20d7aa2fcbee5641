"""How the customer felt, minute by minute, and what the trainee did to it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from engine.events import MoodMoved
from engine.state import Mood, first_state
from sessions_app.debrief.case import Case
from sessions_app.debrief.model import MoodCause, MoodPoint, MoodView
from sessions_app.debrief.words import MOOD_CAUSES

CLEARLY = 8.0
"""By how many points of warmth a mood must move for one to say so."""
CAUSES_SHOWN = 4


def mood_of(case: Case) -> MoodView:
    """The mood from the opening to the end; moves of the same moment are one point."""
    start = first_state(case.scenario, seed=case.session.seed, at=case.session.started_at).mood
    points = [_point(start, seq=0, seconds=0.0, before=start, cause="")]
    changes: dict[str, list[float]] = {}
    before = start
    for stored, event in ((each.stored, each.event) for each in case.call.happened(MoodMoved)):
        mood = Mood(patience=event.patience, trust=event.trust, confusion=event.confusion)
        cause = str(MOOD_CAUSES.get(event.rule, event.rule))
        changes.setdefault(cause, []).append(100 * (mood.warmth - before.warmth))
        moved_by = case.message_before(stored.seq)
        seq = moved_by.seq if moved_by else stored.seq
        point = _point(mood, seq=seq, seconds=case.after(stored.at), before=before, cause=cause)
        points.append(point)
        before = mood
    points = _merged(points)
    causes = [
        MoodCause(words=words, times=len(moves), change=round(sum(moves), 1))
        for words, moves in changes.items()
    ]
    return MoodView(
        points=tuple(points),
        warmed=_strongest(cause for cause in causes if cause.change > 0),
        cooled=_strongest(cause for cause in causes if cause.change < 0),
        summary=_summary(points, case),
    )


def _point(mood: Mood, *, seq: int, seconds: float, before: Mood, cause: str) -> MoodPoint:
    return MoodPoint(
        seq=seq,
        seconds=seconds,
        warmth=round(100 * mood.warmth, 1),
        patience=round(100 * mood.patience, 1),
        trust=round(100 * mood.trust, 1),
        confusion=round(100 * mood.confusion, 1),
        change=round(100 * (mood.warmth - before.warmth), 1),
        cause=cause,
    )


def _merged(points: Iterable[MoodPoint]) -> list[MoodPoint]:
    merged: list[MoodPoint] = []
    for point in points:
        last = merged[-1] if merged else None
        if last is None or last.seconds != point.seconds or not last.cause:
            merged.append(point)
            continue
        causes = dict.fromkeys([*last.cause.split(" · "), point.cause])
        change = round(last.change + point.change, 1)
        merged[-1] = point.model_copy(update={"cause": " · ".join(causes), "change": change})
    return merged


def _strongest(causes: Iterable[MoodCause]) -> tuple[MoodCause, ...]:
    return tuple(sorted(causes, key=lambda cause: -abs(cause.change))[:CAUSES_SHOWN])


def _summary(points: Sequence[MoodPoint], case: Case) -> str:
    if not case.scenario.caller.genuine:
        return _(
            "A friendly caller is no proof, and an angry one is none either. Their mood decided nothing here."
        )
    moved, customer = points[-1].warmth - points[0].warmth, case.customer
    if moved >= CLEARLY:
        return _("%(customer)s ended the call warmer than it began. That was you.") % {"customer": customer}
    if moved <= -CLEARLY:
        return _("%(customer)s ended the call cooler than it began.") % {"customer": customer}
    return _("%(customer)s ended the call in much the same mood as it began.") % {"customer": customer}
