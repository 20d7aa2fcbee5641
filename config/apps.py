"""Makes the project's own checks and commands known to Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The top layer: settings, routes, the server and its checks."""

    name = "config"
    verbose_name = "Firstline"

    def ready(self) -> None:
        """Register the system checks."""
        from config import checks  # noqa: F401 - importing registers them
