"""`manage.py seed_gamification`: the achievements that come with the project."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Load or update the shipped achievements; what people earned stays."""

    help = "Loads the achievements of fixtures/achievements.json. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("loaddata", settings.BASE_DIR / "fixtures" / "achievements.json", verbosity=0)
