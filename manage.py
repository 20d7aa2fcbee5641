#!/usr/bin/env python
"""Firstline's commands: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run the command on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] != ["serve"]:
        # The limit guards people who wait for a page; a migration may take as long as it needs.
        os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT", "0")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"{error.name} is not installed for {sys.executable}: run `make install`."
        ) from error
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        raise SystemExit(130) from None  # 128 + SIGINT; a person who stops a command needs no traceback


if __name__ == "__main__":
    main()
