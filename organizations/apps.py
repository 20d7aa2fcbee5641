"""Names the app for Django."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Organizations, their seats and what they assign."""

    name = "organizations"
    verbose_name = "Organizations"
