"""People in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.models import User
from tests.factories import InstructorFactory, TermsAgreementFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root@firstline.example", "Practice-Makes-1"))
    return client


@pytest.mark.parametrize("model", ["user", "role", "termsversion", "termsagreement"])
def test_lists_cost_the_same_for_one_row_and_for_many(
    staff: Client, model: str, django_assert_num_queries: Any
) -> None:
    TermsAgreementFactory.create()
    path = f"/admin/accounts/{model}/"
    staff.get(path)
    with django_assert_num_queries(20, exact=False) as few:
        staff.get(path, {"q": "firstline" if model != "role" else "i"})
    TermsAgreementFactory.create_batch(15)
    with django_assert_num_queries(len(few), exact=False):
        assert staff.get(path, {"q": "firstline" if model != "role" else "i"}).status_code == 200


def test_a_person_can_be_opened_and_edited_but_not_their_xp(staff: Client) -> None:
    agreement = TermsAgreementFactory.create(user__xp=40)
    user = agreement.user
    path = f"/admin/accounts/user/{user.pk}/change/"
    page = staff.get(path)
    assert page.status_code == 200
    assert agreement.terms.version in page.content.decode()
    form = page.context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: "" if value is None else value for name, value in data.items() if value != []}
    data |= {"first_name": "Grace", "xp": "9999", "preferences": "{}"}
    data |= {"terms_agreements-TOTAL_FORMS": "0", "terms_agreements-INITIAL_FORMS": "0"}
    response = staff.post(path, data)
    assert response.status_code == 302, response.context["errors"]
    user.refresh_from_db()
    assert (user.first_name, user.xp) == ("Grace", 40)


def test_a_person_can_be_made_and_the_password_rules_hold(staff: Client) -> None:
    data = {"email": "Made@firstline.example", "role": "individual", "usable_password": "true"}
    weak = staff.post("/admin/accounts/user/add/", data | {"password1": "password", "password2": "password"})
    assert weak.context["adminform"].form.errors
    good = {"password1": "Tr0mbone-lunch", "password2": "Tr0mbone-lunch"}
    assert staff.post("/admin/accounts/user/add/", data | good).status_code == 302
    assert User.objects.get(email="made@firstline.example").check_password("Tr0mbone-lunch")


def test_wrong_preferences_are_refused_at_the_field(staff: Client) -> None:
    user = UserFactory.create()
    response = staff.post(f"/admin/accounts/user/{user.pk}/change/", {"preferences": '{"colour": "blue"}'})
    assert "colour" in str(response.context["adminform"].form.errors["preferences"])


def test_agreements_cannot_be_changed(staff: Client) -> None:
    agreement = TermsAgreementFactory.create()
    path = f"/admin/accounts/termsagreement/{agreement.pk}"
    assert staff.post(f"{path}/change/", {}).status_code == 403
    assert staff.post(f"{path}/delete/", {"post": "yes"}).status_code == 403


def test_a_trainee_is_refused_and_an_instructor_sees_no_people(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert client.get("/admin/accounts/user/").status_code == 302
    client.force_login(InstructorFactory.create())
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 403


class TestStaffWhoEditPeople:
    """Somebody of the desk with the rights to edit people and groups, but no superuser."""

    @pytest.fixture
    def editor(self, client: Client) -> User:
        person = UserFactory.create(is_staff=True)
        codes = (
            "view_user",
            "add_user",
            "change_user",
            "delete_user",
            "view_group",
            "add_group",
            "change_group",
        )
        person.user_permissions.set(Permission.objects.filter(codename__in=codes))
        client.force_login(person)
        return person

    def test_they_change_a_name_but_nobodys_rights(self, client: Client, editor: User) -> None:
        trainee = UserFactory.create()
        path = f"/admin/accounts/user/{trainee.pk}/change/"
        form = client.get(path).context["adminform"].form
        assert not {"role", "is_staff", "is_superuser", "groups", "user_permissions"} & set(form.fields)
        data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        data = {name: "" if value is None else value for name, value in data.items() if value != []}
        data |= {"first_name": "Grace", "is_staff": "on", "is_superuser": "on", "role": "instructor"}
        data |= {
            "preferences": "{}",
            "terms_agreements-TOTAL_FORMS": "0",
            "terms_agreements-INITIAL_FORMS": "0",
        }
        assert client.post(path, data).status_code == 302
        trainee.refresh_from_db()
        assert (trainee.first_name, trainee.role_id) == ("Grace", "individual")
        assert not (trainee.is_staff or trainee.is_superuser)

    def test_they_set_no_password_of_staff(self, client: Client, editor: User) -> None:
        root = User.objects.create_superuser("root@firstline.example", "Practice-Makes-1")
        for person in (root, InstructorFactory.create(), editor):
            new = {"password1": "Tr0mbone-lunch", "password2": "Tr0mbone-lunch"}
            assert client.post(f"/admin/accounts/user/{person.pk}/password/", new).status_code == 403
            assert (
                client.post(f"/admin/accounts/user/{person.pk}/delete/", {"post": "yes"}).status_code == 403
            )

    def test_they_give_no_group_more(self, client: Client, editor: User) -> None:
        group = Group.objects.get(name="Instructors")
        assert client.post(f"/admin/auth/group/{group.pk}/change/", {"name": "Rulers"}).status_code == 403
        assert client.post("/admin/auth/group/add/", {"name": "Rulers"}).status_code == 403
