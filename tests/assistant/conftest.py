"""A scripted model that the settings name."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.support.scripted_model import ScriptedModel, says


@pytest.fixture
def model(settings: Settings) -> Iterator[ScriptedModel]:
    """A server that plays what a test scripts; the settings name it."""
    with ScriptedModel(says("Hello.")) as server:
        settings.LLM_MODEL = "openai-chat:scripted"
        settings.LLM_BASE_URL = server.address
        yield server
