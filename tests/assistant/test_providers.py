"""Asking over a real socket: what comes of every way in which a provider can behave."""

import json
import os
import subprocess
import sys
import time

import pytest
from pytest_django import Settings

from assistant import providers
from assistant.answers import LONGEST_ANSWER, Answer, Patience, Question, Trouble
from assistant.providers import ask
from tests.support.processes import ROOT
from tests.support.scripted_model import (
    Act,
    ScriptedModel,
    answers,
    begins_late,
    breaks_off,
    hangs,
    says,
    says_as_anthropic,
    says_as_responses,
    sends,
)

QUESTION = Question(rules="You are somebody.", request="Say hello.")
SHORT = Patience(first_word=0.4, whole=1.0)
LONG = Patience(first_word=10, whole=20)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for the pause before a retry."""
    monkeypatch.setattr(providers, "RETRY_PAUSE", 0.01)


def heard_of(patience: Patience = LONG) -> tuple[Answer, list[str]]:
    texts: list[str] = []

    def hear(text: str) -> bool:
        texts.append(text)
        return True

    return ask(QUESTION, hear=hear, patience=patience), texts


def test_an_answer_is_heard_word_by_word(model: ScriptedModel, settings: Settings) -> None:
    settings.LLM_API_KEY = "the-key"
    model.plays(says("Good morning, this is me.", usage=(77, 11)))
    answer, texts = heard_of()
    assert (answer.text, answer.trouble, answer.outcome) == ("Good morning, this is me.", None, "answered")
    assert texts[:2] == ["Good ", "Good morning, "]
    assert (answer.input_tokens, answer.output_tokens) == (77, 11)
    (stage,) = model.stages
    assert stage.handler.headers["Authorization"] == "Bearer the-key"
    assert stage.request["model"] == "scripted"
    assert stage.request["stream"] is True
    assert [message["content"] for message in stage.request["messages"]] == [QUESTION.rules, QUESTION.request]


@pytest.mark.parametrize(
    ("name", "act", "path"),
    [
        ("openai-chat:some", says("Good morning."), "/v1/chat/completions"),
        ("ollama:some", says("Good morning."), "/v1/chat/completions"),
        ("openai:some", says_as_responses("Good morning."), "/v1/responses"),
        ("anthropic:some", says_as_anthropic("Good morning."), "/v1/messages"),
    ],
)
def test_every_protocol_is_spoken(
    model: ScriptedModel, settings: Settings, name: str, act: Act, path: str
) -> None:
    if name.startswith("anthropic"):  # that library adds the version itself
        settings.LLM_BASE_URL = model.address.removesuffix("/v1")
    settings.LLM_MODEL, settings.LLM_API_KEY = name, "the-key"
    model.plays(act)
    answer, texts = heard_of()
    assert (answer.text, answer.trouble) == ("Good morning.", None)
    assert texts == ["Good ", "Good morning."]
    assert answer.input_tokens > 0
    assert answer.output_tokens > 0
    (stage,) = model.stages
    assert stage.handler.path.partition("?")[0] == path
    assert stage.handler.headers["Authorization"] == "Bearer the-key"
    assert stage.request["model"] == "some"


def test_the_library_is_loaded_only_when_somebody_asks() -> None:
    code = (
        "import django, sys; django.setup(); import sessions_app.actions; print('pydantic_ai' in sys.modules)"
    )
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "tests.settings"}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"


def test_without_a_key_none_is_taken_from_the_environment(
    model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody-elses")
    heard_of()
    assert "somebody-elses" not in str(model.stages[0].handler.headers)


def test_tokens_are_estimated_where_nobody_counts_them(model: ScriptedModel) -> None:
    model.plays(says("Four and twenty words.", usage=None))
    answer, _ = heard_of()
    assert (answer.input_tokens, answer.output_tokens) == (7, 6)


@pytest.mark.parametrize(
    ("act", "trouble"),
    [
        (hangs(), Trouble.SLOW),
        (begins_late(0.7, "Too late."), Trouble.SLOW),
        (hangs(after="Well, "), Trouble.SLOW),
        (says("a b c d e f g h i j k l m n", pause=0.2), Trouble.SLOW),
        (answers(429), Trouble.LIMITED),
        (answers(500), Trouble.UNREACHABLE),
        (answers(503), Trouble.UNREACHABLE),
        (answers(401), Trouble.REFUSED),
        (answers(404), Trouble.REFUSED),
        (answers(400), Trouble.REFUSED),
        (breaks_off("I was going to say"), Trouble.GARBLED),
        (sends(b"\x00\xff\xfe nothing at all"), Trouble.GARBLED),
        (sends(b"data: {not json\n\n"), Trouble.GARBLED),
        (sends(b"<html>A proxy's page</html>", kind="text/html"), Trouble.GARBLED),
        (sends(b'data: {"choices": "none"}\n\n'), Trouble.GARBLED),
        (sends(b""), Trouble.GARBLED),
    ],
)
def test_every_trouble_has_its_word(model: ScriptedModel, act: Act, trouble: Trouble) -> None:
    model.plays(act)
    answer, _ = heard_of(SHORT if trouble is Trouble.SLOW else LONG)
    assert answer.trouble == trouble
    assert answer.milliseconds < 5000


def test_an_answer_without_its_end_is_garbled(model: ScriptedModel) -> None:
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    chunk["choices"] = [{"index": 0, "delta": {"content": "And then"}, "finish_reason": None}]  # type: ignore[assignment]
    model.plays(sends(b"data: " + json.dumps(chunk).encode() + b"\n\n"))
    answer, _ = heard_of()
    assert (answer.trouble, answer.text) == (Trouble.GARBLED, "And then")


def test_nobody_there(model: ScriptedModel) -> None:
    model.kill()
    answer, _ = heard_of()
    assert answer.trouble is Trouble.UNREACHABLE
    assert answer.input_tokens == 0


@pytest.mark.parametrize("first", [answers(429), answers(500), answers(429, Retry_After="0")])
def test_one_retry(model: ScriptedModel, first: Act) -> None:
    model.plays(first, says("Here I am."))
    answer, _ = heard_of()
    assert (answer.text, answer.trouble) == ("Here I am.", None)
    model.plays(first)
    assert heard_of()[0].trouble in (Trouble.LIMITED, Trouble.UNREACHABLE)
    assert len(model.stages) == 4


def test_a_retry_waits_as_long_as_it_is_asked_to(model: ScriptedModel) -> None:
    model.plays(answers(429, Retry_After="1"), says("Here I am."))
    answer, _ = heard_of()
    assert answer.text == "Here I am."
    assert answer.milliseconds >= 1000


def test_no_retry_that_would_come_too_late(model: ScriptedModel) -> None:
    model.plays(answers(429, Retry_After="30"), says("Here I am."))
    answer, _ = heard_of(Patience(first_word=5, whole=10))
    assert answer.trouble is Trouble.LIMITED
    assert answer.milliseconds < 5000
    assert len(model.stages) == 1


def test_no_retry_of_what_was_refused(model: ScriptedModel) -> None:
    model.plays(answers(401))
    heard_of()
    assert len(model.stages) == 1


def test_a_long_answer_is_not_read_to_its_end(model: ScriptedModel) -> None:
    # Paced, since the buffers of a socket hold megabytes that nobody has read.
    model.plays(says("endlessly-long-words " * 10_000, pause=0.001))
    answer, _ = heard_of()
    assert (len(answer.text), answer.trouble) == (LONGEST_ANSWER, Trouble.GARBLED)
    time.sleep(0.3)
    assert model.stages[0].sent < 250_000
    assert len(model.stages) == 1


@pytest.mark.parametrize("data", [b"data: " + b"x" * 2_000_000, b"x" * 2_000_000, b"\n" * 9_000_000])
def test_a_line_without_end_is_not_read_to_its_end(model: ScriptedModel, data: bytes) -> None:
    model.plays(sends(data))
    answer, _ = heard_of()
    assert answer.trouble is Trouble.GARBLED
    assert answer.text == ""
    assert len(model.stages) == 1


def test_whoever_has_heard_enough_stops(model: ScriptedModel) -> None:
    model.plays(says("One. Two. Three. " * 400, pause=0.01))
    answer = ask(QUESTION, hear=lambda text: "Two." not in text, patience=LONG)
    assert answer.stopped
    assert answer.outcome == "stopped"
    assert answer.text == "One. Two. "
    assert answer.output_tokens == 3


def test_a_fault_of_the_listener_is_not_hidden(model: ScriptedModel) -> None:
    def hear(text: str) -> bool:
        raise LookupError(text)

    with pytest.raises(LookupError):
        ask(QUESTION, hear=hear, patience=LONG)
