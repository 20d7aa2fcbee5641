"""The settings as a whole: what stops a start, and that the example file tells the truth."""

import os
import subprocess
import sys

import pytest

from config import settings as read_settings
from tests.support.processes import ROOT

GOOD = {
    "SECRET_KEY": "kq8-2Zr!vLwXc05TgyBnM_u7eJhFdPsA9o3RiQ4tYxWz6CjKbVm1",
    "ALLOWED_HOSTS": "practice.example",
    "DATABASE_URL": "postgresql://desk:secret@db.example/practice",
}


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process that has only these variables."""
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **variables}
    command = [sys.executable, "-c", "import config.settings as s; print(s.DEBUG, s.SECURE_SSL_REDIRECT)"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_a_complete_production_environment_starts() -> None:
    result = start(**GOOD)
    assert (result.returncode, result.stdout) == (0, "False True\n")


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_production_does_not_start_without(missing: str) -> None:
    result = start(**{name: value for name, value in GOOD.items() if name != missing})
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"Configuration: {missing} is missing")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("SECRET_KEY", "secret"),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", "mysql://db.example/practice"),
        ("PORT", "http"),
        ("REDIS_URL", "localhost:6379"),
        ("MEDIA_ROOT", "media"),
        ("LOG_LEVEL", "LOUD"),
        ("LLM_MODEL", "somebody:their-model"),
        ("LLM_MODEL", "bare-name"),
        ("LLM_MODEL", "ollama:llama"),
        ("LLM_BASE_URL", "localhost:11434"),
        ("LLM_BASE_URL", "http://[::1"),
        ("LLM_FIRST_WORD_SECONDS", "0"),
        ("LLM_SESSION_TOKENS", "-1"),
        ("LLM_DAY_TOKENS", "many"),
        ("LLM_INPUT_PRICE", "cheap"),
        ("LLM_OUTPUT_PRICE", "NaN"),
    ],
)
def test_a_bad_value_stops_the_start_and_names_the_variable(name: str, value: str) -> None:
    result = start(**{**GOOD, name: value})
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"Configuration: {name} ")


def test_a_model_of_a_provider_does_not_start_without_its_key() -> None:
    result = start(**GOOD, LLM_MODEL="anthropic:some-model")
    assert result.returncode == 1
    assert result.stderr.startswith("Configuration: LLM_API_KEY is missing")
    assert start(**GOOD, LLM_MODEL="anthropic:some-model", LLM_API_KEY="key").returncode == 0


@pytest.mark.parametrize("name", ["small-model", "llama:8b"])
def test_a_bare_name_is_a_model_of_the_server_at_the_address(name: str) -> None:
    asked = "import config.settings as s; print(s.LLM_MODEL, s.LLM_BASE_URL, s.LLM_INPUT_PRICE)"
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **GOOD, "LLM_MODEL": name}
    environment |= {"LLM_BASE_URL": "http://localhost:1/v1/", "LLM_INPUT_PRICE": "2.50"}
    result = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout == f"openai-chat:{name} http://localhost:1/v1 2.50\n"


def test_the_example_file_lists_exactly_the_variables_that_are_read() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    listed = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(read_settings.env.names)


def test_the_example_file_explains_every_variable() -> None:
    for paragraph in (ROOT / ".env.example").read_text().strip().split("\n\n"):
        assert paragraph.startswith("#"), paragraph


def test_the_example_file_changes_no_default() -> None:
    """Copied as it is, the file asks for exactly what a production start lacks."""
    result = start(ENV_FILE=str(ROOT / ".env.example"))
    assert result.returncode == 1
    assert [line.split()[1] for line in result.stderr.splitlines()] == [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
    ]


@pytest.mark.parametrize(("behind", "counted"), [("false", "0 0"), ("true", "1 1")])
def test_an_address_is_taken_from_a_header_only_behind_a_proxy(behind: str, counted: str) -> None:
    """Else whoever writes X-Forwarded-For has a fresh limit with every request."""
    asked = (
        "import config.settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT, s.REST_FRAMEWORK['NUM_PROXIES'])"
    )
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **GOOD, "BEHIND_PROXY": behind}
    command = [sys.executable, "-c", asked]
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout.strip() == counted
