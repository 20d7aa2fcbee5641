"""The only writes about people. Passwords, addresses and sign-ins are written by the sign-in library."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.models import RoleName, TermsAgreement, TermsVersion, User
from accounts.preferences import Preferences
from accounts.roles import INSTRUCTORS

PROFILE_FIELDS = ("first_name", "last_name", "username", "phone", "timezone")
"""What a person may change about themselves on the profile page."""


def change_profile(*, user: User, changes: dict[str, Any]) -> User:
    """Store new values of ``PROFILE_FIELDS``; raise ``ValidationError`` by field if one is not allowed."""
    unknown = set(changes) - set(PROFILE_FIELDS)
    if unknown:
        raise ValueError(f"Not part of the profile: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        setattr(user, name, value)
    user.full_clean(exclude={"password", "preferences"})
    user.save(update_fields=[*changes, "updated_at"])
    return user


@transaction.atomic
def change_preferences(*, user: User, changes: dict[str, dict[str, Any]]) -> Preferences:
    """Merge ``changes``, such as ``{"interface": {"theme": "dark"}}``, into the stored preferences.

    Raises pydantic's ``ValidationError`` and stores nothing if the result would not be valid. The row is
    locked, so that two tabs that change different parts do not undo each other.
    """
    locked = User.objects.select_for_update(of=("self",)).only("preferences").get(pk=user.pk)
    merged = locked.chosen.model_dump(mode="json")
    for part, values in changes.items():
        merged[part] = {**merged.get(part, {}), **values}
    preferences = Preferences.model_validate(merged)
    locked.preferences = preferences.model_dump(mode="json")
    locked.save(update_fields=["preferences", "updated_at"])
    user.preferences = locked.preferences
    return preferences


def agree_to_terms(*, user: User, terms: TermsVersion) -> TermsAgreement:
    """Record that the person agreed to this wording now; agreeing again keeps the first moment."""
    agreement, _created = TermsAgreement.objects.get_or_create(
        user=user, terms=terms, defaults={"agreed_at": timezone.now()}
    )
    return agreement


@transaction.atomic
def publish_terms(*, version: str, content: str, in_force: bool = True) -> TermsVersion:
    """Store a wording of the terms and, unless told otherwise, make it the one in force.

    Writes nothing if all is so already. Raises ``ValueError`` if people agreed to other words under the same
    version.
    """
    terms = TermsVersion.objects.select_for_update().filter(version=version).first()
    if terms and (terms.content, terms.is_active) == (content, in_force):
        return terms
    if terms and terms.content != content and terms.agreements.exists():
        raise ValueError(
            f"People agreed to version {version} in other words; give the new words a new version."
        )
    if in_force:
        TermsVersion.objects.filter(is_active=True).exclude(version=version).update(is_active=False)
    terms = terms or TermsVersion(version=version)
    terms.content, terms.is_active = content, in_force
    terms.save()
    return terms


def note_confirmed_email(*, user: User) -> None:
    """Record that the person proved to own their address; the first time counts."""
    if user.email_verified_at is None:
        user.email_verified_at = timezone.now()
        user.save(update_fields=["email_verified_at", "updated_at"])


@transaction.atomic
def appoint_instructor(*, user: User) -> User:
    """Make the person an instructor: staff, with the permissions of the instructors' group."""
    user.role_id = RoleName.INSTRUCTOR
    user.is_staff = True
    user.save(update_fields=["role", "is_staff", "updated_at"])
    group, _created = Group.objects.get_or_create(name=INSTRUCTORS)
    user.groups.add(group)
    return user


@transaction.atomic
def create_confirmed_user(*, email: str, password: str, **fields: Any) -> User:
    """Create a person whose address needs no confirmation, who agreed to the terms in force and can sign in.

    Does nothing but return the stored person if the address is known already.
    """
    known = User.objects.filter(email=email.strip().lower()).first()
    if known:
        return known
    user = User.objects.create_user(email, password, email_verified_at=timezone.now(), **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    terms = TermsVersion.objects.filter(is_active=True).first()
    if terms:
        agree_to_terms(user=user, terms=terms)
    return user
