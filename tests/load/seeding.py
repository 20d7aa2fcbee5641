"""What the benchmark measures on: people, scenarios, played sessions, and up to a million metrics.

Rows are copied by PostgreSQL from one that the product itself made, so a new column needs no word here. Ids are
numbers in the shape of UUIDs, and chance has a seed: every run measures the same data.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.db import models
from django.utils import timezone

from accounts.models import User
from scenarios.actions import load_scenarios
from scenarios.models import Scenario
from sessions_app.models import SCORE_FIELDS, PerformanceMetric, Ticket, UserSession
from tests.load.databases import plain
from tests.support.playing import LOCKOUT, SLUGS, played_session, shipped_file

RUNS_EACH = 100
"""Metrics of every person, however large the table."""
SMALL_METRICS = 10_000
SCENARIOS = 50
REGULAR_SESSIONS = 50

PEOPLE, SESSIONS, METRICS, COPIES, TICKETS, LIBRARY = range(1, 7)
"""Kinds of numbered ids."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is measured: somebody with one session behind them, and somebody with fifty; both are done calls."""

    newcomer: User
    regular: User
    newcomer_debrief: UUID
    regular_debrief: UUID


def numbered(kind: int, number: int) -> UUID:
    """The id of the row of this kind and number."""
    return UUID(f"{kind:08x}-0000-7000-8000-{number:012x}")


def _id(kind: int, number: str = "n") -> str:
    """The same as SQL; `number` is an expression."""
    return f"('{kind:08x}-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"


def seed_cast() -> Cast:
    """Load the scenarios, let a bot play, and give the regular their history."""
    load_scenarios(files=[shipped_file(slug) for slug in SLUGS], prove_first=False)
    for scenario in Scenario.objects.all():
        scenario.prerequisites.clear()
    newcomer = User.objects.create_user("newcomer@firstline.example", first_name="Noa")
    regular = User.objects.create_user("regular@firstline.example", first_name="Ren")
    begun = timezone.now() - dt.timedelta(days=400)
    first = played_session(newcomer, LOCKOUT, at=begun)
    last = played_session(regular, LOCKOUT, at=begun)
    with plain() as connection:
        _copy_scenarios(connection)
        _copy_sessions(connection, last)
    return Cast(newcomer, regular, newcomer_debrief=first.pk, regular_debrief=last.pk)


def _copy_scenarios(connection: psycopg.Connection[object]) -> None:
    source = Scenario.objects.get(slug=LOCKOUT).pk
    levels = "(ARRAY['starter', 'intermediate', 'advanced'])[n % 3 + 1]"
    changes = {
        "id": _id(LIBRARY),
        "slug": "'copied-' || n",
        "title": "'Copied scenario ' || n",
        "difficulty": levels,
    }
    copy_row(connection, Scenario, source, 1, SCENARIOS - len(SLUGS), changes)
    # Every copy opens only after the one before it, as a long course would.
    connection.execute(
        "INSERT INTO scenarios_scenario_prerequisites (from_scenario_id, to_scenario_id) "
        f"SELECT {_id(LIBRARY)}, {_id(LIBRARY, 'n - 1')} FROM generate_series(2, {SCENARIOS - len(SLUGS)}) n"
    )


def _copy_sessions(connection: psycopg.Connection[object], session: UserSession) -> None:
    days = "n * interval '1 day'"
    times = {"started_at": f"source.started_at + {days}", "completed_at": f"source.completed_at + {days}"}
    many = (1, REGULAR_SESSIONS - 1)
    own = {"session_id": _id(COPIES)}
    copy_row(connection, UserSession, session.pk, *many, {"id": _id(COPIES), **times})
    ticket = Ticket.objects.get(session=session).pk
    copy_row(connection, Ticket, ticket, *many, {"id": _id(TICKETS), "number": "'HV-B' || n", **own})
    metric = PerformanceMetric.objects.get(session=session).pk
    changes = {"id": _id(COPIES), "created_at": f"source.created_at + {days}", **own}
    copy_row(connection, PerformanceMetric, metric, *many, changes)


def seed_people(connection: psycopg.Connection[object], source: User, people: int) -> None:
    """Add numbered people who can be looked up by `address_of`."""
    changes = {"id": _id(PEOPLE), "email": "'person' || n || '@firstline.example'", "xp": "0", "level": "1"}
    copy_row(connection, User, source.pk, 0, people - 1, changes)


def address_of(number: int) -> str:
    """The e-mail address of a numbered person."""
    return f"person{number}@firstline.example"


def seed_metrics(connection: psycopg.Connection[object], source: UserSession, first: int, last: int) -> None:
    """Add the metrics `first` to `last` with a slim session each; `RUNS_EACH` go to one person in any case."""
    below = first == 1
    people = last // RUNS_EACH if below else (last - first + 1) // RUNS_EACH
    person = f"n % {people}" if below else f"{SMALL_METRICS // RUNS_EACH} + n % {people}"
    when = "now() - (n % 700) * interval '1 day' - (n % 1440) * interval '1 minute'"
    slim = {
        "id": _id(SESSIONS),
        "user_id": _id(PEOPLE, person),
        "started_at": when,
        "state": "'{}'::json",
        "final_scores": "'{}'::jsonb",
        "resolution_documentation": "''",
        "debrief_text": "''",
    }
    score = "round((40 + 60 * random())::numeric, 2)"
    scores = dict.fromkeys([*map(str, SCORE_FIELDS), "overall"], score)
    metric = PerformanceMetric.objects.get(session=source).pk
    changes = {
        "id": _id(METRICS),
        "session_id": _id(SESSIONS),
        "user_id": _id(PEOPLE, person),
        "created_at": when,
        "passed": "random() < 0.7",
        "completion_seconds": "300 + n % 900",
        **scores,
    }
    connection.execute("SELECT setseed(0.5)")
    copy_row(connection, UserSession, source.pk, first, last, slim)
    copy_row(connection, PerformanceMetric, metric, first, last, changes)


def settle(connection: psycopg.Connection[object]) -> None:
    """Do what autovacuum would have done by and by: statistics, and the map that index-only reads need."""
    for table in (
        "accounts_user",
        "scenarios_scenario",
        "sessions_app_usersession",
        "sessions_app_performancemetric",
    ):
        connection.execute(f"VACUUM (ANALYZE) {table}")
    connection.execute("CHECKPOINT")


def copy_row(
    connection: psycopg.Connection[object],
    model: type[models.Model],
    source: UUID,
    first: int,
    last: int,
    changes: Mapping[str, str],
) -> None:
    """Copy a row for each n from `first` to `last`; `changes` are columns whose value is an expression of n.

    Foreign keys and triggers are not tried: what is copied was stored by the product's own rules.
    """
    columns = [str(field.column) for field in model._meta.concrete_fields]
    unknown = set(changes) - set(columns)
    assert not unknown, f"{model.__name__} has no column {unknown}"
    values = [changes.get(column, f'source."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} '
            f"FROM \"{table}\" AS source, generate_series({first}, {last}) AS n WHERE source.id = '{source}' ORDER BY n"
        )
