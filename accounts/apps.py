"""Registers the app and keeps roles present."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """People and how they sign in."""

    name = "accounts"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for migrations of this app (roles) and of every app (the instructors' permissions)."""
        from accounts import roles

        post_migrate.connect(roles.keep_roles, sender=self, dispatch_uid="accounts.keep_roles")
        post_migrate.connect(roles.keep_instructors, dispatch_uid="accounts.keep_instructors")
