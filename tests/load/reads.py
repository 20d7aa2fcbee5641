"""Named reads and writes of the product beside the best plain SQL of the same, and on a large table beside a small.

The plain SQL goes through psycopg with prepared statements on a connection of its own, and hands out rows as the
driver gives them: no objects, no rounding, no permission. It asks as few statements as the answer can be had with.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from django.utils import timezone
from psycopg.types.json import Json, Jsonb

from accounts.base_models import new_id
from accounts.models import User
from scenarios.access import scenarios_for
from scenarios.models import Scenario
from scenarios.queries import CatalogueFilter, catalogue_for
from sessions_app import actions
from sessions_app.models import ChatMessage, SessionEvent, Ticket, UserSession
from sessions_app.performance import performance_of
from tests.load.databases import SMALL, plain, reading_from
from tests.load.measuring import Comparison, compare
from tests.load.seeding import PEOPLE, address_of, numbered
from tests.support.playing import IMPOSTOR

READ_AIM = 3.0
FLAT_AIM = 1.5
PEOPLE_LOOKED_UP = 97
STARTERS_FROM = 5_000
"""The first numbered person of those who start a session; others sit in front of the sockets."""
MEASURED = numbered(PEOPLE, 7)
"""Somebody with metrics in the small table and in the large one."""

DIMENSIONS = ("verification", "communication", "technical", "research", "documentation", "response_time")
SCORES = ("overall", *DIMENSIONS)


def compare_reads(*, blocks: int, calls: int, metrics: str) -> Iterator[Comparison]:
    """Measure each read, and the flatness of the aggregation; `metrics` names the size of the large table."""
    with plain() as sql, plain(SMALL) as small:
        yield _compare_lookup(sql, blocks, calls)
        yield _compare_filter(sql, blocks, calls)
        yield _compare_catalogue(sql, blocks, calls // 4)
        yield _compare_creation(sql, blocks, calls // 2)
        large, in_small = partial(performance_of, MEASURED), _in_small(partial(performance_of, MEASURED))
        plain_large, plain_small = partial(_performance, sql), partial(_performance, small)
        for name, floor, subject, aim in (
            (f"One user's performance, {metrics} metrics", plain_large, large, READ_AIM),
            ("One user's performance, 10k metrics", plain_small, in_small, READ_AIM),
            (f"The same: {metrics} metrics beside 10k", in_small, large, FLAT_AIM),
            (f"Plain SQL: {metrics} metrics beside 10k", plain_small, plain_large, None),
        ):
            row = Comparison(name, aim=aim, queries="2 / 1" if aim == READ_AIM else "")
            yield compare(row, floor, subject, blocks=blocks, calls=calls)


def _in_small(read: Callable[[], object]) -> Callable[[], object]:
    def in_small() -> object:
        with reading_from(SMALL):
            return read()

    return in_small


# ---------------------------------------------------------------- a person by address


def _compare_lookup(sql: psycopg.Connection[Any], blocks: int, calls: int) -> Comparison:
    names = ", ".join(f'"{field.column}"' for field in User._meta.concrete_fields)
    query = f"SELECT {names} FROM accounts_user WHERE email = %s"
    floor_addresses, addresses = _addresses(), _addresses()
    return compare(
        Comparison("User by e-mail", aim=READ_AIM, queries="1 / 1"),
        lambda: sql.execute(query, [next(floor_addresses)]).fetchone(),
        lambda: User.objects.get_by_natural_key(next(addresses)),
        blocks=blocks,
        calls=calls,
    )


def _addresses() -> "itertools.cycle[str]":
    return itertools.cycle([address_of(number) for number in range(PEOPLE_LOOKED_UP)])


# ---------------------------------------------------------------- the catalogue, filtered


def _compare_filter(sql: psycopg.Connection[Any], blocks: int, calls: int) -> Comparison:
    reader = User.objects.get(pk=MEASURED)
    query = _catalogue_sql("difficulty = %s")
    found = sql.execute(query, ["starter"]).fetchall()
    assert len(found) == len(_starters(reader))
    return compare(
        Comparison(f"Scenarios filtered by difficulty ({len(found)} of 50)", aim=READ_AIM, queries="2 / 1"),
        lambda: sql.execute(query, ["starter"]).fetchall(),
        lambda: _starters(reader),
        blocks=blocks,
        calls=calls,
    )


def _starters(reader: User) -> list[Scenario]:
    starters = scenarios_for(reader).filter(difficulty="starter").order_by("title")
    return list(starters.prefetch_related("prerequisites"))


def _compare_catalogue(sql: psycopg.Connection[Any], blocks: int, calls: int) -> Comparison:
    reader = User.objects.get(pk=MEASURED)
    query = _catalogue_sql("TRUE")
    return compare(
        Comparison("Whole catalogue with locks and shelves (50)", aim=READ_AIM, queries="2 / 1"),
        lambda: sql.execute(query).fetchall(),
        lambda: catalogue_for(reader, set(), {}, CatalogueFilter(difficulty="starter")),
        blocks=blocks,
        calls=calls,
    )


def _catalogue_sql(condition: str) -> str:
    fields = [field for field in Scenario._meta.concrete_fields if field.name != "definition"]
    names = ", ".join(f'scenario."{field.column}"' for field in fields)
    return f"""
        SELECT {names}, (SELECT array_agg(needed.slug || ' ' || needed.title)
            FROM scenarios_scenario_prerequisites link JOIN scenarios_scenario needed ON needed.id = link.to_scenario_id
            WHERE link.from_scenario_id = scenario.id)
        FROM scenarios_scenario scenario
        WHERE status = 'published' AND is_active AND current_version_id IS NOT NULL AND {condition}
        ORDER BY title
    """


# ---------------------------------------------------------------- a session begins


def _compare_creation(sql: psycopg.Connection[Any], blocks: int, calls: int) -> Comparison:
    scenario = Scenario.objects.get(slug=IMPOSTOR)
    numbers = itertools.count(STARTERS_FROM)
    session, _created = actions.start_session(
        user_id=numbered(PEOPLE, next(numbers)), scenario=scenario, seed=1
    )
    began = PlainBeginning(sql, session)
    return compare(
        Comparison("Session begun (engine included)"),
        lambda: began.begin(numbered(PEOPLE, next(numbers))),
        lambda: actions.start_session(user_id=numbered(PEOPLE, next(numbers)), scenario=scenario, seed=1),
        blocks=blocks,
        calls=calls,
    )


RUNNING = """
    SELECT id FROM sessions_app_usersession WHERE user_id = %s AND scenario_id = %s AND status = 'active'
"""


class PlainBeginning:
    """Stores the rows that beginning a session stores, their values thought up beforehand."""

    def __init__(self, sql: psycopg.Connection[Any], session: UserSession) -> None:
        self.sql = sql
        self.session = session
        self.ticket = Ticket.objects.get(session=session)
        self.message = ChatMessage.objects.filter(session=session).get()
        self.events = list(SessionEvent.objects.filter(session=session))

    def begin(self, user_id: UUID) -> None:
        """Look whether a session runs, then store session, ticket, message and events in one transaction."""
        now, session_id = timezone.now(), new_id()
        with self.sql.transaction():
            assert self.sql.execute(RUNNING, [user_id, self.session.scenario_id]).fetchone() is None
            state = Json(self.session.state)
            own = {"id": session_id, "user_id": user_id, "state": state, "started_at": now}
            self._insert("sessions_app_usersession", self._own(self.session, own))
            self._ticket(session_id, now)
            self._messages(session_id, now)

    def _own(self, row: Any, changes: dict[str, Any]) -> dict[str, Any]:
        values = {str(field.column): getattr(row, field.attname) for field in row._meta.concrete_fields}
        values |= {name: Jsonb(value) for name, value in values.items() if isinstance(value, dict | list)}
        return values | changes

    def _ticket(self, session_id: UUID, now: dt.datetime) -> None:
        (number,) = self.sql.execute("SELECT nextval('sessions_app_ticket_number')").fetchone() or (0,)
        changes = {"id": new_id(), "session_id": session_id, "number": f"HV-{number}", "created_at": now}
        self._insert("sessions_app_ticket", self._own(self.ticket, changes))

    def _messages(self, session_id: UUID, now: dt.datetime) -> None:
        for row in (self.message, *self.events):
            changes = {"id": new_id(), "session_id": session_id, "created_at": now}
            self._insert(row._meta.db_table, self._own(row, changes))

    def _insert(self, table: str, values: dict[str, Any]) -> None:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(["%s"] * len(values))
        self.sql.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


# ---------------------------------------------------------------- one user's performance

_AVERAGES = ", ".join(f"avg({column}), max({column})" for column in SCORES)
_LATEST = ", ".join(SCORES)
PERFORMANCE = f"""
    WITH own AS MATERIALIZED (
        SELECT {_LATEST}, passed, xp_earned, completion_seconds, created_at
        FROM sessions_app_performancemetric WHERE user_id = %s
    )
    SELECT count(*), count(*) FILTER (WHERE passed), sum(xp_earned), sum(completion_seconds), {_AVERAGES},
        (SELECT array[{_LATEST}] FROM own ORDER BY created_at DESC LIMIT 1),
        (SELECT array_agg(point) FROM (
            SELECT (date_trunc('week', created_at AT TIME ZONE 'UTC')::text, count(*), avg(overall))::text AS point
            FROM own GROUP BY date_trunc('week', created_at AT TIME ZONE 'UTC') ORDER BY 1) AS trend)
    FROM own
"""
"""Everything of `performance_of` with one statement and one look at the index."""


def _performance(sql: psycopg.Connection[Any]) -> Any:
    return sql.execute(PERFORMANCE, [MEASURED]).fetchone()
