"""Who may see which scenario."""

import uuid

import pytest

from scenarios import actions
from scenarios.access import may_author, scenario_for, scenarios_for
from scenarios.loader import as_stored
from scenarios.models import Scenario
from tests.factories import InstructorFactory, UserFactory
from tests.scenarios.examples import SLUG, example, published

pytestmark = pytest.mark.django_db

STRANGE_ID = uuid.UUID(int=7)


def test_a_scenario_is_found_by_slug_and_by_id() -> None:
    scenario, user = published(), UserFactory()
    assert scenario_for(user, SLUG) == scenario
    assert scenario_for(user, scenario.pk) == scenario
    assert scenario_for(user, str(scenario.pk)) == scenario


@pytest.mark.parametrize("key", ["nowhere", "", "a" * 500, str(STRANGE_ID), STRANGE_ID])
def test_what_is_not_there_is_not_found(key: str | uuid.UUID) -> None:
    published()
    with pytest.raises(Scenario.DoesNotExist):
        scenario_for(UserFactory(), key)


def test_drafts_archived_and_withdrawn_ones_are_not_offered() -> None:
    actions.save_draft(data=as_stored(example(slug="draft").definition))
    actions.archive_scenario(scenario=published(slug="archived"))
    published(slug="withdrawn")
    Scenario.objects.filter(slug="withdrawn").update(is_active=False)
    published(slug="live")
    assert [scenario.slug for scenario in scenarios_for(UserFactory())] == ["live"]


def test_somebody_who_left_gets_nothing() -> None:
    published()
    assert not scenarios_for(UserFactory(is_active=False)).exists()


def test_only_instructors_and_superusers_write() -> None:
    assert may_author(InstructorFactory())
    assert may_author(UserFactory(is_superuser=True))
    assert not may_author(UserFactory())
    assert not may_author(InstructorFactory(is_active=False))
