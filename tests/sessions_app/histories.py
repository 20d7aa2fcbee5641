"""Histories of any length, without playing a call for each entry."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from engine.vocabulary import Dimension
from gamification.models import XpEntry
from scenarios.models import Scenario
from sessions_app.models import CriterionResult, PerformanceMetric, SessionEvent, UserSession
from tests.scenarios.examples import published


def scenarios(number: int) -> list[Scenario]:
    """So many published scenarios, variations of the guide's example."""
    return [published(slug=f"screen-{index:02}", title=f"Screen {index}") for index in range(number)]


def finished(
    user: User,
    scenario: Scenario,
    overall: float = 80,
    *,
    days_ago: float = 1,
    ending: str = "resolved",
    forced: bool = False,
    **dimensions: float,
) -> UserSession:
    """One valid session with its metric, two criteria and a line of XP; `forced`: a tool was forced in it."""
    at = timezone.now() - dt.timedelta(days=days_ago)
    genuine = scenario.definition["caller"].get("genuine", True)
    wrong = (
        "false_reject"
        if genuine and ending == "refused"
        else "false_accept"
        if forced and not genuine
        else ""
    )
    gate = wrong or "right"
    session = UserSession.objects.create(
        user=user,
        scenario=scenario,
        scenario_version=scenario.current_version,
        status="completed",
        resolution_type=ending,
        validity="valid",
        final_scores={"caller_genuine": genuine, "gate": gate},
        started_at=at - dt.timedelta(minutes=9),
        completed_at=at,
        seed=1,
    )
    PerformanceMetric.objects.create(
        session=session,
        user=user,
        scenario=scenario,
        overall=overall,
        passed=overall >= 70,
        xp_earned=10,
        completion_seconds=540,
        created_at=at,
        **(dict.fromkeys(map(str, Dimension), overall) | dimensions),
    )
    for position, (name, dimension, points) in enumerate(
        (("greeted", "communication", 1), ("note", "documentation", 0))
    ):
        CriterionResult.objects.create(
            session=session,
            position=position,
            criterion=name,
            dimension=dimension,
            wording=f"The trainee {name}",
            result="met" if points else "missed",
            points=points,
        )
    if forced:
        data = {"action": "reset", "by": "agent", "effective": True, "forced": True}
        SessionEvent.objects.create(session=session, seq=1, type="action_taken", data=data, at=at)
    XpEntry.objects.create(
        user=user,
        rule="session",
        source=str(session.pk),
        subject=scenario.slug,
        points=10,
        words="100 × 0.1 = 10",
        earned_at=at,
    )
    return session
