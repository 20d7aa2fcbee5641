"""Response times, and the checks that look at them.

A reply's time runs from the moment at which the customer's first unanswered message became visible (`at` plus
the time shown as typing) to the trainee's next message. Holds that were announced do not count.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from engine.call import Call
from engine.checks import NoSilence, TimeWithin
from engine.events import CustomerWondered, HoldEnded, HoldStarted, SessionEnded
from engine.record import SaidMessage
from engine.scorecard import Evidence
from engine.scoring.evidence import cite_event, cite_message
from engine.scoring.verdict import Verdict, cannot_assess, met, missed, partly
from engine.scoring.wording import duration, times


@dataclass(frozen=True, slots=True)
class ReplyTime:
    """How long the customer waited for this message, in seconds."""

    message: SaidMessage
    seconds: float


def reply_times(call: Call) -> list[ReplyTime]:
    """One for each trainee message that answered something the customer had said."""
    waiting = sorted(call.customer_messages, key=lambda message: message.visible_at)
    holds = _holds(call)
    replies: list[ReplyTime] = []
    for message in sorted(call.trainee_messages, key=lambda each: (each.at, each.seq)):
        # A reply is stored with the time of what it answers, so the time alone does not tell which came first.
        seen = [each for each in waiting if each.visible_at <= message.at and each.seq < message.seq]
        if not seen:
            continue
        since = seen[0].visible_at
        held = sum(_overlap(since, message.at, start, end) for start, end in holds)
        replies.append(ReplyTime(message, max(0.0, (message.at - since).total_seconds() - held)))
        waiting = [each for each in waiting if each not in seen]
    return replies


def time_within(check: TimeWithin, call: Call) -> Verdict:
    match check.what:
        case "first_reply":
            return _first_reply(check.seconds, call)
        case "reply":
            return _reply(check.seconds, call)
        case "ending":
            return _ending(check.seconds, call)


def no_silence(check: NoSilence, call: Call) -> Verdict:
    wondered = call.happened(CustomerWondered)
    evidence = [cite_event(each, f"after {duration(each.event.seconds)} of silence") for each in wondered]
    if wondered:
        reason = f"The customer had to ask {times(len(wondered))} whether you were still there."
        return partly(reason, evidence) if len(wondered) == 1 else missed(reason, evidence)
    if not call.trainee_messages:
        return cannot_assess("You wrote nothing, so there is nothing to tell.")
    return met("The customer never had to wonder whether you were still there.")


def _first_reply(limit: int, call: Call) -> Verdict:
    if not call.trainee_messages:
        return missed("You never wrote to the customer.")
    first = min(call.trainee_messages, key=lambda message: message.at)
    seconds = (first.at - call.record.started_at).total_seconds()
    taken = "after you took the ticket"
    reason = f"Your first message came {duration(seconds)} {taken}; the aim was {duration(limit)}."
    return _within(seconds, limit, reason, [cite_message(first)])


def _reply(limit: int, call: Call) -> Verdict:
    replies = reply_times(call)
    if not replies:
        return cannot_assess("You answered nothing, so no reply could be timed.")
    seconds = median(reply.seconds for reply in replies)
    slowest = max(replies, key=lambda reply: reply.seconds)
    reason = (
        f"Half of your replies came within {duration(seconds)}, the slowest after "
        f"{duration(slowest.seconds)}; the aim was {duration(limit)}."
    )
    return _within(seconds, limit, reason, [cite_message(slowest.message)])


def _ending(limit: int, call: Call) -> Verdict:
    ends = call.happened(SessionEnded)[-1:]
    evidence = [cite_event(each, str(each.event.ending or "left")) for each in ends]
    if call.record.ending is None:
        return missed("You left the session without ending the call.", evidence)
    seconds = (call.record.ended_at - call.record.started_at).total_seconds()
    reason = f"The call took {duration(seconds)}; the aim was {duration(limit)}."
    return _within(seconds, limit, reason, evidence)


def _within(seconds: float, limit: int, reason: str, evidence: list[Evidence]) -> Verdict:
    if seconds <= limit:
        return met(reason, evidence)
    return partly(reason, evidence) if seconds <= 2 * limit else missed(reason, evidence)


def _holds(call: Call) -> list[tuple[dt.datetime, dt.datetime]]:
    """Every announced hold; one that was never ended lasts to the end of the session."""
    holds: list[tuple[dt.datetime, dt.datetime]] = []
    since: dt.datetime | None = None
    for stored in call.events:
        if isinstance(stored.event, HoldStarted) and since is None:
            since = stored.at
        elif isinstance(stored.event, HoldEnded) and since is not None:
            holds.append((since, stored.at))
            since = None
    if since is not None:
        holds.append((since, call.record.ended_at))
    return holds


def _overlap(start: dt.datetime, end: dt.datetime, hold_start: dt.datetime, hold_end: dt.datetime) -> float:
    return max(0.0, (min(end, hold_end) - max(start, hold_start)).total_seconds())
