"""A call can be played from a script, to the same end each time."""

import datetime as dt

import pytest

from engine.events import ArticleClosed
from engine.vocabulary import Ending, Outcome
from scenarios.playing import SCRIPT_START, BadStepError, Call, Clock, Played, play_script
from tests.scenarios.examples import example

GOOD_CALL = """\
Hi, this is Sam from the service desk. What exactly do you see?
May I have your full name, your username and the asset tag of the laptop?
The tag is on the underside. Turn it over and read the label at the bottom.
/lookup person:lena
/mark name matches
/mark username matches
/mark asset_tag matches
Has anything changed since yesterday?
/search no signal
/open no_signal
Please push the cable of the second screen firmly into the dock.
Do you have a picture on both screens now?
/cite no_signal
/note Second screen dark: the cable came out, it was loose at the dock. Cable pushed in, works.
/end resolved The cable is seated again
"""


def play(*lines: str, seed: int = 0) -> list[tuple[Played, Call]]:
    return list(play_script(example().definition, lines, seed=seed))


def last(*lines: str) -> tuple[Played, Call]:
    return play(*lines)[-1]


def test_a_good_call_is_scored() -> None:
    played, call = last(*GOOD_CALL.splitlines())
    assert played.card is not None
    assert played.card == call.card
    assert played.card.passed
    assert played.card.overall > 80
    results = {each.criterion: each.result for each in played.card.criteria}
    assert results["solved"] == results["marked_identity"] == results["read_article"] == "met"


def test_the_same_script_gives_the_same_call() -> None:
    one, other = (play(*GOOD_CALL.splitlines(), seed=7) for _ in range(2))
    assert [played for played, _ in one] == [played for played, _ in other]


def test_time_passes_by_steps_and_typing_alone() -> None:
    _, call = last("Hello?", "/wait 300")
    assert isinstance(call.now, Clock)
    assert call.now() - SCRIPT_START > dt.timedelta(seconds=330)
    assert call.state.wondered


def test_reading_an_article_ends_with_the_next() -> None:
    played, _ = last("/open no_signal", "/open buy_new")
    (closed,) = [event for event in played.events if isinstance(event, ArticleClosed)]
    assert (closed.article, closed.seconds) == ("no_signal", 15.0)


def test_a_refused_step_changes_nothing_and_says_why() -> None:
    played, call = last("/mark name matches")
    assert played.error is not None
    assert played.error.code == "not_answered"
    assert call.state.marks == {}
    played, call = last("/end resolved done")
    assert played.error is not None
    assert played.error.code == "verification_required"
    assert call.card is None


def test_the_desks_rule_can_be_forced() -> None:
    played, call = last("/tool update_dock")
    assert "rule" in played.shown
    assert call.state.values["dock.firmware"] == "old"
    played, call = last("/tool update_dock force")
    assert call.state.values["dock.firmware"] == "new"


def test_after_the_end_nothing_more_happens() -> None:
    played, _ = last("/end refused no", "Hello?")
    assert played.error is not None
    assert played.error.code == "call_over"


def test_an_escalation_names_its_team() -> None:
    _, call = last("Hello", "/end escalated team: network operations, the dock is broken")
    assert call.card is not None
    record = call._record(Ending.ESCALATED, None, "")
    ended = record.events[-1].event
    assert ended.model_dump(include={"team", "reason"}) == {
        "team": "Network Operations",
        "reason": "the dock is broken",
    }


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/dance", "there is no step /dance; use one of /mark, /tool"),
        ("/mark", "`/mark` takes one of name, username, asset_tag"),
        ("/mark name perhaps", "`/mark` takes"),
        ("/tool", "`/tool` takes one of call_back, update_dock"),
        ("/tool update_dock now", "`/tool` takes"),
        ("/lookup", "`/lookup` takes one of person:lena"),
        ("/note", "`/note` takes"),
        ("/wait", "`/wait` takes"),
        ("/wait -1", "`/wait` takes"),
        ("/wait 999999", "`/wait` takes"),
        ("/end", "`/end` takes one of resolved, escalated, refused"),
        ("/end later", "`/end` takes"),
        ("/end escalated team: Astronauts", "`team:` takes one of: Identity and Access"),
        ("x" * 4001, "a step is text of 1 to 4,000 characters"),
        ("a\x00b", "a step is text"),
    ],
)
def test_what_is_no_step_is_named_with_its_line(line: str, message: str) -> None:
    with pytest.raises(BadStepError) as raised:
        play("Hello", "", line)
    assert str(raised.value).startswith(f"line 3: {message}")


@pytest.mark.parametrize("line", ["/tool dance", "/lookup person:nobody", "/open nowhere", "/cite nowhere"])
def test_unknown_names_are_refused_by_the_desk(line: str) -> None:
    played, _ = last(line)
    assert played.error is not None
    assert played.error.code in ("unknown_tool", "bad_arguments")


def test_marks_and_notes_are_kept() -> None:
    _, call = last("What is your full name?", "/mark name mismatch", "/note One", "/note Two")
    assert call.state.marks == {"name": Outcome.MISMATCH}
    assert call.note == "One\nTwo"
