"""Profile, preferences, terms, the look of pages, and who is let in."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.interface import interface_of
from accounts.middleware import ReaderTimezoneMiddleware
from accounts.models import TermsAgreement, TermsVersion, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PROFILE = {
    "first_name": "Ada",
    "last_name": "L",
    "username": "countess",
    "phone": "",
    "timezone": "Europe/Paris",
}
CHOICES = {
    "interface__theme": "dark",
    "interface__contrast": "high",
    "interface__text_size": "150",
    "interface__motion": "reduced",
    "interface__typing_pace": "fast",
    "privacy__peers": "on",
}


@pytest.fixture
def signed_in(client: Client, confirmed_user: User) -> Client:
    client.force_login(confirmed_user)
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/account/profile/",
        "/account/preferences/",
        "/account/email/",
        "/account/password/change/",
        "/account/2fa/",
        "/account/sessions/",
    ],
)
def test_a_stranger_is_sent_to_sign_in(client: Client, path: str) -> None:
    for response in (client.get(path), client.post(path, PROFILE)):
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/")


def test_a_stranger_at_the_front_door_is_told_what_this_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Practise the call before it is real" in page
    assert 'href="/account/signup/"' in page


def test_a_profile_is_saved(signed_in: Client, confirmed_user: User) -> None:
    assert signed_in.post("/account/profile/", PROFILE).status_code == 302
    confirmed_user.refresh_from_db()
    assert (confirmed_user.username, confirmed_user.timezone) == ("countess", "Europe/Paris")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"username": "a b"}, "username"),
        ({"username": "Taken"}, "username"),
        ({"username": "\u202egnp.exe"}, "username"),
        ({"first_name": "x" * 81}, "first_name"),
        ({"first_name": "a\0b"}, "first_name"),
        ({"phone": "call me"}, "phone"),
    ],
)
def test_a_faulty_profile_is_refused_at_the_field(
    signed_in: Client, confirmed_user: User, change: dict[str, str], field: str
) -> None:
    UserFactory.create(username="taken")
    response = signed_in.post("/account/profile/", PROFILE | change)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    confirmed_user.refresh_from_db()
    assert confirmed_user.last_name == ""


def test_names_are_shown_as_text(signed_in: Client) -> None:
    signed_in.post("/account/profile/", PROFILE | {"first_name": "<script>alert(1)</script>"})
    assert b"<script>alert" not in signed_in.get("/account/profile/").content


def test_nobody_can_raise_themselves_by_the_profile_form(signed_in: Client, confirmed_user: User) -> None:
    signed_in.post("/account/profile/", PROFILE | {"is_staff": "on", "role": "platform_admin", "xp": "9999"})
    confirmed_user.refresh_from_db()
    assert (confirmed_user.is_staff, confirmed_user.role_id, confirmed_user.xp) == (False, "individual", 0)


def test_preferences_are_applied_by_the_server_and_outlive_the_sign_out(
    signed_in: Client, confirmed_user: User
) -> None:
    signed_in.post("/account/preferences/", CHOICES)
    confirmed_user.refresh_from_db()
    chosen = confirmed_user.chosen
    assert (chosen.interface.theme, chosen.interface.typing_pace) == ("dark", "fast")
    assert (chosen.privacy.leaderboard, chosen.privacy.peers) == (False, True)
    look = 'data-theme="dark" data-bs-theme="dark" data-contrast="high" data-motion="reduced" data-text-size='
    look += '"150"'
    assert look in signed_in.get("/account/preferences/").content.decode()
    signed_in.post("/account/logout/")
    page = signed_in.get("/account/login/").content.decode()
    assert look in page
    assert 'css/contrast.css" media="all"' in page
    assert 'css/still.css" media="all"' in page


def test_a_faulty_preference_is_refused_at_the_field(signed_in: Client, confirmed_user: User) -> None:
    response = signed_in.post("/account/preferences/", CHOICES | {"interface__text_size": "999"})
    assert response.status_code == 422
    assert 'id="id_interface__text_size_error"' in response.content.decode()
    confirmed_user.refresh_from_db()
    assert confirmed_user.chosen.interface.theme == "auto"


def test_the_theme_switch_works_without_an_account(client: Client) -> None:
    response = client.post("/account/appearance/", {"theme": "dark", "next": "/account/login/"})
    assert response["Location"] == "/account/login/"
    assert 'data-theme="dark"' in client.get("/account/login/").content.decode()


def test_the_theme_switch_writes_to_the_account(signed_in: Client, confirmed_user: User) -> None:
    signed_in.post("/account/appearance/", {"theme": "light"})
    confirmed_user.refresh_from_db()
    assert confirmed_user.chosen.interface.theme == "light"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_theme_switch_never_leads_away(client: Client, target: str) -> None:
    assert client.post("/account/appearance/", {"theme": "dark", "next": target})["Location"] == "/"


@pytest.mark.parametrize(
    "cookie", ["", "plaid.auto.auto.100", "dark.auto.auto.99999", "dark", "a.b.c.d.e", "\x00"]
)
def test_a_strange_cookie_means_the_default_look(cookie: str) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.COOKIES["interface"] = cookie
    assert interface_of(request).model_dump() == interface_of(RequestFactory().get("/")).model_dump()


def test_terms_are_shown_without_their_scripts(client: Client, terms: TermsVersion) -> None:
    page = client.get("/account/terms/").content.decode()
    assert "<strong>kind</strong>" in page
    assert "<script>alert" not in page


def test_new_terms_are_asked_for_once(client: Client, terms: TermsVersion) -> None:
    user = UserFactory.create()
    client.force_login(user)
    assert "I agree" in client.get("/account/terms/").content.decode()
    client.post("/account/terms/")
    assert TermsAgreement.objects.filter(user=user, terms=terms).exists()
    assert "I agree" not in client.get("/account/terms/").content.decode()
    client.logout()
    client.post("/account/terms/")
    assert TermsAgreement.objects.count() == 1


def test_dates_are_in_the_readers_time_zone(rf: RequestFactory) -> None:
    seen: list[str] = []

    def view(request: Any) -> Any:
        seen.append(timezone.get_current_timezone_name())

    for zone in ("Asia/Tokyo", "Mars/Base"):
        request = rf.get("/")
        request.user = UserFactory.build(timezone=zone)
        ReaderTimezoneMiddleware(view)(request)
    request.user = AnonymousUser()
    ReaderTimezoneMiddleware(view)(request)
    assert seen == ["Asia/Tokyo", "UTC", "UTC"]


def test_pages_of_a_person_cost_few_queries(
    signed_in: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for path in ("/account/profile/", "/account/preferences/"):
        with django_assert_max_num_queries(6):
            assert signed_in.get(path).status_code == 200


def test_pages_carry_no_inline_style_or_script(signed_in: Client) -> None:
    for path in ("/account/profile/", "/account/preferences/", "/account/terms/"):
        page = signed_in.get(path).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert "onclick" not in page


def test_the_style_guide_exists_for_builders_only(client: Client, settings: Any) -> None:
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    assert client.get("/styleguide/").status_code == 200


def test_a_stale_form_is_told_what_happened() -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "This form has gone stale" in response.content.decode()


def test_an_address_that_leads_nowhere_has_a_page_of_ours(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "Nothing here" in response.content.decode()


def test_the_page_for_a_fault_of_ours_needs_no_request() -> None:
    assert "The line broke" in render_to_string("500.html")
