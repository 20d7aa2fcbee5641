"""Fixtures for every test: a database that is copied rather than migrated, and a Redis to break."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from assistant.answers import Patience, Question
from assistant.providers import ask
from tests.support import databases, programs
from tests.support.processes import Process, free_port
from tests.support.scripted_model import ScriptedModel, says


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Make the test database a copy of the migrated template."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated_template()


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    """Let no test be held up by what others have asked for."""
    cache.clear()


@pytest.fixture
def redis_process(tmp_path: Path) -> Iterator[Process]:
    """A Redis server of this test's own, which it may kill; ``redis://localhost:<port>/0``."""
    port = free_port()
    command = [
        programs.redis_server(),
        "--port",
        str(port),
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(tmp_path),
    ]
    process = Process(command, port=port, log=tmp_path / "redis.log", environment=os.environ)
    process.start()
    yield process
    process.kill()


@pytest.fixture
def model(settings: Settings) -> Iterator[ScriptedModel]:
    """A language model that plays what a test scripts; the settings name it."""
    settings.LLM_MODEL = "openai-chat:scripted"
    warm_up(settings)
    with ScriptedModel(says("Hello.")) as server:
        settings.LLM_BASE_URL = server.address
        yield server


def warm_up(settings: Settings) -> None:
    """Let the library that asks be loaded by one question, which takes a second, so that no test measures that."""
    if "assistant.streaming" not in sys.modules:
        with ScriptedModel(says("Hello.")) as server:
            settings.LLM_BASE_URL = server.address
            ask(Question("", "Hello."), hear=lambda _: True, patience=Patience(30, 60))
