"""`make bench`: how fast Firstline is beside floors that are measured in the same minutes.

`make bench args="--quick"` takes less than a minute and says whether everything still runs; its numbers say little.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.settings"

import django

django.setup(set_prefix=False)

from sessions_app.models import UserSession
from tests.load import databases, engine, pages, reads, seeding, turns
from tests.load.measuring import Comparison
from tests.load.report import print_comparisons, print_facts
from tests.load.turns import Load
from tests.support.processes import Process, free_port


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    metrics: int
    metrics_name: str
    blocks: int
    sittings: int
    crowd: int
    crowd_messages: int
    crowd_blocks: int
    paced_messages: int
    pause: float
    page_calls: int
    read_calls: int
    engine_rounds: int


FULL = Size(
    metrics=1_000_000,
    metrics_name="1M",
    blocks=5,
    sittings=8,
    crowd=100,
    crowd_messages=12,
    crowd_blocks=3,
    paced_messages=4,
    pause=4.0,
    page_calls=20,
    read_calls=100,
    engine_rounds=5,
)
QUICK = Size(
    metrics=20_000,
    metrics_name="20k",
    blocks=2,
    sittings=1,
    crowd=30,
    crowd_messages=2,
    crowd_blocks=1,
    paced_messages=2,
    pause=2.0,
    page_calls=5,
    read_calls=20,
    engine_rounds=1,
)


def main() -> None:
    """Make the databases, measure everything, print the tables, drop the databases."""
    size = QUICK if arguments().quick else FULL
    began = time.monotonic()
    with databases.bench_databases():
        cast = seed(size)
        print(f"Seeded {size.metrics_name} metrics in {time.monotonic() - began:.0f} s.", flush=True)
        with running_server() as port:
            print_comparisons(
                "A chat turn, in ms, beside a consumer that stores one row", turn_rows(port, size)
            )
            rows = pages.compare_pages(port, cast, blocks=size.blocks, calls=size.page_calls)
            print_comparisons("Pages, in ms", rows)
        rows = reads.compare_reads(blocks=size.blocks, calls=size.read_calls, metrics=size.metrics_name)
        print_comparisons("Reads and writes, in ms, beside the best plain SQL", rows)
        print_facts(
            "The simulated customer", engine.in_words(engine.cost_of_engine(rounds=size.engine_rounds))
        )
    print(f"\nThe whole run took {time.monotonic() - began:.0f} s.")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke test: little data, few calls")
    return parser.parse_args()


def seed(size: Size) -> seeding.Cast:
    """Fill the databases: the twin keeps the small number of metrics, the other one grows."""
    cast = seeding.seed_cast()
    source = UserSession.objects.get(pk=cast.regular_debrief)
    people = max(size.metrics // seeding.RUNS_EACH, 2 * reads.STARTERS_FROM)
    with databases.plain() as connection:
        seeding.seed_people(connection, cast.newcomer, people)
        seeding.seed_metrics(connection, source, 1, seeding.SMALL_METRICS)
        seeding.settle(connection)
    databases.copy_to_twin()
    with databases.plain() as connection:
        seeding.seed_metrics(connection, source, seeding.SMALL_METRICS + 1, size.metrics)
        seeding.settle(connection)
    return cast


@contextlib.contextmanager
def running_server() -> Iterator[int]:
    """Run the measured server; yield its port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.load.server", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        process = Process(command, port=port, log=Path(folder) / "server.log", environment=os.environ)
        process.start()
        try:
            yield port
        finally:
            process.stop()


def turn_rows(port: int, size: Size) -> Iterator[Comparison]:
    """Measure turns at one session, at a hundred at a person's pace, and at a hundred without a pause."""
    address = f"ws://localhost:{port}"
    office = turns.Office()
    alone = Load(1, len(turns.SCRIPT))
    yield turns.compare_turns("1 session", address, office, alone, blocks=size.blocks, repeats=size.sittings)
    paced = Load(size.crowd, size.paced_messages, pause=size.pause)
    rate = size.crowd / size.pause
    name = f"{size.crowd} sessions, {rate:.0f} messages a second"
    yield turns.compare_turns(name, address, office, paced, blocks=size.crowd_blocks)
    crowd = Load(size.crowd, size.crowd_messages)
    name = f"{size.crowd} sessions, all sending without a pause"
    yield turns.compare_turns(name, address, office, crowd, blocks=size.crowd_blocks)


if __name__ == "__main__":
    main()
