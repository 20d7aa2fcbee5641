"""Registers the app."""

from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    """What can be practised."""

    name = "scenarios"
    verbose_name = "Scenarios"
    default_auto_field = "django.db.models.BigAutoField"
