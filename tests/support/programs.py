"""Programs that tests drive and that a machine may lack."""

import os
import shutil

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REDIS_NAMES = ("redis-server", "valkey-server")


def find_program(names: tuple[str, ...], variable: str = "") -> str | None:
    """The path of the first of ``names`` that is installed; the environment's ``variable`` goes first."""
    for name in (os.environ.get(variable, ""), *names):
        path = shutil.which(name) if name else None
        if path:
            return path
    return None


def require_program(names: tuple[str, ...], package: str, variable: str = "") -> str:
    """The program's path. Without it the test is skipped, and fails where CI=true."""
    path = find_program(names, variable)
    if path:
        return path
    sentence = f"{package} is missing: sudo apt-get install -y {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def chromium() -> str:
    """The path of a Chromium; CHROMIUM names another one."""
    return require_program(CHROMIUM_NAMES, "chromium", "CHROMIUM")


def redis_server() -> str:
    """The path of a Redis server."""
    return require_program(REDIS_NAMES, "redis-server")
