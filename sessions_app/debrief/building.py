"""Puts a debrief together from what was stored."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from gamification.queries import level_of
from sessions_app.debrief import behind, mood, scores, timeline, times, written
from sessions_app.debrief.case import Case
from sessions_app.debrief.headline import headline_of, verdict_of
from sessions_app.debrief.model import Call, CriterionView, Debrief, ScenarioLine, Verdict, XpView
from sessions_app.models import UserSession
from sessions_app.performance import strengths_of
from sessions_app.recommendation import NextStep, Standing, recommend, standings_of, step_to
from sessions_app.results import FinalScores

type NextSteps = Callable[[Verdict], tuple[NextStep, ...]]


def _none(_verdict: Verdict) -> tuple[NextStep, ...]:
    return ()


def debrief_of(session: UserSession) -> Debrief:
    """Return the debrief of a session that has ended, with what to do next.

    The number of queries does not depend on how long the call or the trainee's history is.

    Raises:
        ValueError: the session still goes on; nothing of it may be told yet.
    """
    if session.is_active:
        raise ValueError("A session that still goes on has no debrief.")
    case = Case.of(session)
    standings = standings_of(session.user_id, before=session.completed_at)
    return _build(case, standings, next_steps=partial(_next_steps, case, standings))


def debrief_without_next(session: UserSession) -> Debrief:
    """Return the debrief as it stays: what to do next depends on the day on which it is read."""
    case = Case.of(session)
    standings = standings_of(session.user_id, before=session.completed_at)
    return _build(case, standings, next_steps=_none)


def _build(case: Case, standings: dict[UUID, Standing], *, next_steps: NextSteps) -> Debrief:
    session, scenario = case.session, case.scenario
    verdict = verdict_of(case)
    call = None
    criteria = scores.criteria_of(case)
    if case.scores is not None:
        own = standings.get(session.scenario_id)
        call = _call(case, case.scores, criteria, own.best_before if own else None)
    headline, lead = headline_of(case, verdict, call)
    return Debrief(
        session=session.pk,
        verdict=verdict,
        headline=headline,
        lead=lead,
        scenario=ScenarioLine(
            slug=scenario.slug,
            title=scenario.title,
            difficulty=scenario.difficulty,
            difficulty_label=str(session.scenario.get_difficulty_display()),
        ),
        ticket=session.ticket.number,
        trainee=session.user.get_full_name() or session.user.display_name,
        customer=case.customer,
        started_at=session.started_at,
        ended_at=case.ended_at,
        seconds=case.after(case.ended_at),
        valid=case.scores is None or case.scores.valid,
        void_reasons=() if case.scores is None else case.scores.void_reasons,
        transcript=timeline.transcript_of(case, criteria),
        timeline=timeline.timeline_of(case) if call else (),
        call=call,
        next=next_steps(verdict),
    )


def _call(
    case: Case, final: FinalScores, criteria: tuple[CriterionView, ...], best_before: float | None
) -> Call:
    summed = scores.scores_of(case, final, criteria, best_before)
    return Call(
        scores=summed,
        fatal=scores.fatal_missed(criteria),
        strengths=scores.strengths_in(summed),
        changes=scores.changes_in(summed),
        truth=behind.truth_of(case),
        ending=behind.ending_of(case),
        untold=behind.untold_of(case),
        told=len(case.call.record.state.told),
        satisfaction=behind.satisfaction_of(case, final.satisfaction),
        mood=mood.mood_of(case),
        times=times.times_of(case),
        research=written.research_of(case),
        note=written.note_of(case, criteria),
        xp=_xp(case, final),
        judged_by=_("Judged by the built-in rules, version %(version)s.") % {"version": final.engine_version},
    )


def _xp(case: Case, final: FinalScores) -> XpView:
    level = level_of(case.session.user)
    return XpView(
        earned=final.xp,
        rows=final.xp_rows,
        level_before=final.level_before,
        level=final.level,
        now=level.level,
        name=level.name,
        into=level.into,
        span=level.span,
        achievements=final.achievements,
    )


def _next_steps(case: Case, standings: dict[UUID, Standing], verdict: Verdict) -> tuple[NextStep, ...]:
    """The same call again where it is not passed yet, and then another one; the first is the one to take."""
    session = case.session
    reasons = {
        "passed": _("Once more from the start, to see how far you can get."),
        "not_passed": _("You know now what was behind it. Take it again while it is fresh."),
        "void": _("Take it again: this attempt was given back to you."),
        "abandoned": _("Take it again from the start: nothing was given away."),
    }
    retry = step_to(session.scenario, reasons[verdict], retry=True)
    other = recommend(session.user, standings, strengths_of(session.user_id), leave_out=session.scenario_id)
    steps = [retry, other] if verdict != "passed" else [other, retry]
    return tuple(step for step in steps if step is not None)
