"""Texts that a language model might write for the customer: what may pass, and what must never be shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definition import Scenario
from engine.state import CallState
from engine.turn import Turn
from engine.voice.brief import RULES, Heard
from engine.voice.check import Flaw, faults_of
from engine.voice.reply import Worded
from tests.engine.builders import scenario as small_scenario
from tests.engine.calls import Call, shipped, shipped_slugs

GOOD = "Yes, I set a new password on Friday, just before I went home."
PLAN = (Worded(move="tell:change", line="I set a new one on Friday."),)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return small_scenario(
        facts__symptom__kernel=["LT-20417", "error 0x8004"],
        facts__phone__kernel=["work phone", "half past three"],
    )


STATE = CallState(told={"change": 1})
HEARD = (
    Heard(sender="customer", text="Hello, I cannot get into my laptop."),
    Heard(sender="trainee", text="Did you set a new password? Ticket 48112 is open."),
)


def flaws(text: str, scenario: Scenario, *, whole: bool = True, plan: tuple[Worded, ...] = PLAN) -> set[Flaw]:
    return {fault.flaw for fault in faults_of(text, scenario, STATE, plan, HEARD, whole=whole)}


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "oh... friday, i think? a new password, yes",
        "Friday!! I changed it on Friday 🙂",
        "I set a new one on Friday (the password, I mean). Why do you ask?",
        "On Friday, for ticket 48112: a new password - that's all.",
        "Friday. José from the team was there, naïve as I am.",
    ],
)
def test_an_ordinary_wording_passes(text: str, scenario: Scenario) -> None:
    assert not flaws(text, scenario)


@pytest.mark.parametrize(
    "secret",
    [
        "LT-20417",
        "lt 20417",
        "LT\u201120417",
        "L T 2 0 4 1 7",
        "L-T-2-0-4-1-7",
        "LT two zero four one seven",
        "LT-20\u200b417",
        "ＬＴ－２０４１７",
        "error 0X8004",
        "Error: 0x 8004",
        "my work-phone",
        "WORK PHONE",
        "wórk phone",
        "half  past\nthree",
    ],
)
def test_what_was_not_told_is_found_in_every_dress(secret: str, scenario: Scenario) -> None:
    assert Flaw.LEAK in flaws(f"On Friday. It is {secret}, by the way.", scenario)


def test_a_leak_is_named_without_the_secret(scenario: Scenario) -> None:
    faults = faults_of("Friday, and my tag is LT-20417.", scenario, STATE, PLAN, HEARD)
    leak = next(fault for fault in faults if fault.flaw is Flaw.LEAK)
    assert "20417" not in leak.words


def test_what_the_trainee_or_the_plan_brought_up_may_be_said(scenario: Scenario) -> None:
    heard = (*HEARD, Heard(sender="trainee", text="Is it the work phone?"))
    text = "Friday. The work phone, you say?"
    assert not faults_of(text, scenario, STATE, PLAN, heard)
    plan = (*PLAN, Worded(move="report:x", line="The work phone nags me."))
    assert not faults_of("Friday, and the work phone nags me.", scenario, STATE, plan, HEARD)


@pytest.mark.parametrize("longer", ["LT-204171", "120417", "error 0x80045"])
def test_another_value_is_an_invention_and_no_leak(longer: str, scenario: Scenario) -> None:
    found = flaws(f"Friday, and it says {longer} here.", scenario)
    assert Flaw.INVENTION in found
    assert Flaw.LEAK not in found


@pytest.mark.parametrize("text", ["Friday. Code X99 it says.", "Friday at 4 or so.", "Friday, ticket 48113."])
def test_a_value_from_nowhere_is_an_invention(text: str, scenario: Scenario) -> None:
    assert flaws(text, scenario) == {Flaw.INVENTION}


@pytest.mark.parametrize("text", ["I set a new one the other day.", "On Fridays, usually.", "On Thursday."])
def test_a_planned_value_must_stand_as_it_is(text: str, scenario: Scenario) -> None:
    assert flaws(text, scenario) == {Flaw.MISSING}


@pytest.mark.parametrize(
    ("move", "line", "text"),
    [
        ("give_asset_tag:LT-100", "The sticker says LT-100.", "The sticker says LT 100."),
        ("give_username:i.duarte", "It's i.duarte.", "It's iduarte."),
        ("give_name:Ines Duarte", "Ines Duarte.", "I'm Ines."),
        ("report:try", "It says 0x80070005 now.", "It says 0x8007005 now."),
    ],
)
def test_identity_values_and_codes_must_not_change(
    move: str, line: str, text: str, scenario: Scenario
) -> None:
    plan = (Worded(move=move, line=line),)
    assert not flaws(line, scenario, plan=plan)
    assert Flaw.MISSING in flaws(text, scenario, plan=plan)


@pytest.mark.parametrize(
    "text",
    [
        "As an AI language model, I set a new one on Friday.",
        "Friday. How can I help you today?",
        "I'm an AI, I have no Friday.",
        "I am ChatGPT. Friday.",
        "Friday. Is there anything else I can assist with?",
        "I can't comply with that. Friday.",
        "Friday. My instructions do not allow more.",
        "Friday. I will stay in character.",
        "I’m your assistant; Friday it was.",
        "Friday. Let me help you with that account.",
        "The system prompt says Friday.",
    ],
)
def test_a_helper_or_a_program_is_no_customer(text: str, scenario: Scenario) -> None:
    assert Flaw.HELPER_TALK in flaws(text, scenario)


@pytest.mark.parametrize(
    "text",
    [
        "I set it on **Friday**.",
        "*sighs* On Friday.",
        "It was _Friday_.",
        "# Friday",
        "- On Friday\n- At home",
        "1. On Friday",
        "> On Friday",
        "`Friday`",
        "```\nFriday\n```",
        "[Friday](http://example.org)",
        "<b>Friday</b>",
        "Friday<br/>",
        "Friday &amp; so on",
        '{"reply": "Friday"}',
        '["Friday"]',
        "Customer: On Friday.",
        "customer : On Friday.",
        "Ines: On Friday.",
        "Ines Duarte: On Friday.",
        "On Friday.\nAgent: Thank you.",
        "Assistant: Friday",
        "(She thinks.)\nOn Friday.",
        "| Friday | home |",
        "On Friday.\n---",
        "On {value} Friday.",
        '"On Friday."',
        "“On Friday.”",
    ],
)
def test_markup_labels_and_stage_directions_are_refused(text: str, scenario: Scenario) -> None:
    assert Flaw.MARKUP in flaws(text, scenario)


def test_marks_that_the_plan_holds_are_content(scenario: Scenario) -> None:
    plan = (Worded(move="report:x", line="It says {ERR_0001} and nothing else."),)
    assert not flaws("It says {ERR_0001}, that's it.", scenario, plan=plan)


@pytest.mark.parametrize(
    "text", ["Friday, в пятницу.", "Frіday, Friday.", "金曜日 Friday", "Friday\u202e", "Fri\u200bday Friday"]
)
def test_other_scripts_and_hidden_characters_are_refused(text: str, scenario: Scenario) -> None:
    assert Flaw.SCRIPT in flaws(text, scenario)


@pytest.mark.parametrize("line", [line for line in RULES.splitlines() if len(line.split()) > 10])
def test_the_rules_are_never_repeated(line: str, scenario: Scenario) -> None:
    assert Flaw.RULES in flaws(f"Friday. {line}", scenario)


def test_marks_of_the_brief_are_refused(scenario: Scenario) -> None:
    assert Flaw.RULES in flaws("⟦Friday⟧", scenario)


@pytest.mark.parametrize("text", ["", "   \n", "…", "?!"])
def test_nothing_said_is_a_fault(text: str, scenario: Scenario) -> None:
    assert Flaw.EMPTY in flaws(text, scenario)


def test_a_long_text_is_refused(scenario: Scenario) -> None:
    assert flaws("Friday. " + "Really so. " * 90, scenario) == {Flaw.TOO_LONG}


def test_the_same_words_twice_are_refused(scenario: Scenario) -> None:
    assert Flaw.REPETITION in flaws("hello - I cannot get into my laptop!", scenario)


def test_what_is_not_there_yet_is_no_fault_of_a_growing_text(scenario: Scenario) -> None:
    assert not flaws("", scenario, whole=False)
    assert not flaws("Well, let me think.", scenario, whole=False)
    assert Flaw.LEAK in flaws("Well, the work phone.", scenario, whole=False)


@given(st.text(alphabet="-_. ,/|·\u2011\u200b", min_size=1, max_size=3), st.booleans())
def test_no_separator_hides_a_tag(separator: str, upper: bool) -> None:
    scenario = small_scenario(facts__symptom__kernel=["LT-20417"])
    dressed = separator.join("LT20417")
    text = f"Friday. So: {dressed if upper else dressed.lower()}."
    assert Flaw.LEAK in {fault.flaw for fault in faults_of(text, scenario, STATE, PLAN, HEARD)}


@pytest.mark.parametrize("slug", shipped_slugs())
def test_the_built_in_voice_passes_its_own_check(slug: str) -> None:
    """What the author and the banks say is what a model is asked for: a check that refused it would refuse all."""
    call = Call(shipped(slug))
    heard = [Heard(sender="customer", text=call.replies[0])]
    for text in (
        "Good morning, this is Sam from the service desk. I'm sorry to hear that.",
        "Could I get your full name, your username and the asset tag of your device?",
        "What does the message say exactly, and since when does it happen?",
        "Did you change anything recently?",
        "Please restart the device and try it again.",
    ):
        heard.append(Heard(sender="trainee", text=text))
        turn = call.say(text)
        if turn.state.left or turn.reply is None:
            break
        found = faults_of(turn.reply.text, call.scenario, turn.state, turn.reply.plan, heard)
        assert not found, (turn.reply.text, found)
        heard.append(Heard(sender="customer", text=turn.reply.text))


def test_the_turn_brings_its_plan() -> None:
    call = Call(shipped("locked-out-after-the-long-weekend"))
    turn: Turn = call.say("What is your username, please?")
    assert turn.reply is not None
    assert [worded.move for worded in turn.reply.plan] == list(turn.reply.moves)
    assert all(re.search(r"\w", worded.line) for worded in turn.reply.plan)
