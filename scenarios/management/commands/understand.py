"""`manage.py understand`: dialogue acts of messages, for trying the understanding from a shell."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.understanding import load_understanding, read_message

BAD_INPUT = 2
"""Exit code for a line that cannot be read."""


class Command(BaseCommand):
    """Prints the acts of each message in order; stops with exit code 2 at the first line that is not one."""

    help = 'Reads JSON lines {"id", "text"} on standard input and prints {"id", "acts": [...]} for each, in order.'
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        model = load_understanding()
        for number, line in enumerate(_lines(), start=1):
            if line.strip():
                identifier, text = _parse(number, line)
                acts = [act.value for act in read_message(text, model).acts]
                self.stdout.write(json.dumps({"id": identifier, "acts": acts}))


def _lines() -> Iterator[str]:
    """Lines of standard input, always UTF-8 whatever the locale; bytes that are not become a bad line."""
    source = getattr(sys.stdin, "buffer", None)
    if source is None:
        yield from sys.stdin
        return
    for number, raw in enumerate(source, start=1):
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise CommandError(f"line {number}: not UTF-8 ({error.reason})", returncode=BAD_INPUT) from error


def _parse(number: int, line: str) -> tuple[Any, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CommandError(f"line {number}: not JSON ({error})", returncode=BAD_INPUT) from error
    if not isinstance(row, dict):
        raise CommandError(f'line {number}: expected an object with "id" and "text"', returncode=BAD_INPUT)
    for name in ("id", "text"):
        if name not in row:
            raise CommandError(f'line {number}: "{name}" is missing', returncode=BAD_INPUT)
    if not isinstance(row["text"], str):
        raise CommandError(f'line {number}: "text" must be a string', returncode=BAD_INPUT)
    return row["id"], row["text"]
