"""Reading and writing rows without building a query."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.forms import model_to_dict
from pytest_django import DjangoAssertNumQueries

from sessions_app.models import ChatMessage, UserSession
from sessions_app.storage import change, insert_rows, insertion, row_of, selected, write
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


def test_several_statements_are_one_trip(
    call: Call, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call.session.head_seq = 51
    call.session.state = {"b": 1, "a": [None, "é"]}
    with django_assert_num_queries(1):
        write(insertion([message(call, 50), message(call, 51)]), change(call.session, ["head_seq", "state"]))
    stored = UserSession.objects.get(pk=call.session.pk)
    assert (stored.head_seq, list(stored.state.items())) == (51, [("b", 1), ("a", [None, "é"])])
    assert stored.status == call.session.status
    assert ChatMessage.objects.filter(seq__gte=50).count() == 2


def test_a_broken_constraint_undoes_every_statement(call: Call) -> None:
    before = call.session.head_seq
    call.session.head_seq = 60
    with pytest.raises(IntegrityError), transaction.atomic():
        write(insertion([message(call, 60), message(call, 60)]), change(call.session, ["head_seq"]))
    assert UserSession.objects.get(pk=call.session.pk).head_seq == before


def test_a_row_is_what_the_orm_would_have_read(call: Call) -> None:
    call.session.void_reasons = ["é", {"b": 1}]
    call.session.duration = dt.timedelta(seconds=3)
    call.session.save()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {selected(UserSession, 's')} FROM sessions_app_usersession s")
        (found,) = cursor.fetchall()
    row, expected = row_of(UserSession, found), UserSession.objects.get()
    assert {name: getattr(row, name) for name in columns_of(row)} == {
        name: getattr(expected, name) for name in columns_of(expected)
    }


def columns_of(row: UserSession) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields]
