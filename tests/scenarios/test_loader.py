"""Files become checked definitions; what is wrong is named with file, line and field."""

from pathlib import Path

import pytest
import yaml

from engine.lint import lint
from scenarios.faults import ScenarioError
from scenarios.loader import (
    as_stored,
    as_written,
    check_definition,
    checksum_of,
    parse_stored,
    read_paths,
    read_scenario,
)
from tests.scenarios.examples import SHIPPED, example, example_text


def faults(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as raised:
        read_scenario(text, source="a.yaml")
    return [str(fault) for fault in raised.value.faults]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_guides_example_loads_and_is_proven() -> None:
    file = read_scenario(example_text(), source="guide.yaml")
    assert file.definition.slug == "the-dark-second-screen"
    assert lint(file.definition).problems == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("xp_reward: 50", "xp_reward: 5", "xp_reward: should be greater than or equal to 10 (found 5)"),
        ("xp_reward: 50", "xp_reward: fifty", "xp_reward: must be a whole number (found “fifty”)"),
        ("difficulty: starter", "difficulty: easy", "difficulty: should be 'starter', 'intermediate' or"),
        (
            "archetype: office_worker",
            "archetyp: office_worker",
            "persona.archetyp: is not a field of the format",
        ),
        ("name: Lena Park\n", "name: 12\n", "estate.people.lena.name: must be text; put it in quotes"),
        (
            "starts: loose",
            "starts: [loose]",
            "estate.variables.screen.cable.starts: must be true or false, a whole",
        ),
        (
            "  screen.cable:",
            "  Cable:",
            "estate.variables.Cable: must be a dotted name such as account.locked",
        ),
        (
            "type: article_opened",
            "type: article_red",
            "rubric.criteria.read_article.check: `article_red` is no type",
        ),
        ("acts: [ask_name,", "acts: [ask_nam,", "rubric.criteria.asked_identity.check.acts[0]: should be"),
        (
            "facts: [recent_change]",
            "facts: [change]",
            "rubric.criteria.asked_change.check.facts[0]: there is no fact",
        ),
        ("published: 2021-06-01", "published: June", "knowledge.buy_new.published: must be a date such as"),
        ("owner: lena", "owner: lea", "estate.assets.lena_laptop.owner: there is no person"),
    ],
)
def test_a_fault_names_line_and_field(old: str, new: str, expected: str) -> None:
    text = example_text()
    assert text.count(old) >= 1
    broken = text.replace(old, new, 1)
    line = line_of(broken, new)
    assert any(fault.startswith(f"a.yaml:{line}: {expected}") for fault in faults(broken)), faults(broken)


def test_a_missing_field_is_named_where_it_is_missing() -> None:
    broken = example_text().replace("  archetype: office_worker\n", "")
    assert faults(broken) == [f"a.yaml:{line_of(broken, 'persona:')}: persona.archetype: is missing"]


def test_all_faults_come_at_once() -> None:
    broken = (
        example_text().replace("xp_reward: 50", "xp_reward: 1").replace("priority: low", "priority: huge")
    )
    assert len(faults(broken)) == 2


@pytest.mark.parametrize("text", ["[]", "text", "12", "{}", "format: 2"])
def test_what_is_no_scenario_at_all(text: str) -> None:
    assert faults(text)


def test_data_of_a_form_gets_the_same_checks_without_lines() -> None:
    data = yaml.safe_load(example_text()) | {"xp_reward": 1}
    with pytest.raises(ScenarioError) as raised:
        check_definition(data)
    (fault,) = raised.value.faults
    assert (fault.field, fault.line, fault.source) == ("xp_reward", None, "")


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(example_text())
    (tmp_path / "notes.txt").write_text("not a scenario")
    assert [file.document.source for file in read_paths([tmp_path])] == [str(tmp_path / "b.yaml")]


def test_faults_of_all_files_come_together(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(example_text().replace("format: 1", "format: 3"))
    with pytest.raises(ScenarioError) as raised:
        read_paths([tmp_path, tmp_path / "nowhere"])
    text = str(raised.value)
    assert "a.yaml:1: format" in text
    assert "b.yaml:1: format" in text
    assert "nowhere: there is no such file or folder" in text


def test_an_empty_folder_and_a_twin_are_faults(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="no scenario file"):
        read_paths([tmp_path])
    (tmp_path / "a.yaml").write_text(example_text())
    (tmp_path / "b.yaml").write_text(example_text())
    with pytest.raises(ScenarioError, match=r"b\.yaml:2: slug: .* is also in .*a\.yaml"):
        read_paths([tmp_path])


def test_what_is_stored_reads_back_the_same() -> None:
    definition = example().definition
    assert parse_stored(as_stored(definition)) == definition
    assert list(as_stored(definition)["rubric"]["criteria"]) == list(definition.rubric.criteria)


def test_the_checksum_tells_order_and_content_apart_but_not_defaults() -> None:
    definition = example().definition
    assert checksum_of(definition) == checksum_of(check_definition(as_written(definition)))
    assert checksum_of(definition) != checksum_of(example(title="Another title").definition)
    turned = example(lambda data: data.update(facts=dict(reversed(data["facts"].items()))))
    assert checksum_of(definition) != checksum_of(turned.definition)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_scenarios_load(path: Path) -> None:
    (file,) = read_paths([path])
    assert file.definition.slug == path.stem
