"""What the simulated customer costs without database and network, in milliseconds; and its model, in megabytes."""

import datetime as dt
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial

from engine.definition import Scenario
from engine.turn import open_call, take_turn
from engine.understanding.reader import read_message
from tests.load.measuring import milliseconds, percentile_of
from tests.load.turns import SCRIPT
from tests.support.playing import SLUGS, shipped_file
from tests.support.processes import ROOT

MEMORY = """
from pathlib import Path
import numpy  # what any process of ours holds already
import engine.understanding.reader
def resident():
    return int(next(l for l in Path("/proc/self/status").read_text().splitlines() if l.startswith("VmRSS")).split()[1])
before = resident()
from engine.understanding.store import load_understanding
load_understanding()
engine.understanding.reader.read_message("Could you restart the laptop, please?")
print((resident() - before) / 1024)
"""
AT = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class EngineCost:
    """Times in milliseconds, memory in megabytes (None where the system does not tell)."""

    understanding: list[float]
    turns: list[float]
    megabytes: float | None


def cost_of_engine(*, rounds: int) -> EngineCost:
    """Read every line of the script, and play it in every shipped scenario, `rounds` times."""
    scenarios = [shipped_file(slug).definition for slug in SLUGS]
    for line in SCRIPT:  # the model is loaded, and trained if need be
        read_message(line)
    understanding = [
        milliseconds(partial(read_message, line)) for _ in range(rounds * len(scenarios)) for line in SCRIPT
    ]
    turns = [one for seed in range(rounds) for scenario in scenarios for one in _played(scenario, seed)]
    return EngineCost(understanding, turns, model_megabytes())


def _played(scenario: Scenario, seed: int) -> list[float]:
    state = open_call(scenario, seed=seed, at=AT).state
    times = []
    for number, line in enumerate(SCRIPT, start=1):
        at = AT + dt.timedelta(seconds=20 * number)
        began = time.perf_counter()
        turn = take_turn(scenario, state, line, at)
        times.append((time.perf_counter() - began) * 1000)
        state = turn.state
    return times


def model_megabytes() -> float | None:
    """How much a process grows by the model of the understanding."""
    command = [sys.executable, "-c", MEMORY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return float(done.stdout) if done.returncode == 0 else None


def in_words(cost: EngineCost) -> list[tuple[str, str]]:
    """The rows of the report."""
    memory = "not told by this system" if cost.megabytes is None else f"{cost.megabytes:.0f} MB"
    return [
        ("Understanding one message", _times(cost.understanding)),
        ("One whole turn of the engine", _times(cost.turns)),
        ("Memory of the understanding's model", memory),
    ]


def _times(times: list[float]) -> str:
    return f"{percentile_of(times, 50):.2f} ms p50, {percentile_of(times, 99):.2f} ms p99"
