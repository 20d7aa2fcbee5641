"""`manage.py understand`."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def understand(monkeypatch: pytest.MonkeyPatch, given: bytes) -> list[dict[str, object]]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="ascii"))
    output = io.StringIO()
    call_command("understand", stdout=output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_each_message_is_answered_in_order_with_its_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        {"id": "b", "text": "Hi there. What's your username?"},
        {"id": 7, "text": "Thanks! Can you log in now?"},
        {"id": None, "text": ""},
        {"id": "ü", "text": "Thanks 😊, what\u2019s your name?"},
    ]
    given = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    assert understand(monkeypatch, given.encode()) == [
        {"id": "b", "acts": ["greet", "ask_username"]},
        {"id": 7, "acts": ["thank", "confirm_fix"]},
        {"id": None, "acts": []},
        {"id": "ü", "acts": ["thank", "ask_name"]},
    ]


def test_blank_lines_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert understand(monkeypatch, b'\n{"id": 1, "text": "Hi there"}\n\n') == [{"id": 1, "acts": ["greet"]}]


def test_nothing_in_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert understand(monkeypatch, b"") == []


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"not json", "line 2: not JSON"),
        (b'["id", "text"]', "line 2: expected an object"),
        (b'{"id": 1}', 'line 2: "text" is missing'),
        (b'{"text": "hi"}', 'line 2: "id" is missing'),
        (b'{"id": 1, "text": 5}', 'line 2: "text" must be a string'),
        (b'{"id": 1, "text": "\xff"}', "line 2: not UTF-8"),
        (b"[" * 100_000, "line 2: not JSON"),
    ],
)
def test_a_bad_line_is_named_and_ends_with_code_2(
    monkeypatch: pytest.MonkeyPatch, line: bytes, complaint: str
) -> None:
    with pytest.raises(CommandError, match=complaint) as raised:
        understand(monkeypatch, b'{"id": 0, "text": "Hi there"}\n' + line + b"\n")
    assert raised.value.returncode == 2


def test_lone_surrogates_are_echoed_not_tripped_over(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = understand(monkeypatch, b'{"id": "\\ud800", "text": "Hi \\ud800"}')
    assert answers[0]["id"] == "\ud800"
