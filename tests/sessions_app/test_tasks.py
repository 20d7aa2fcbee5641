"""Jobs of practice."""

import datetime as dt

import pytest

from sessions_app import tasks
from sessions_app.models import UserSession
from tests.sessions_app.conftest import Call

pytestmark = pytest.mark.django_db


def test_only_what_was_left_for_a_week_is_abandoned(call: Call) -> None:
    touched = call.reload().updated_at
    assert tasks.abandon_idle_sessions(0) == 0
    UserSession.objects.update(updated_at=touched - tasks.IDLE - dt.timedelta(hours=1))
    assert tasks.abandon_idle_sessions(0) == 1
    assert call.reload().status == "abandoned"
