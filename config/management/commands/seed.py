"""`manage.py seed`: what a fresh database needs before anybody can practise.

Every app may bring a command ``seed_<label>``: it loads the app's own fixtures, changes nothing
that is up to date, and costs little then. People for a demonstration belong to DEBUG alone.
"""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Call every app's seed command, from the bottom layer to the top."""

    help = "Loads terms, scenarios, achievements and, with DEBUG on, demo people. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        known = get_commands()
        for label in settings.LAYERS:
            if f"seed_{label}" in known:
                call_command(
                    f"seed_{label}", verbosity=options["verbosity"], stdout=self.stdout, stderr=self.stderr
                )
