"""The writes about people."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

from accounts import actions
from accounts.models import TermsAgreement, TermsVersion, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_new_terms_take_the_place_of_the_old_ones() -> None:
    actions.publish_terms(version="1", content="one")
    actions.publish_terms(version="2", content="two")
    assert list(TermsVersion.objects.filter(is_active=True).values_list("version", flat=True)) == ["2"]
    assert TermsVersion.objects.count() == 2


def test_words_that_somebody_agreed_to_cannot_be_changed_under_the_same_version() -> None:
    terms = actions.publish_terms(version="1", content="one")
    actions.publish_terms(version="1", content="one, spelt better")
    actions.agree_to_terms(user=UserFactory.create(), terms=terms)
    with pytest.raises(ValueError, match="new version"):
        actions.publish_terms(version="1", content="something else")
    assert TermsVersion.objects.get(version="1").content == "one, spelt better"


def test_agreeing_twice_keeps_the_first_moment() -> None:
    user, terms = UserFactory.create(), actions.publish_terms(version="1", content="one")
    first = actions.agree_to_terms(user=user, terms=terms)
    assert actions.agree_to_terms(user=user, terms=terms).agreed_at == first.agreed_at
    assert TermsAgreement.objects.count() == 1


def test_a_profile_change_touches_its_fields_only() -> None:
    user = UserFactory.create(xp=5)
    User.objects.filter(pk=user.pk).update(xp=70)
    actions.change_profile(user=user, changes={"first_name": "Grace", "timezone": "Europe/Paris"})
    stored = User.objects.get(pk=user.pk)
    assert (stored.first_name, stored.timezone, stored.xp) == ("Grace", "Europe/Paris", 70)


def test_a_profile_change_refuses_what_is_not_the_profile_or_not_allowed() -> None:
    user = UserFactory.create()
    with pytest.raises(ValueError, match="is_staff"):
        actions.change_profile(user=user, changes={"is_staff": True})
    UserFactory.create(username="taken")
    with pytest.raises(ValidationError, match="taken"):
        actions.change_profile(user=user, changes={"username": "TAKEN"})
    assert User.objects.get(pk=user.pk).username is None


def test_an_appointed_instructor_may_write_scenarios_but_not_change_people() -> None:
    instructor = actions.appoint_instructor(user=UserFactory.create())
    assert instructor.is_instructor
    assert instructor.has_perm("scenarios.change_scenario")
    assert not instructor.has_perm("accounts.change_user")
    assert not instructor.has_perm("scenarios.delete_scenario")
    assert Permission.objects.filter(group__name="Instructors").exists()
