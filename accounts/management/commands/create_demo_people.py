"""``manage.py create_demo_people``: a trainee and an instructor to try Firstline with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import actions

PASSWORD = "Practice-Makes-1"  # noqa: S105 (the demo sign-in that `make run` prints)
TRAINEE = "trainee@firstline.example"
INSTRUCTOR = "instructor@firstline.example"


class Command(BaseCommand):
    """Creates the demo people once; never where DEBUG is off, since everybody knows their password."""

    help = "Creates the demo trainee and instructor. Only with DEBUG on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo people have a password that everybody knows; they need DEBUG=true.")
        actions.create_confirmed_user(
            email=TRAINEE, password=PASSWORD, first_name="Robin", last_name="Okafor", username="robin"
        )
        instructor = actions.create_confirmed_user(
            email=INSTRUCTOR, password=PASSWORD, first_name="Ana", last_name="Lindqvist", username="ana"
        )
        if not instructor.is_instructor:
            actions.appoint_instructor(user=instructor)
        self.stdout.write(f"Demo people: {TRAINEE}, {INSTRUCTOR}; password {PASSWORD}")
