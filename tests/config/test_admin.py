"""The instructors' desk: every list, generated over what is registered, and who may see it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession as SignIn
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts import actions as people
from accounts.models import Role, TermsAgreement, TermsVersion, User
from accounts.rest.models import RememberedAnswer
from assistant.models import ModelCall
from config.admin import NAVIGATION
from gamification.models import Achievement, UserAchievement, XpEntry
from scenarios.models import KnowledgeArticle, Scenario, ScenarioVersion
from sessions_app.models import (
    ChatMessage,
    CriterionResult,
    PendingReply,
    PerformanceMetric,
    SessionEvent,
    Ticket,
    UserSession,
)
from tests.factories import InstructorFactory, TermsAgreementFactory, TermsVersionFactory, UserFactory
from tests.scenarios.examples import published

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
NO_DEFINITION = {"ticket": {}}
"""A list that read the definitions of its rows would fail on it."""
FOR_INSTRUCTORS = {
    Scenario,
    ScenarioVersion,
    KnowledgeArticle,
    UserSession,
    Ticket,
    ChatMessage,
    SessionEvent,
    CriterionResult,
    PendingReply,
    PerformanceMetric,
    Achievement,
    UserAchievement,
    XpEntry,
}
HISTORY = (
    ScenarioVersion,
    UserSession,
    Ticket,
    ChatMessage,
    SessionEvent,
    CriterionResult,
    PendingReply,
    PerformanceMetric,
    UserAchievement,
    XpEntry,
    TermsAgreement,
    LogEntry,
    ModelCall,
)
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)


def word() -> str:
    return uuid.uuid4().hex[:12]


def a_scenario() -> Scenario:
    """A row that lists like a published scenario, with a version and an article of its own."""
    scenario = Scenario.objects.create(
        slug=f"copy-{word()}",
        title="A copy",
        description="Lists like others",
        difficulty="starter",
        estimated_minutes=10,
        xp_reward=100,
        definition=NO_DEFINITION,
        status="published",
        author=UserFactory.create(),
    )
    version = ScenarioVersion.objects.create(
        scenario=scenario,
        number=1,
        definition=NO_DEFINITION,
        checksum=(word() * 6)[:64],
        proof={"expert": 99.0, "average": 70.0},
        published_at=timezone.now(),
        published_by=UserFactory.create(),
    )
    Scenario.objects.filter(pk=scenario.pk).update(current_version=version)
    KnowledgeArticle.objects.create(
        scenario=scenario,
        version=version,
        name=f"a{word()}",
        title="How to",
        body="Words",
        source="Vendor",
        credibility="vendor",
        relevance="helps",
        published_on="2026-01-01",
    )
    scenario.current_version = version
    return scenario


def a_session() -> UserSession:
    """A completed session with one row of each kind."""
    scenario, now = a_scenario(), timezone.now()
    session = UserSession.objects.create(
        user=UserFactory.create(),
        scenario=scenario,
        scenario_version=scenario.current_version,
        status="completed",
        completed_at=now,
        seed=1,
        engine_version="1",
        state={"text": "x" * 1000},
        head_seq=2,
        resolution_type="resolved",
        validity="valid",
        final_scores={"fatal": ["let_in"]},
    )
    Ticket.objects.create(
        session=session, number=f"HV-{word()}", first_response_due_at=now, resolution_due_at=now
    )
    ChatMessage.objects.create(session=session, seq=1, text="Good morning")
    SessionEvent.objects.create(session=session, seq=2, type="fact_told", data={"fact": "error"})
    CriterionResult.objects.create(
        session=session, criterion="greeting", wording="Greeted", result="met", points=1
    )
    PerformanceMetric.objects.create(
        session=session,
        user=session.user,
        scenario=scenario,
        overall=80,
        verification=90,
        passed=True,
        completion_seconds=600,
    )
    return session


def a_pending_reply() -> PendingReply:
    now = timezone.now()
    lease = {"lease_owner": uuid.uuid4(), "lease_until": now}
    return PendingReply.objects.create(
        session=a_session(), answers=1, asked_at=now, reply={}, state={}, brief={}, **lease
    )


def a_job() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', 'tidy', '{}')"
        )


def an_achievement() -> Achievement:
    criteria = {"type": "runs_finished", "at_least": 1}
    return Achievement.objects.create(
        slug=f"a-{word()}", title="First", description="Did it", icon="medal", tier="gold", criteria=criteria
    )


ROW_OF: dict[type[Model], Callable[[], Any]] = {
    User: UserFactory.create,
    Group: lambda: Group.objects.create(name=word()),
    TermsVersion: TermsVersionFactory.create,
    TermsAgreement: TermsAgreementFactory.create,
    Scenario: a_scenario,
    ScenarioVersion: a_scenario,
    KnowledgeArticle: a_scenario,
    UserSession: a_session,
    Ticket: a_session,
    ChatMessage: a_session,
    SessionEvent: a_session,
    CriterionResult: a_session,
    PerformanceMetric: a_session,
    PendingReply: a_pending_reply,
    Achievement: an_achievement,
    UserAchievement: lambda: UserAchievement.objects.create(
        user=UserFactory.create(), achievement=an_achievement()
    ),
    XpEntry: lambda: XpEntry.objects.create(
        user=UserFactory.create(),
        rule="session",
        source=word(),
        points=5,
        words="5",
        earned_at=timezone.now(),
    ),
    EmailAddress: lambda: EmailAddress.objects.create(
        user=UserFactory.create(), email=f"{word()}@firstline.example"
    ),
    Authenticator: lambda: Authenticator.objects.create(
        user=UserFactory.create(), type="totp", data={"secret": "hidden-secret"}
    ),
    SignIn: lambda: SignIn.objects.create(
        user=UserFactory.create(), session_key=word(), ip="127.0.0.1", user_agent="Browser", data={}
    ),
    ProcrastinateJob: a_job,
    RememberedAnswer: lambda: RememberedAnswer.objects.create(
        user=UserFactory.create(), key=word(), place="0" * 64, fingerprint="0" * 64, body="hidden-secret"
    ),
    LogEntry: lambda: LogEntry.objects.create(
        user=UserFactory.create(), action_flag=CHANGE, object_id="1", object_repr="One", change_message="[]"
    ),
    ModelCall: lambda: ModelCall.objects.create(
        purpose="reply", session_id=uuid.uuid4(), model="openai-chat:some", outcome="answered"
    ),
    Role: lambda: None,  # a closed set: always the same rows
}


@pytest.fixture
def superuser(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root@firstline.example", "Practice-Makes-1"))
    return client


@pytest.fixture
def instructor(client: Client) -> Client:
    client.force_login(people.appoint_instructor(user=InstructorFactory.create()))
    return client


def list_of(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


def test_every_model_of_ours_is_registered() -> None:
    ours = {model for label in settings.LAYERS for model in apps.get_app_config(label).get_models()}
    kept_for_audit = {
        model for model in ours if "event" in model._meta.model_name and hasattr(model, "pgh_id")
    }
    assert ours - kept_for_audit <= set(REGISTERED)
    assert SocialAccount not in REGISTERED


def test_the_navigation_leads_to_every_list() -> None:
    pages = {entry.page for _title, entries in NAVIGATION for entry in entries} - {""}
    assert pages == {f"{model._meta.app_label}_{model._meta.model_name}" for model in REGISTERED}


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_a_list_can_be_searched_and_costs_the_same_for_1_3_and_50_rows(
    superuser: Client, model: type[Model]
) -> None:
    registered = admin.site._registry[model]
    assert registered.search_fields
    make, address = ROW_OF[model], list_of(model)
    make()
    queries_of(superuser, address)
    costs = []
    for rows in (1, 3, 50):
        while model is not Role and model._default_manager.count() < rows:
            make()
        costs.append(queries_of(superuser, address))
        assert queries_of(superuser, f"{address}?q=nothing%20like%20this%27%22%3B--") <= MOST_QUERIES
    assert len(set(costs)) == 1
    assert costs[0] <= MOST_QUERIES


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_an_instructor_sees_what_is_theirs_and_nothing_else(instructor: Client, model: type[Model]) -> None:
    ROW_OF[model]()
    response = instructor.get(list_of(model))
    assert response.status_code == (200 if model in FOR_INSTRUCTORS else 403)
    if model in FOR_INSTRUCTORS:
        assert queries_of(instructor, list_of(model)) <= MOST_QUERIES


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_a_trainee_is_refused_everywhere(client: Client, model: type[Model]) -> None:
    client.force_login(UserFactory.create())
    response = client.get(list_of(model), follow=True)
    assert response.status_code == 403


def test_a_stranger_comes_in_through_the_one_door(client: Client) -> None:
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


@pytest.mark.parametrize("model", HISTORY, ids=lambda model: model._meta.label)
def test_history_can_only_be_read(superuser: Client, model: type[Model]) -> None:
    ROW_OF[model]()
    row = model._default_manager.first()
    assert row is not None
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert superuser.post(reverse(f"{name}_change", args=[row.pk]), {"x": "y"}).status_code == 403
    assert superuser.get(reverse(f"{name}_add")).status_code == 403
    assert superuser.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "model", [model for model in REGISTERED if model is not UserSession], ids=lambda model: model._meta.label
)
def test_the_page_of_a_row_can_be_opened(superuser: Client, model: type[Model]) -> None:
    # The page of a session is told by a call that was played: tests/sessions_app/test_admin.py.
    if model in (Scenario, ScenarioVersion):
        published()
    else:
        ROW_OF[model]()
    row = model._default_manager.first()
    assert row is not None
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    response = superuser.get(reverse(name, args=[row.pk]))
    assert response.status_code == 200
    assert "hidden-secret" not in response.content.decode()


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_filters_that_make_no_sense_break_nothing(superuser: Client, model: type[Model]) -> None:
    address = list_of(model)
    for nonsense in (
        "scenario=%27",
        "scenario=0",
        "created_at_from=yesterday",
        "created_at_to=%00",
        "created_at_to=9999-12-31",
        "created_at_from=0001-01-01",
        "p=99999999999",
        "o=99.-x",
    ):
        assert superuser.get(f"{address}?{nonsense}", follow=True).status_code == 200


# ---------------------------------------------------------------- first page


def test_the_first_page_costs_the_same_for_1_and_50_sessions(instructor: Client) -> None:
    a_session()
    instructor.get("/admin/")
    few = queries_of(instructor, "/admin/")
    for _ in range(50):
        a_session()
    assert queries_of(instructor, "/admin/") == few <= MOST_QUERIES


def test_the_first_page_stands_before_anybody_practised(instructor: Client) -> None:
    page = instructor.get("/admin/").content.decode()
    assert "Nobody is practising right now." in page
    assert "Nothing went wrong lately." in page


def test_the_first_page_names_what_to_look_at(instructor: Client) -> None:
    session = a_session()
    page = instructor.get("/admin/").content.decode()
    assert session.ticket.number in page
    assert "let_in" in page


def test_staff_without_permissions_get_an_empty_desk(client: Client) -> None:
    client.force_login(UserFactory.create(is_staff=True))
    session = a_session()
    page = client.get("/admin/").content.decode()
    assert session.ticket.number not in page
    assert "What you may look at stands at the side." in page


def test_the_desk_relaxes_the_content_policy_and_nobody_else_does(instructor: Client) -> None:
    assert "unsafe-eval" in instructor.get("/admin/").headers["Content-Security-Policy"]
    assert "unsafe-eval" not in instructor.get("/healthz").headers["Content-Security-Policy"]
