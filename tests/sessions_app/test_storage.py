"""Writing rows without building a query."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.forms import model_to_dict
from pytest_django import DjangoAssertNumQueries

from sessions_app.models import ChatMessage
from sessions_app.storage import insert_rows
from tests.sessions_app.conftest import Call

pytestmark = pytest.mark.django_db


def message(call: Call, seq: int) -> ChatMessage:
    metadata = {"typing_ms": 3, "moves": ["tell:symptom"], "é": None}
    return ChatMessage(
        session=call.session,
        seq=seq,
        client_id=uuid.uuid4(),
        sender="customer",
        text="'); --🙂",
        metadata=metadata,
    )


def test_rows_are_what_the_orm_would_have_written(
    call: Call, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [message(call, 50), message(call, 51)]
    with django_assert_num_queries(1):
        insert_rows(rows)
    stored = list(ChatMessage.objects.filter(seq__gte=50).order_by("seq"))
    assert [model_to_dict(row) for row in stored] == [model_to_dict(row) for row in rows]
    assert [(row.pk, row.created_at, row.updated_at) for row in stored] == [
        (row.pk, row.created_at, row.updated_at) for row in rows
    ]
    assert not any(row._state.adding for row in rows)


def test_nothing_to_write_is_no_query(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        insert_rows([])


def test_constraints_hold(call: Call) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([message(call, 60), message(call, 60)])
    assert not ChatMessage.objects.filter(seq=60).exists()
