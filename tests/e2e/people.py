"""Trainees for the journeys, each with an address of their own."""

import datetime as dt
import itertools
import os
from concurrent.futures import ThreadPoolExecutor

from django.conf.global_settings import PASSWORD_HASHERS
from django.db import connections
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page

from accounts import actions
from accounts.models import User
from engine.bots.trainees import expert
from scenarios.models import Scenario
from sessions_app.queries import completed_scenario_ids
from tests.factories import PASSWORD
from tests.support.playing import ActedPractice

numbers = itertools.count(1)


def new_address() -> str:
    """An address that nobody has yet, whichever worker asks."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return f"journey{next(numbers)}.{worker}@firstline.example"


def new_trainee(first_name: str, *, pace: str = "instant") -> User:
    """A trainee who has signed up; the customer types at their ``pace``."""
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):  # the server's, not the quick one of the tests
        user = actions.create_confirmed_user(email=new_address(), password=PASSWORD, first_name=first_name)
    actions.change_preferences(user=user, changes={"interface": {"typing_pace": pace}})
    return user


def complete_what_opens(user: User, slug: str) -> None:
    """Play every prerequisite of a scenario to a pass, as an expert does."""
    # In a thread of its own: Playwright's loop occupies this one, and announcements take one too.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_complete, user, slug).result()
        pool.submit(connections.close_all).result()


def _complete(user: User, slug: str) -> None:
    for needed in Scenario.objects.get(slug=slug).prerequisites.order_by("slug"):
        _complete(user, needed.slug)
        if needed.pk not in completed_scenario_ids(user.pk):
            expert(ActedPractice(user, needed, at=timezone.now() - dt.timedelta(hours=2), seed=1))


def sign_in(page: Page, user: User) -> None:
    """Come in through the sign-in page."""
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_text("Your menu").wait_for(state="attached")
