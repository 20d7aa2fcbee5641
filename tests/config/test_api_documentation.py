"""The API's documents: they are valid, whole, and say what is really answered."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.rest import openapi
from accounts.rest.problems import MEDIA_TYPE
from config.documentation import openapi_document
from config.reference import coloured, problems_of
from sessions_app.schema import socket_schema

CONTRACT = {
    "post /api/v1/auth/login", "post /api/v1/auth/refresh", "post /api/v1/auth/logout", "get /api/v1/scenarios",
    "post /api/v1/scenarios/{scenario}/start", "get /api/v1/sessions/{session_id}",
    "post /api/v1/sessions/{session_id}/messages", "post /api/v1/sessions/{session_id}/verification",
    "post /api/v1/sessions/{session_id}/tools/{tool}", "get /api/v1/sessions/{session_id}/knowledge",
    "get /api/v1/sessions/{session_id}/knowledge/{article}",
    "post /api/v1/sessions/{session_id}/knowledge/{article}/cite", "get /api/v1/sessions/{session_id}/notes",
    "put /api/v1/sessions/{session_id}/notes", "post /api/v1/sessions/{session_id}/resolve",
    "post /api/v1/sessions/{session_id}/abandon", "get /api/v1/sessions/{session_id}/debrief",
    "get /api/v1/users/me", "get /api/v1/users/me/performance", "get /api/v1/users/me/achievements",
    "get /api/v1/leaderboard",
}  # fmt: skip


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_document()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_the_schema_is_valid_and_made_without_a_warning() -> None:
    out = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    assert "openapi: 3.1.1" in out.getvalue()


def test_it_holds_the_whole_contract(document: dict[str, Any]) -> None:
    assert {name for name, _operation in operations(document)} >= CONTRACT


def test_every_address_is_documented(document: dict[str, Any]) -> None:
    def paths(patterns: list[Any], before: str = "") -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from paths(pattern.url_patterns, before + str(pattern.pattern))
            elif isinstance(pattern, URLPattern) and pattern.name:
                yield "/" + before + str(pattern.pattern)

    served = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path) for path in paths(get_resolver().url_patterns)}
    served = {path for path in served if path.startswith("/api/v1/")}
    assert served == set(document["paths"])
    assert len(served) > 20


def test_every_answer_is_described_with_an_example(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["description"], name
        for status, response in operation["responses"].items():
            assert response["description"], (name, status)
            if status == "204":
                continue
            (media,) = response["content"].values()
            assert media["examples"], (name, status)
        refusals = [status for status in operation["responses"] if int(status) >= 400]
        assert {"429", "500", "503"} <= set(refusals), name
        assert ("401" in refusals) or operation["security"] == [{}], name


def test_every_example_is_of_its_schema(document: dict[str, Any]) -> None:
    checked = 0
    for name, operation in operations(document):
        contents = [operation.get("requestBody", {}).get("content", {})]
        contents += [response.get("content", {}) for response in operation["responses"].values()]
        for media in (one for content in contents for one in content.values()):
            schema = {**media["schema"], "components": document["components"]}
            for example in media.get("examples", {}).values():
                validator = jsonschema.Draft202012Validator(schema)
                assert [error.message for error in validator.iter_errors(example["value"])] == [], name
                checked += 1
    assert checked > 150


def test_problems_are_of_their_own_media_type(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == [MEDIA_TYPE], (name, status)
                for example in response["content"][MEDIA_TYPE]["examples"].values():
                    assert example["value"]["status"] == int(status)


def test_no_two_models_share_a_name(document: dict[str, Any]) -> None:
    assert [name for name in document["components"]["schemas"] if "__" in name] == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert named <= set(document["components"]["schemas"])
    assert len(named) > 30


def test_a_model_is_read_or_answered_but_never_both() -> None:
    model = next(iter(openapi._models))
    other = "validation" if openapi._models[model] == "serialization" else "serialization"
    with pytest.raises(TypeError, match="both"):
        openapi._reference(model, other)  # type: ignore[arg-type]


@pytest.mark.django_db
class TestServed:
    def test_the_schema(self, client: Client) -> None:
        response = client.get("/api/schema/")
        assert response["Content-Type"] == "application/json"
        assert response.json()["openapi"] == "3.1.1"

    def test_the_sockets_schema(self, client: Client) -> None:
        response = client.get("/api/schema/socket/")
        assert response["Content-Type"] == "application/schema+json"
        schema = response.json()
        jsonschema.Draft202012Validator.check_schema(schema)
        assert "ClientFrame" in schema["$defs"]

    def test_the_page_holds_everything(self, client: Client, document: dict[str, Any]) -> None:
        html = client.get("/api/docs/").content.decode()
        for name, operation in operations(document):
            assert name.partition(" ")[2] in html
            assert f'id="{operation["operationId"].replace("_", "-")}"' in html
        for frame in ("message.send", "message.created", "authenticate", "resume"):
            assert f"<code>{frame}</code>" in html

    def test_every_link_of_the_page_leads_somewhere(self, client: Client) -> None:
        html = client.get("/api/docs/").content.decode()
        anchors = re.findall(r'\sid="([^"]+)"', html)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)

    def test_the_page_needs_nothing_from_elsewhere(self, client: Client) -> None:
        response = client.get("/api/docs/")
        html = response.content.decode()
        assert not re.search(r'(?:src|href)="https?://', html)
        assert "<style" not in html
        assert " style=" not in html
        assert not re.search(r"<script(?![^>]*src=)", html)

    def test_a_problems_type_leads_to_its_explanation(self, client: Client) -> None:
        problem = client.get("/api/v1/users/me").json()
        path, _hash, anchor = problem["type"].partition("#")
        assert f'id="{anchor}"' in client.get(path).content.decode()

    def test_it_is_the_same_in_french(self, client: Client) -> None:
        html = client.get("/api/docs/", headers={"Accept-Language": "fr"}).content.decode()
        assert 'lang="en"' in html


def test_examples_are_coloured_and_safe() -> None:
    html = coloured({"name": '<b>&"x"</b>', "count": 3, "none": None})
    assert '<span class="code-name">&quot;name&quot;</span>:' in html
    assert "<b>" not in html
    assert '<span class="code-value">3</span>' in html
    assert '<span class="code-value">null</span>' in html


class TestGuide:
    """docs/api.md keeps up with the API."""

    GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()

    def test_names_every_endpoint(self, document: dict[str, Any]) -> None:
        told = re.findall(r"(GET|POST|PUT) ([\w/{}]+)", self.GUIDE.replace("{id or slug}", "{key}"))
        places = {(method, re.sub(r"\{\w+\}", "{}", path)) for method, path in told}
        for name, _operation in operations(document):
            method, _space, path = name.partition(" ")
            place = re.sub(r"\{\w+\}", "{}", path.removeprefix("/api/v1/"))
            assert (method.upper(), place) in places

    def test_names_every_problem(self, document: dict[str, Any]) -> None:
        for problem in problems_of(document):
            assert f"`{problem.code}`" in self.GUIDE

    def test_names_every_frame_of_a_client(self) -> None:
        for kind in socket_schema()["$defs"]["ClientFrame"]["discriminator"]["mapping"]:
            assert kind in self.GUIDE
