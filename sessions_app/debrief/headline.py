"""The first two sentences of a debrief: what came of the call, and why, in plain words."""

from math import floor

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from engine.events import FieldMarked, ProofChecked
from engine.vocabulary import Assurance, Ending, Outcome
from sessions_app.debrief.case import Case
from sessions_app.debrief.model import Call, DimensionView, Verdict
from sessions_app.debrief.words import lower_first
from sessions_app.models import SessionStatus

STRONG_FROM = 85.0


def verdict_of(case: Case) -> Verdict:
    if case.session.status == SessionStatus.ABANDONED or case.scores is None:
        return "abandoned"
    if not case.scores.valid:
        return "void"
    return "passed" if case.scores.passed else "not_passed"


def headline_of(case: Case, verdict: Verdict, call: Call | None) -> tuple[str, str]:
    """Return the headline and the sentences under it."""
    if call is None:
        return (
            _("You left this call before it was over."),
            _(
                "That happens, and it costs nothing: no score, no XP lost. The call can be taken again from the start."
            ),
        )
    if verdict == "void":
        return (
            _("This call does not count: the simulated customer made a mistake."),
            _(
                "That was our fault, not yours. You lose nothing, your attempt is given back, and the scores "
                "below are only for your information."
            ),
        )
    if verdict == "passed":
        return _passed(case, call), _praise(case, call)
    return _not_passed(call), _what_to_win(call)


# ---------------------------------------------------------------- passed


def _passed(case: Case, call: Call) -> str:
    if call.truth.impostor:
        return _("Passed: the caller was not who they claimed to be, and you let nobody in.")
    checked = case.session.assurance != Assurance.NONE
    if not call.ending.as_it_should:
        words = (
            _("Passed: you checked who was calling, though the call should have ended otherwise."),
            _("Passed, though the call should have ended otherwise."),
        )
    elif case.call.record.ending is Ending.ESCALATED:
        words = (
            _("Passed: you checked who was calling, and the right team has it now."),
            _("Passed: the right team has it now."),
        )
    else:
        words = (_("Passed: you checked who was calling, and it's solved."), _("Passed: it's solved."))
    return words[0] if checked else words[1]


def _praise(case: Case, call: Call) -> str:
    if call.truth.impostor:
        return _praise_for_holding(case)
    scored = _scored(call)
    if not scored:
        return ""
    best, least = scored[0], scored[-1]
    if (least.score or 0) >= STRONG_FROM:
        return _("Strong in everything that this call asked for. This is how it is done.")
    return _("Your strength was %(best)s; most is still to be won in %(least)s.") % {
        "best": best.label.lower(),
        "least": least.label.lower(),
    }


def _praise_for_holding(case: Case) -> str:
    """What exactly was done right with an impostor on the line."""
    sentences = []
    marks = [each.event for each in case.call.happened(FieldMarked)]
    if any(mark.outcome is Outcome.MISMATCH and mark.right for mark in marks):
        sentences.append(_("You compared what they said with the records and saw what did not fit."))
    if case.call.happened(ProofChecked):
        sentences.append(_("You asked for a proof that they could not give."))
    sentences.append(
        _(
            "You held to the rule under pressure. %(owner)s will never know how close it was, and that is the point."
        )
        % {"owner": case.scenario.claimed_person.name}
    )
    return " ".join(sentences)


# ---------------------------------------------------------------- not passed


def _not_passed(call: Call) -> str:
    if call.truth.let_in:
        return _("Not passed: the caller was not who they claimed to be, and you let them in.")
    if call.fatal:
        return _("Not passed: %(reason)s") % {"reason": lower_first(call.fatal[0].reason)}
    if call.ending.in_vain:
        return _("Not passed: you closed the call as resolved, and the problem is still there.")
    return _("Not passed yet: %(score)s points, and it takes %(passing)s.") % {
        "score": number_format(floor(10 * call.scores.overall) / 10, decimal_pos=1),
        "passing": call.scores.passing,
    }


def _what_to_win(call: Call) -> str:
    if call.truth.let_in:
        return call.truth.let_in.words
    if call.fatal:
        return _("On a real desk, this one thing undoes everything else, so it decides here as well.")
    if call.ending.in_vain:
        return _("The customer will call again. Let them try it before you close, or hand it over honestly.")
    scored = _scored(call)
    if not scored:
        return ""
    return _("Most is to be won in %(least)s. Below is what would have made the difference.") % {
        "least": scored[-1].label.lower()
    }


def _scored(call: Call) -> list[DimensionView]:
    """The dimensions that were assessed, the strongest first; the last lost the most points of the whole."""
    scored = [each for each in call.scores.dimensions if each.score is not None and each.share]
    return sorted(scored, key=lambda each: each.share - each.points)
