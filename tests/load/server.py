"""The measured server: what `manage.py serve` runs, with the floors beside it.

`python -m tests.load.server PORT` serves until SIGTERM.
"""

import os
import signal
import sys
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.settings"

import django

django.setup(set_prefix=False)

from django.conf import settings
from django.urls import path

from config import routing
from config.management.commands.serve import end_process, released_database, serve
from tests.load.floors import FLOOR_PATH, FloorConsumer


def main() -> None:
    """Serve on the port that the command line names."""
    signal.signal(signal.SIGTERM, end_process)
    routing.websocket_urlpatterns.append(path(FLOOR_PATH, FloorConsumer.as_asgi()))  # type: ignore[arg-type]
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # served by nobody here, but looked for
    with released_database():
        serve("127.0.0.1", int(sys.argv[1]), _listening)


def _listening(*_address: Any) -> None:
    """Whoever started this process tries the port."""


if __name__ == "__main__":
    main()
