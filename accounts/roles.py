"""The roles and the instructors' group, kept present after every migrate and every flush of a test."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS

INSTRUCTORS = "Instructors"
"""Name of the group that carries what an instructor may do in the admin."""

DESCRIPTIONS = {
    "individual": "Practises on their own account.",
    "enterprise_participant": "Practises on a seat of an organization.",
    "enterprise_admin": "Invites people to an organization, assigns scenarios and exports results.",
    "studio_creator": "Publishes simulations and modules.",
    "instructor": "Writes scenarios, watches sessions and reviews scores.",
    "platform_admin": "Runs Firstline.",
}


def keep_roles(apps: Apps = installed_apps, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Create the roles that are missing. Listens to ``post_migrate`` of this app.

    A flush sends the signal without ``apps``; the installed ones are meant then.
    """
    try:
        role = apps.get_model("accounts", "Role")
    except LookupError:  # migrated back to before the first migration
        return
    known = set(role.objects.using(using).values_list("name", flat=True))
    missing = [role(name=name, description=text) for name, text in DESCRIPTIONS.items() if name not in known]
    role.objects.using(using).bulk_create(missing, ignore_conflicts=True)


def keep_instructors(
    sender: AppConfig, apps: Apps = installed_apps, using: str = DEFAULT_DB_ALIAS, **_: Any
) -> None:
    """Give the instructors' group the permissions that the settings name for the app just migrated.

    ``INSTRUCTOR_PERMISSIONS`` maps an app label to verbs (view, add, change, delete); this app sits below
    those apps and must not know them.
    """
    verbs: list[str] = getattr(settings, "INSTRUCTOR_PERMISSIONS", {}).get(sender.label, [])
    if not verbs:
        return
    # This app is registered before django.contrib.auth, whose own receiver therefore has not run yet.
    create_permissions(sender, verbosity=0, interactive=False, using=using, apps=apps)
    group, _created = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=INSTRUCTORS)
    allowed = (
        apps.get_model("auth", "Permission")
        .objects.using(using)
        .filter(content_type__app_label=sender.label, codename__regex=rf"^({'|'.join(verbs)})_")
    )
    group.permissions.add(*allowed)
