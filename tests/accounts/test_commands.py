"""Terms and demo people from the shell."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import TermsVersion, User

pytestmark = pytest.mark.django_db


def run(name: str, *args: Any) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_the_shipped_terms_load_and_loading_again_writes_nothing() -> None:
    assert "in force" in run("load_terms")
    terms = TermsVersion.objects.get(is_active=True)
    run("load_terms")
    assert TermsVersion.objects.get(is_active=True).updated_at == terms.updated_at


def test_the_last_file_is_in_force(tmp_path: Path) -> None:
    for version in ("2026-02", "2026-01"):
        (tmp_path / f"{version}.md").write_text(f"# {version}")
    run("load_terms", tmp_path)
    assert TermsVersion.objects.get(is_active=True).version == "2026-02"
    assert TermsVersion.objects.count() == 2
    (tmp_path / "2026-03.md").write_text("# newest")
    run("load_terms", tmp_path)
    assert TermsVersion.objects.get(is_active=True).version == "2026-03"


def test_seeding_makes_demo_people_with_debug_only(settings: Any) -> None:
    run("seed_accounts")
    assert not User.objects.exists()
    settings.DEBUG = True
    run("seed_accounts")
    assert User.objects.filter(is_staff=True).count() == 1


def test_a_folder_without_terms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No Markdown file"):
        run("load_terms", tmp_path)


def test_demo_people_can_sign_in_and_are_made_once(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    run("load_terms")
    for _ in range(2):
        run("create_demo_people")
    assert User.objects.count() == 2
    for name in ("trainee", "instructor"):
        client.post("/account/login/", {"login": f"{name}@firstline.example", "password": "Practice-Makes-1"})
        user = User.objects.get(email=f"{name}@firstline.example")
        assert client.session["_auth_user_id"] == str(user.pk)
        assert user.terms_agreements.count() == 1
        assert user.is_instructor == (name == "instructor")
        client.logout()


def test_demo_people_are_refused_in_production() -> None:
    with pytest.raises(CommandError, match="DEBUG"):
        run("create_demo_people")
    assert not User.objects.exists()
