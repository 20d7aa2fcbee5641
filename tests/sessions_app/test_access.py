"""Who may read and who may act in a session."""

import uuid

import pytest

from accounts.models import User
from sessions_app import errors
from sessions_app.access import own_session_for, session_for, sessions_visible_to
from tests.sessions_app.conftest import Call

pytestmark = pytest.mark.django_db


def test_the_trainee_reads_and_acts(call: Call) -> None:
    assert session_for(call.user, call.session.pk) == call.session
    assert own_session_for(call.user, call.session.pk) == call.session


def test_a_strangers_answer_is_that_of_no_session(call: Call, stranger: User) -> None:
    refusals = []
    for session_id in (call.session.pk, uuid.uuid4()):
        with pytest.raises(errors.SessionNotFound) as refusal:
            session_for(stranger, session_id)
        refusals.append((refusal.value.detail, refusal.value.status))
    assert refusals[0] == refusals[1]
    assert not sessions_visible_to(stranger).exists()


def test_an_instructor_reads_but_does_not_act(call: Call, instructor: User) -> None:
    assert session_for(instructor, call.session.pk) == call.session
    with pytest.raises(errors.ReadOnly):
        own_session_for(instructor, call.session.pk)


def test_a_closed_account_reads_nothing(call: Call, instructor: User) -> None:
    for user in (call.user, instructor):
        user.is_active = False
        with pytest.raises(errors.SessionNotFound):
            session_for(user, call.session.pk)
