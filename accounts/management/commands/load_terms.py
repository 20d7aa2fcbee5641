"""``manage.py load_terms``: the terms in force, from Markdown files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import actions


class Command(BaseCommand):
    """Loads every version of the terms; the file's name is the version, and the last in order is in force."""

    help = "Loads terms from Markdown files named by their version; the last one is put in force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, help="Markdown files or folders; default: fixtures/terms"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = self._files(options["paths"] or [settings.BASE_DIR / "fixtures" / "terms"])
        for file in files:
            try:
                text = file.read_text("utf-8")
                terms = actions.publish_terms(version=file.stem, content=text, in_force=file == files[-1])
            except (ValueError, OSError) as error:
                raise CommandError(f"{file.name}: {error}") from error
        self.stdout.write(f"Terms {terms.version} are in force ({len(files)} loaded).")

    def _files(self, paths: list[Path]) -> list[Path]:
        files = sorted(file for path in paths for file in (path.glob("*.md") if path.is_dir() else [path]))
        if not files:
            raise CommandError("No Markdown file found. Name files such as fixtures/terms/2026-11.md.")
        return files
