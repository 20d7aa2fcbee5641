"""How long the customer waited, against the desk's targets."""

from statistics import median

from django.utils.translation import gettext as _

from engine.events import CustomerWondered
from engine.scoring.timing import reply_times
from sessions_app.debrief.case import Case
from sessions_app.debrief.model import ReplyView, TargetView, TimesView
from sessions_app.debrief.words import excerpt


def times_of(case: Case) -> TimesView:
    """The two targets of the ticket and every reply; the clocks stand still while the customer types."""
    replies = tuple(
        ReplyView(
            seq=reply.message.seq, seconds=round(reply.seconds, 1), began=excerpt(reply.message.text, 70)
        )
        for reply in reply_times(case.call)
    )
    seconds = [reply.seconds for reply in replies]
    return TimesView(
        targets=(_first_response(case), _resolution(case)),
        replies=replies,
        median=round(median(seconds), 1) if seconds else None,
        slowest=max(seconds) if seconds else None,
        silences=len(case.call.happened(CustomerWondered)),
    )


def _first_response(case: Case) -> TargetView:
    answered = case.session.ticket.first_responded_at
    opening = case.call.customer_messages[:1]
    typed = opening[0].typing_ms / 1000 if opening else 0.0
    taken = None if answered is None else max(0.0, case.after(answered) - typed)
    limit = 60.0 * case.scenario.ticket.sla.first_response_minutes
    return _target(_("First answer"), taken, limit)


def _resolution(case: Case) -> TargetView:
    taken = case.after(case.ended_at) - case.session.ticket.waited_ms / 1000
    limit = 60.0 * case.scenario.ticket.sla.resolution_minutes
    return _target(_("Ticket closed"), max(0.0, taken), limit)


def _target(label: str, taken: float | None, limit: float) -> TargetView:
    taken = None if taken is None else round(taken, 1)
    return TargetView(label=label, taken=taken, limit=limit, kept=taken is not None and taken <= limit)
