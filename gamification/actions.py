"""The only writes of this app: XP and achievements for a finished run."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Sum

from accounts.models import User
from engine.scorecard import ScoreCard
from gamification.experience import Earning, earnings, level_at, worth_of
from gamification.models import Achievement, UserAchievement, XpEntry
from gamification.runs import Run


class Award(NamedTuple):
    """What a session brought: XP lines with their arithmetic, new achievements, the levels around it."""

    xp: int
    entries: list[XpEntry]
    achievements: list[Achievement]
    level_before: int
    level: int


@transaction.atomic
def award_session(
    *,
    user_id: UUID,
    session_id: UUID,
    scenario_slug: str,
    difficulty: str,
    xp_reward: int,
    ending: str,
    caller_genuine: bool,
    card: ScoreCard,
    finished_at: dt.datetime,
) -> Award:
    """Enter a finished session into the ledger, once: the second call changes nothing and says the same."""
    user = User.objects.select_for_update().get(pk=user_id)
    earlier = list(XpEntry.objects.filter(user=user, rule="session", source=str(session_id)))
    if earlier:
        return _award_of(user, str(session_id), scenario_slug)
    run = Run.of(
        card,
        scenario=scenario_slug,
        difficulty=difficulty,
        ending=ending,
        caller_genuine=caller_genuine,
    )
    for earning in _earnings(user, run, xp_reward, session_id):
        _enter(user, run, earning, worth=worth_of(run, xp_reward), at=finished_at)
    before = user.level
    refresh_level(user)
    achievements = refresh_achievements(user=user, at=finished_at)
    return Award(
        xp=sum(entry.points for entry in session_entries(user, str(session_id), scenario_slug)),
        entries=session_entries(user, str(session_id), scenario_slug),
        achievements=achievements,
        level_before=before,
        level=user.level,
    )


def _earnings(user: User, run: Run, xp_reward: int, session_id: UUID) -> list[Earning]:
    entries = XpEntry.objects.filter(user=user, subject=run.scenario)
    best = entries.filter(rule="session", run__valid=True).aggregate(best=Max("worth"))["best"]
    bonuses = frozenset(entries.exclude(rule="session").values_list("rule", "source"))
    return list(
        earnings(
            run,
            xp_reward=xp_reward,
            session_id=str(session_id),
            best_before=best,
            bonuses_before=bonuses,
        )
    )


def _enter(user: User, run: Run, earning: Earning, *, worth: int, at: dt.datetime) -> None:
    whole = earning.rule == "session"
    XpEntry.objects.create(
        user=user,
        rule=earning.rule,
        source=earning.source,
        subject=run.scenario,
        points=earning.points,
        worth=worth if whole else 0,
        words=earning.words,
        run=run.model_dump(mode="json") if whole else None,
        earned_at=at,
    )


def session_entries(user: User, session_id: str, scenario_slug: str) -> list[XpEntry]:
    """The ledger's lines that a session brought: its own and the bonuses of the same moment."""
    own = XpEntry.objects.filter(user=user, rule="session", source=session_id).first()
    if own is None:
        return []
    bonuses = XpEntry.objects.filter(user=user, subject=scenario_slug, earned_at=own.earned_at)
    # Rows of one moment have ids in no order of their own.
    return [own, *bonuses.exclude(rule="session").order_by("rule")]


def _award_of(user: User, session_id: str, scenario_slug: str) -> Award:
    entries = session_entries(user, session_id, scenario_slug)
    achievements = Achievement.objects.filter(holders__user=user, holders__earned_at=entries[0].earned_at)
    return Award(sum(e.points for e in entries), entries, list(achievements), user.level, user.level)


def refresh_level(user: User) -> None:
    """Bring XP and level on the user in line with the ledger."""
    user.xp = XpEntry.objects.filter(user=user).aggregate(sum=Sum("points"))["sum"] or 0
    user.level = level_at(user.xp)
    user.save(update_fields=["xp", "level", "updated_at"])


def refresh_achievements(*, user: User, at: dt.datetime) -> list[Achievement]:
    """Bring the person's achievements in line with the ledger; those that are new."""
    runs = [entry.to_run() for entry in XpEntry.objects.filter(user=user, rule="session", run__valid=True)]
    held = {held.achievement_id: held for held in UserAchievement.objects.filter(user=user)}
    new = []
    for achievement in Achievement.objects.filter(is_active=True):
        progress = achievement.criterion.progress(runs, user.level)
        row = held.get(achievement.pk) or UserAchievement(user=user, achievement=achievement)
        if row.earned_at is None and (progress.share != row.progress or progress.earned):
            row.progress = progress.share
            row.earned_at = at if progress.earned else None
            row.save()
            if progress.earned:
                new.append(achievement)
    return new
