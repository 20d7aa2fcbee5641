"""The only way to a scenario on behalf of somebody."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from scenarios.models import Scenario, ScenarioStatus


def may_author(user: User) -> bool:
    """Whether the person may read and write every scenario, drafts too."""
    return user.is_active and (user.is_superuser or user.is_instructor)


def scenarios_for(user: User) -> QuerySet[Scenario]:
    """Return the scenarios that a person may practise: published, offered, with a version in force.

    Definitions are left out: they are large, and hold what no trainee may see.
    """
    scenarios = Scenario.objects.defer("definition")
    if not user.is_active:
        return scenarios.none()
    return scenarios.filter(status=ScenarioStatus.PUBLISHED, is_active=True, current_version__isnull=False)


def scenario_for(user: User, key: str | UUID) -> Scenario:
    """Return a scenario that the person may practise, by slug or id, with its prerequisites fetched.

    Raises:
        Scenario.DoesNotExist: there is none, or it is not offered.
    """
    scenarios = scenarios_for(user).prefetch_related("prerequisites")
    identifier = _as_id(key)
    return scenarios.get(slug=key) if identifier is None else scenarios.get(pk=identifier)


def _as_id(key: str | UUID) -> UUID | None:
    if isinstance(key, UUID):
        return key
    try:
        return UUID(key)
    except ValueError:
        return None
