"""Factories of test data, one for each model, in the order of the layers."""

import datetime

import factory
from factory.django import DjangoModelFactory, Password

from accounts.models import RoleName, TermsAgreement, TermsVersion, User

PASSWORD = "Practice-Makes-1"
"""The password of every user that a factory makes."""


class UserFactory(DjangoModelFactory[User]):
    """A trainee who can sign in with ``PASSWORD``."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"trainee{number}@firstline.example")
    first_name = factory.Faker("first_name")
    last_name = factory.Faker("last_name")
    password = Password(PASSWORD)


class InstructorFactory(UserFactory):
    """An instructor, who may use the admin."""

    email = factory.Sequence(lambda number: f"instructor{number}@firstline.example")
    role_id = RoleName.INSTRUCTOR.value
    is_staff = True


class TermsVersionFactory(DjangoModelFactory[TermsVersion]):
    """A wording of the terms that is not in force; at most one may be active."""

    class Meta:
        model = TermsVersion

    version = factory.Sequence(lambda number: f"2026-{number}")
    content = "# Terms\n\nPractise kindly."


class TermsAgreementFactory(DjangoModelFactory[TermsAgreement]):
    """An agreement of a new user to a new version."""

    class Meta:
        model = TermsAgreement

    user = factory.SubFactory(UserFactory)
    terms = factory.SubFactory(TermsVersionFactory)
    agreed_at = factory.Faker("date_time_this_year", tzinfo=datetime.UTC)
