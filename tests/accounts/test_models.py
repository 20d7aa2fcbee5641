"""What the database itself refuses about people, and what a user says about themselves."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role, RoleName, TermsVersion, User
from tests.factories import InstructorFactory, TermsAgreementFactory, TermsVersionFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused(constraint: str) -> Any:
    return pytest.raises(IntegrityError, match=constraint)


def test_an_address_is_stored_in_lower_case_and_found_in_any() -> None:
    user = User.objects.create_user(" Ada@Firstline.Example ", "x")
    assert user.email == "ada@firstline.example"
    assert User.objects.get_by_natural_key("ADA@firstline.example") == user


def test_the_same_address_in_other_letter_case_is_refused_by_the_database() -> None:
    UserFactory.create(email="ada@firstline.example")
    with refused("user_email_unique_any_case"), transaction.atomic():
        User.objects.bulk_create([User(email="ADA@firstline.example")])


def test_display_names_are_unique_in_any_letter_case_but_may_be_missing() -> None:
    UserFactory.create(username="Robin")
    UserFactory.create(username=None)
    assert UserFactory.create(username="").username is None
    with refused("user_username_unique_any_case"):
        UserFactory.create(username="ROBIN")


@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("level", 0, "user_level_from_one"),
        ("xp", -1, "user_xp_not_negative|accounts_user_xp_check"),
        ("age", 131, "user_age_plausible"),
        ("subscription_tier", "gold", "user_tier_known"),
        ("timezone", "", "user_timezone_present"),
        ("deleted_at", timezone.now(), "user_deleted_is_inactive"),
    ],
)
def test_the_database_refuses_impossible_people(field: str, value: object, constraint: str) -> None:
    user = UserFactory.create()
    with refused(constraint), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**{field: value})


def test_a_role_that_does_not_exist_is_refused() -> None:
    user = UserFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(role_id="wizard")
        connection.check_constraints()
    with refused("role_name_known"), transaction.atomic():
        Role.objects.create(name="wizard")


def test_every_role_has_a_row() -> None:
    assert set(Role.objects.values_list("name", flat=True)) == set(RoleName.values)


def test_roles_come_back_when_the_database_is_emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert Role.objects.count() == len(RoleName)


def test_unknown_time_zones_and_strange_names_are_refused_with_the_field() -> None:
    with pytest.raises(ValidationError) as refusal:
        UserFactory.build(timezone="Mars/Base", username="a b", phone="call me").full_clean()
    assert set(refusal.value.message_dict) >= {"timezone", "username", "phone"}


def test_invalid_preferences_are_never_stored() -> None:
    user = UserFactory.create()
    user.preferences = {"interface": {"theme": "plaid"}}
    with pytest.raises(ValidationError, match=r"interface\.theme"):
        user.save()
    user.refresh_from_db()
    assert user.chosen.interface.theme == "auto"


def test_only_one_version_of_the_terms_is_active() -> None:
    TermsVersionFactory.create(is_active=True)
    with refused("terms_one_active"), transaction.atomic():
        TermsVersionFactory.create(is_active=True)
    TermsVersionFactory.create(is_active=False)
    assert TermsVersion.objects.count() == 2


def test_one_agreement_per_person_and_version() -> None:
    agreement = TermsAgreementFactory.create()
    with refused("agreement_once_per_version"), transaction.atomic():
        TermsAgreementFactory.create(user=agreement.user, terms=agreement.terms)


def test_other_people_never_see_the_address_as_a_name() -> None:
    user = UserFactory.create(first_name="", last_name="", username=None, email="ada@firstline.example")
    assert "ada" not in user.display_name.lower()
    assert user.get_short_name() == "ada"
    user.first_name = "Ada"
    assert (user.display_name, user.get_short_name()) == ("Ada", "Ada")
    user.username = "countess"
    assert user.display_name == "countess"


def test_an_instructor_is_active_staff_with_the_role() -> None:
    instructor = InstructorFactory.create()
    assert instructor.is_instructor
    instructor.is_staff = False
    assert not instructor.is_instructor
    assert not UserFactory.create(is_staff=True).is_instructor
    assert User.objects.create_superuser("root@firstline.example", "x").is_instructor
