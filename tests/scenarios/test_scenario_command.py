"""`manage.py scenario` from the outside: what it prints, and that it fails with one clear line."""

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import CommandError, call_command

from scenarios.loader import read_scenario
from scenarios.models import Scenario
from tests.scenarios.examples import SLUG, example_text, published
from tests.scenarios.test_playing import GOOD_CALL

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("scenario", *arguments, stdout=out)
    return out.getvalue()


def failure(*arguments: str) -> str:
    with pytest.raises(CommandError) as raised:
        run(*arguments)
    assert raised.value.returncode == 1
    return str(raised.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "dark.yaml"
    path.write_text(example_text())
    return path


def test_load_tells_what_it_did(file: Path) -> None:
    assert run("load", str(file)) == f"created   {SLUG}\n"
    assert run("load", str(file.parent)) == f"unchanged {SLUG}\n"
    file.write_text(example_text().replace("The dark second", "The black second"))
    assert run("load", str(file)) == f"updated   {SLUG}\n"


def test_one_bad_file_loads_nothing(file: Path) -> None:
    (file.parent / "bad.yaml").write_text(example_text().replace("xp_reward: 50", "xp_reward: 1"))
    assert f"{file.parent / 'bad.yaml'}:7: xp_reward: " in failure("load", str(file.parent))
    assert not Scenario.objects.exists()


def test_lint_prints_the_bots_scores(file: Path) -> None:
    lines = run("lint", str(file)).splitlines()
    assert lines[0] == f"{SLUG}: passed"
    scores = [float(line.split()[1]) for line in lines[1:5]]
    assert [line.split()[0] for line in lines[1:5]] == ["expert", "average", "careless", "reckless"]
    assert scores == sorted(scores, reverse=True)


def test_lint_fails_with_the_finding(file: Path) -> None:
    file.write_text(example_text().replace("starts: loose", "starts: seated"))
    assert failure("lint", str(file)) == "1 of 1 scenarios failed"
    assert failure("lint") == "name files or folders, or say --all"


def test_every_shipped_scenario_is_proven() -> None:
    assert run("lint", "--all").count(": passed") >= 5


def test_export_loads_back_to_the_same(tmp_path: Path) -> None:
    published()
    assert read_scenario(run("export", SLUG)).definition == read_scenario(example_text()).definition
    target = tmp_path / "out.yaml"
    assert run("export", SLUG, "--output", str(target)) == ""
    assert read_scenario(target.read_text()).definition.slug == SLUG


def test_export_that_cannot_be(tmp_path: Path) -> None:
    published()
    assert failure("export", "nowhere") == "there is no published scenario nowhere"
    assert failure("export") == "name the scenario to export, or say --fixture"
    assert "cannot be written" in failure("export", SLUG, "--output", str(tmp_path / "no" / "where"))


def test_the_schema_accepts_the_example_and_refuses_a_typing_error() -> None:
    schema = json.loads(run("schema"))
    data: dict[str, Any] = json.loads(json.dumps(yaml.safe_load(example_text()), default=str))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | {"titel": "x"}, schema)


def test_play_prints_a_json_object_for_each_step(file: Path, tmp_path: Path) -> None:
    script = tmp_path / "call.txt"
    script.write_text(GOOD_CALL + "\n\n")
    published()
    lines = [json.loads(line) for line in run("play", SLUG, "--script", str(script)).splitlines()]
    assert len(lines) == len(GOOD_CALL.splitlines())
    assert all({"acts", "events", "reply", "state"} <= set(line) for line in lines)
    assert "greet" in lines[0]["acts"]
    assert lines[0]["opening"]
    assert lines[0]["events"][0]["type"] == "message_read"
    assert lines[3]["reply"] is None
    assert lines[-1]["score"]["passed"] is True
    assert run("play", str(file), "--script", str(script)).splitlines()[-1] == json.dumps(
        lines[-1], ensure_ascii=False
    )


def test_play_that_cannot_be(file: Path, tmp_path: Path) -> None:
    script = tmp_path / "call.txt"
    script.write_text("Hello\n/dance\n")
    assert failure("play", str(file), "--script", str(script)).startswith("line 2: there is no step /dance")
    assert "there is no published scenario nowhere" in failure("play", "nowhere")
    assert "cannot be opened" in failure("play", str(file), "--script", str(tmp_path / "no.txt"))
    script.write_bytes(b"\xff\xfe")
    assert "is not UTF-8 text" in failure("play", str(file), "--script", str(script))


def test_a_person_can_play_in_the_terminal(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["Hello, what do you see?", "", "/dance", "/mark name matches", "/end refused enough"])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    shown = run("play", str(file))
    assert "Second screen is black" in shown
    assert "! there is no step /dance" in shown
    assert "! The caller has not given their name yet." in shown
    assert "overall " in shown


def test_seeding_loads_what_is_shipped() -> None:
    out = io.StringIO()
    call_command("seed_scenarios", stdout=out)
    assert out.getvalue().count("created") == Scenario.objects.count() >= 5
