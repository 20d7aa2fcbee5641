"""What every response carries."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_pages_run_no_script_of_a_stranger(client: Client) -> None:
    policy = client.get("/account/login/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy


def test_only_the_admin_is_relaxed(client: Client) -> None:
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in client.get("/administration/").headers["Content-Security-Policy"]


def test_each_response_has_its_own_request_id_and_secure_headers(client: Client) -> None:
    first, second = client.get("/healthz").headers, client.get("/healthz").headers
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert first["X-Content-Type-Options"] == "nosniff"
    assert first["X-Frame-Options"] == "DENY"
    assert first["Referrer-Policy"] == "same-origin"
