"""``manage.py seed_accounts``: what the people's app needs in a fresh database; ``seed`` calls it."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Puts the terms in force and, with DEBUG on, makes the demo people. Safe to repeat."""

    help = "Loads the terms and, with DEBUG on, the demo people."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_terms", stdout=self.stdout)
        if settings.DEBUG:
            call_command("create_demo_people", stdout=self.stdout)
