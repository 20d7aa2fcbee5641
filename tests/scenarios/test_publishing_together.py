"""Several people publish at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from scenarios.faults import ScenarioError
from scenarios.models import Scenario, ScenarioVersion
from tests.scenarios.examples import example, load

pytestmark = pytest.mark.django_db(transaction=True)


def together(*steps: Callable[[], object]) -> list[str]:
    """Carry out all steps at once; return what each came to."""
    barrier = Barrier(len(steps))

    def one(step: Callable[[], object]) -> str:
        barrier.wait()
        try:
            step()
        except ScenarioError as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(one, steps))


def test_one_file_loaded_eight_times_is_one_version() -> None:
    file = example()
    assert together(*[lambda: load(file)] * 8) == ["done"] * 8
    assert Scenario.objects.count() == ScenarioVersion.objects.count() == 1


def test_two_halves_of_a_circle_cannot_both_be_published() -> None:
    load(example(slug="a"), example(slug="b"))
    halves = [example(slug="a", prerequisites=["b"]), example(slug="b", prerequisites=["a"])]
    results = together(*(lambda half=half: load(half) for half in halves))
    assert sorted(result == "done" for result in results) == [False, True]
    assert any("circle" in result for result in results)
