"""A trainee, a scenario of the shipped ones, and a call that a test drives through the actions."""

import datetime as dt
import uuid
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from engine.vocabulary import Ending, IdentityField, Outcome
from scenarios.actions import load_scenarios
from scenarios.loader import ScenarioFile, read_scenario
from scenarios.models import Scenario
from sessions_app import actions
from sessions_app.models import UserSession
from tests.factories import InstructorFactory, UserFactory

SCENARIOS = Path(__file__).parents[2] / "fixtures" / "scenarios"
SLUG = "locked-out-after-the-long-weekend"
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
NOTE = "Caller Maria, account locked. Her phone still used the old password. Unlocked, phone updated, works."


@cache
def scenario_file(slug: str) -> ScenarioFile:
    """A shipped scenario, read once for all tests."""
    path = SCENARIOS / f"{slug}.yaml"
    return read_scenario(path.read_text(), source=path.name)


def published(slug: str = SLUG) -> Scenario:
    """That scenario in the database, without the prerequisites that are not there."""
    load_scenarios(files=[scenario_file(slug)], prove_first=False)
    return Scenario.objects.get(slug=slug)


class Call:
    """One session driven through the actions, with a clock of its own."""

    def __init__(self, user: User, scenario: Scenario, *, seed: int = 1) -> None:
        self.user = user
        self.at = START
        self.session, created = actions.start_session(user_id=user.pk, scenario=scenario, seed=seed, at=START)
        assert created

    @property
    def who(self) -> dict[str, Any]:
        return {"user_id": self.user.pk, "session_id": self.session.pk}

    def tick(self, seconds: float) -> dt.datetime:
        self.at += dt.timedelta(seconds=seconds)
        return self.at

    def say(self, text: str, *, client_id: uuid.UUID | None = None, after: float = 20) -> actions.Posted:
        client_id = client_id or uuid.uuid4()
        return actions.post_message(**self.who, client_id=client_id, text=text, at=self.tick(after))

    def mark(
        self, field: str, outcome: str = "matches", client_id: uuid.UUID | None = None
    ) -> actions.Answered:
        return actions.mark_verification(
            **self.who,
            field=IdentityField(field),
            outcome=Outcome(outcome),
            client_id=client_id,
            at=self.tick(2),
        )

    def use(self, tool: str, client_id: uuid.UUID | None = None, **arguments: Any) -> actions.Answered:
        return actions.run_tool(
            **self.who, tool=tool, arguments=arguments, client_id=client_id, at=self.tick(5)
        )

    def identify(self) -> None:
        """Ask for the three details until each was given, and mark them as matching."""
        for question, field in (
            ("Can I take your full name, please?", "name"),
            ("What is your username?", "username"),
            ("What does the asset tag on the sticker say?", "asset_tag"),
        ):
            for _ in range(3):
                if field not in self.reload().state["given"]:
                    self.say(question)
            self.mark(field)

    def finish(self, ending: str = "resolved", **changes: Any) -> actions.Finished:
        wishes: dict[str, Any] = {"documentation": NOTE, "reason": "", **changes}
        return actions.finish_session(**self.who, ending=Ending(ending), at=self.tick(30), **wishes)

    def reload(self) -> UserSession:
        self.session.refresh_from_db()
        return self.session


@pytest.fixture
def trainee(db: None) -> User:
    return UserFactory()


@pytest.fixture
def stranger(db: None) -> User:
    return UserFactory()


@pytest.fixture
def instructor(db: None) -> User:
    return InstructorFactory()


@pytest.fixture
def scenario(db: None) -> Scenario:
    return published()


@pytest.fixture
def call(trainee: User, scenario: Scenario) -> Call:
    return Call(trainee, scenario)
