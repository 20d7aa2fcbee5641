"""Text becomes plain data with lines, and nothing else does."""

import json

import pytest

from scenarios.faults import ScenarioError
from scenarios.source import MAX_BYTES, MAX_DEPTH, read_document


def faults(text: str | bytes, source: str = "a.yaml") -> list[str]:
    with pytest.raises(ScenarioError) as raised:
        read_document(text, source=source)
    return [str(fault) for fault in raised.value.faults]


def test_values_have_plain_types() -> None:
    text = "a: true\nb: no\nc: 12\nd: 0.5\ne: 12:30\nf: 2026-01-31\ng: 007\nh: ~\ni: on\ntrue: word\n"
    data = read_document(text, source="a.yaml").data
    assert data == {
        "a": True,
        "b": "no",
        "c": 12,
        "d": 0.5,
        "e": "12:30",
        "f": "2026-01-31",
        "g": "007",
        "h": None,
        "i": "on",
        "true": "word",
    }


def test_every_field_has_its_line() -> None:
    document = read_document("a:\n  b:\n    - x\n    - y\n", source="a.yaml")
    assert document.locate(("a", "b", 1)) == ("a.b[1]", 4)
    assert document.locate(("a", "tag_of_a_union", "b")) == ("a.b", 2)
    assert document.locate(("a", "b", "missing")) == ("a.b", 2)


def test_json_is_read_with_lines_and_escapes() -> None:
    text = '{\n\t"a": "\\ud83d\\ude00 \\\\ud83d",\n\t"b": {"c": [1,2]}\n}'
    document = read_document(text, source="a.json")
    assert document.data == json.loads(text)
    assert document.locate(("b", "c", 0)) == ("b.c[0]", 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3: a: stands twice; the first is on line 1"),
        ("a:\n  b: 1\n  b: 2\n", "a.yaml:3: a.b: stands twice; the first is on line 2"),
        ("a: &x 1\nb: *x\n", "a.yaml:1: anchors and aliases are not allowed"),
        ("a: *x\n", "a.yaml:1: anchors and aliases are not allowed"),
        (
            "a: !!python/object:os.system x\n",
            "a.yaml:1: a: the tag tag:yaml.org,2002:python/object:os.system is",
        ),
        ("a: !!set {b}\n", "a.yaml:1: a: the tag tag:yaml.org,2002:set is not allowed"),
        ('a: "\\0"\n', "a.yaml:1: a: holds a character that cannot be stored"),
        ("? [a]\n: b\n", "a.yaml:1: a key must be plain text"),
        (f"a: {'9' * 5000}\n", "a.yaml:1: a: is a number with too many digits"),
        ("a: [1\nb: 2\n", "a.yaml:2: cannot be read: "),
        ("a: 1\n---\nb: 2\n", "a.yaml:2: cannot be read: "),
        ("a: b\x00\n", "a.yaml"),
        ("", "a.yaml: is empty"),
        ("# nothing\n", "a.yaml: is empty"),
        (b"a: \xff\n", "a.yaml: is not UTF-8 text"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "a.yaml:1: is nested too deeply"),
        ("[" * 500_000, "a.yaml:1: is nested too deeply"),
        ("x" * (MAX_BYTES + 1), "a.yaml: is larger than 1,000,000 bytes"),
    ],
)
def test_yaml_that_is_refused(text: str | bytes, expected: str) -> None:
    assert faults(text)[0].startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1,\n "a": 2}', "a.json:2: a: stands twice; the first is on line 1"),
        ('{"a": NaN}', "a.json: is not JSON: NaN is no JSON number"),
        ('{"a": "\\u0000"}', "a.json:1: a: holds a character that cannot be stored"),
        ('{"a": "\\ud800"}', "a.json:1: a: holds a character that cannot be stored"),
        ("{'a': 1}", "a.json:1: is not JSON: "),
        ('{"a": 1', "a.json:"),
        ("[" * 100_000, "a.json:1: is nested too deeply"),
    ],
)
def test_json_that_is_refused(text: str, expected: str) -> None:
    assert faults(text, "a.json")[0].startswith(expected)


def test_all_duplicates_are_named_at_once() -> None:
    assert len(faults("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")) == 2
