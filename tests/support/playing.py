"""Whole calls, played by a bot trainee through the actions: what a session leaves in the database."""

import datetime as dt
import uuid
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from engine.bots.practice import Practice
from engine.bots.trainees import TRAINEES
from engine.desk import ToolResult
from engine.errors import VerificationRequired
from engine.record import CallRecord
from engine.state import CallState
from engine.vocabulary import Ending, IdentityField, Outcome
from scenarios.actions import load_scenarios
from scenarios.loader import ScenarioFile, read_scenario
from scenarios.models import Scenario
from sessions_app import actions
from sessions_app.definitions import scenario_of
from sessions_app.errors import SessionError
from sessions_app.models import ChatMessage, UserSession
from sessions_app.queries import call_record

FOLDER = Path(__file__).parents[2] / "fixtures" / "scenarios"
SLUGS = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
"""Every shipped scenario."""
IMPOSTOR = "the-director-in-the-taxi"
LOCKOUT = "locked-out-after-the-long-weekend"


@cache
def shipped_file(slug: str) -> ScenarioFile:
    """A shipped scenario that needs no other one first, read once a process."""
    path = FOLDER / f"{slug}.yaml"
    file = read_scenario(path.read_text(), source=path.name)
    return replace(file, definition=file.definition.model_copy(update={"prerequisites": ()}))


def shipped(slug: str) -> Scenario:
    """A shipped scenario in the database, published."""
    stored = Scenario.objects.filter(slug=slug, current_version__isnull=False).first()
    if stored is None:
        load_scenarios(files=[shipped_file(slug)], prove_first=False)
        stored = Scenario.objects.get(slug=slug)
    return stored


def played_session(
    user: User, slug: str = LOCKOUT, bot: str = "expert", *, at: dt.datetime | None = None, seed: int = 1
) -> UserSession:
    """A session that a bot has played to its end, begun at `at` (default: half an hour ago)."""
    begun = at or timezone.now() - dt.timedelta(minutes=30)
    call = ActedPractice(user, shipped(slug), at=begun, seed=seed, bot=bot)
    TRAINEES[bot][0](call)
    call.session.refresh_from_db()
    return call.session


class ActedPractice(Practice):
    """A bot's session that goes through the actions instead of the bare engine, on a clock of its own."""

    def __init__(
        self, user: User, scenario: Scenario, *, at: dt.datetime, seed: int = 1, bot: str = "expert"
    ) -> None:
        self.user = user
        self.pace = TRAINEES[bot][1]
        self.now = at
        self.session, created = actions.start_session(user_id=user.pk, scenario=scenario, at=at, seed=seed)
        assert created, "a running session of this scenario stands in the way"
        self.scenario = scenario_of(self.session)
        self._reload()

    @property
    def who(self) -> dict[str, Any]:
        return {"user_id": self.user.pk, "session_id": self.session.pk}

    def wait(self, seconds: float) -> None:
        until = self.now + dt.timedelta(seconds=seconds)
        while self.now < until:
            self.now = min(until, self.now + dt.timedelta(seconds=10))
            actions.wonder(session_id=self.session.pk, at=self.now)
        self._reload()

    def say(self, text: str) -> None:
        if self.left:
            return
        last = ChatMessage.objects.filter(session=self.session).order_by("seq").last()
        assert last is not None
        typing = dt.timedelta(milliseconds=last.metadata.get("typing_ms", 0))
        self.now = max(self.now, last.created_at + typing)
        self.wait(self.pace)
        actions.post_message(**self.who, client_id=uuid.uuid4(), text=text, at=self.now)
        self._reload()

    def use(self, tool: str, *, force: bool = False) -> ToolResult:
        self.wait(5)
        arguments = {"force": True} if force else {}
        frame = actions.run_tool(**self.who, tool=tool, arguments=arguments, at=self.now).frame
        self._reload()
        return ToolResult(ok=frame["ok"], text=frame["text"], warning=frame["warning"], data=frame["data"])

    def look_up(self, record: str) -> None:
        actions.run_tool(**self.who, tool="look_up", arguments={"record": record}, at=self.now)
        self._reload()

    def mark(self, field: IdentityField, outcome: Outcome) -> None:
        actions.mark_verification(**self.who, field=field, outcome=outcome, at=self.now)
        self._reload()

    def search(self, query: str, found: int) -> None:
        actions.search_knowledge(**self.who, query=query, at=self.now)

    def read(self, article: str, seconds: float) -> None:
        actions.open_article(**self.who, article=article, at=self.now)
        self.wait(seconds)
        actions.close_article(**self.who, at=self.now)

    def cite(self, article: str) -> None:
        actions.cite_article(**self.who, article=article, at=self.now)

    def end(self, ending: Ending, *, note: str, team: str | None = None, reason: str = "") -> CallRecord:
        self.wait(self.pace)
        if ending is not Ending.RESOLVED:
            reason = reason or "The desk's rules do not allow it."
        if ending is Ending.ESCALATED and team is None:
            team = self.scenario.desk.teams[0]
        wishes = {"documentation": note, "team": team, "reason": reason, "at": self.now}
        try:
            actions.finish_session(**self.who, ending=ending, **wishes)
        except SessionError as refusal:
            if refusal.code == VerificationRequired.code:
                raise VerificationRequired(refusal.detail) from refusal
            raise
        self._reload()
        return call_record(self.session)

    def _reload(self) -> None:
        self.session.refresh_from_db()
        self.state = CallState.model_validate(self.session.state)
