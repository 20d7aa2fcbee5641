"""Registers the app."""

from django.apps import AppConfig


class SessionsAppConfig(AppConfig):
    """Practice itself."""

    name = "sessions_app"
    verbose_name = "Practice"
    default_auto_field = "django.db.models.BigAutoField"
