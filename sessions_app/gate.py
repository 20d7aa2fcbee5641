"""How well people tell impostors from honest callers: counts over sessions that have ended."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from engine.scoring.gate import AtTheGate
from sessions_app.models import UserSession


@dataclass(frozen=True, slots=True)
class Gate:
    """Calls of impostors and how many were let in, calls of honest people and how many were turned away."""

    impostors: int
    let_in: int
    genuine: int
    turned_away: int


def gate_of(sessions: QuerySet[UserSession]) -> Gate:
    """Count false accepts and false rejects among finished sessions; one query.

    What a caller was stands in the session's own scores: the same scenario may draw an honest caller or a false one.
    """
    counts = sessions.aggregate(
        impostors=Count("pk", filter=Q(final_scores__caller_genuine=False)),
        let_in=Count("pk", filter=Q(final_scores__gate=AtTheGate.FALSE_ACCEPT)),
        genuine=Count("pk", filter=Q(final_scores__caller_genuine=True)),
        turned_away=Count("pk", filter=Q(final_scores__gate=AtTheGate.FALSE_REJECT)),
    )
    return Gate(**counts)
