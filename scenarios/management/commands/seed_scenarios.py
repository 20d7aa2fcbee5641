"""`manage.py seed_scenarios`: the scenarios that come with the project; part of `manage.py seed`."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Loads what is new in `fixtures/scenarios`."""

    help = "Loads the scenarios that come with the project. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command(
            "scenario", "load", verbosity=options["verbosity"], stdout=self.stdout, stderr=self.stderr
        )
