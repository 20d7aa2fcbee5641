"""Run validity: the customer's faults void a run, a trainee's tricks do not."""

from __future__ import annotations

import pytest

from engine.audit import Fault, audit, says
from engine.events import CustomerLeft, IdentityGiven
from engine.record import SaidMessage
from engine.understanding.acts import Act
from engine.vocabulary import IdentityField
from tests.engine.builders import START, Talk, scenario

SCENARIO = scenario()


def call() -> Talk:
    return Talk(SCENARIO).customer("Hello, I cannot get in.")


def reasons(talk: Talk, at: float | None = None) -> tuple[str, ...]:
    return tuple(finding.reason for finding in audit(talk.scenario, talk.ended(at=at)))


def test_a_sound_call_is_valid() -> None:
    talk = (
        call().trainee("Anything new?", Act.ASK_RECENT_CHANGE).told("change").customer("A new one on Friday.")
    )
    assert reasons(talk.trainee("Thanks.", Act.THANK).customer("You're welcome, really.")) == ()


class TestLeaks:
    def test_a_kernel_before_its_fact(self) -> None:
        talk = call().trainee("Hello.", Act.GREET).customer("It's about the thing on friday, you know.")
        talk.trainee("Anything new?", Act.ASK_RECENT_CHANGE).told("change").customer("A new one on Friday.")
        assert reasons(talk) == ("The customer gave away “Friday” (The new password) before telling it.",)

    def test_a_kernel_without_its_fact(self) -> None:
        assert reasons(call().trainee("Hello.").customer("Since FRIDAY, yes."))

    def test_only_as_a_word_of_its_own(self) -> None:
        assert reasons(call().trainee("Hello.").customer("Casualfriday is a word.")) == ()

    @pytest.mark.parametrize("reply_first", [True, False])
    def test_the_turn_that_tells_it_is_not_before_it(self, reply_first: bool) -> None:
        talk = call().trainee("Anything new?", Act.ASK_RECENT_CHANGE)
        steps = [lambda: talk.told("change"), lambda: talk.customer("A new one on Friday.")]
        for step in reversed(steps) if reply_first else steps:
            step()
        assert reasons(talk) == ()

    def test_told_at_the_opening(self) -> None:
        talk = Talk(SCENARIO).told("change", asked=False).customer("I changed it on Friday.")
        assert reasons(talk) == ()

    def test_what_the_trainee_said_first_is_no_secret(self) -> None:
        assert reasons(call().trainee("Was it on Friday?").customer("Friday, hm, maybe.")) == ()

    def test_what_an_instruction_brings_to_light_is_earned(self) -> None:
        reports = [{"says": ["It says Friday here.", "Friday, it says."]}]
        shows = scenario(actions__try_sign_in__reports=reports)
        told = Talk(shows).customer("Hello.").trainee("Try it now.", Act.INSTRUCT).took("try_sign_in")
        assert reasons(told.customer("It says Friday here.")) == ()
        untold = Talk(shows).customer("Hello.").trainee("Hello.").customer("It says Friday here.")
        assert reasons(untold)


class TestRepetition:
    def test_the_same_line_twice(self) -> None:
        talk = (
            call()
            .trainee("What?")
            .customer("I already said so.")
            .trainee("And?")
            .customer("I already said so!")
        )
        assert reasons(talk) == ("The customer said the same thing twice: “I already said so!”",)

    def test_one_word_may_come_again(self) -> None:
        assert reasons(call().trainee("Ok?").customer("Yes.").trainee("Sure?").customer("Yes.")) == ()

    def test_a_trainee_who_repeats_themselves_cannot_void_the_run(self) -> None:
        talk = (
            call()
            .trainee("Your name?")
            .customer("That is Ines Duarte.")
            .trainee("your name")
            .customer("That is Ines Duarte.")
        )
        assert reasons(talk) == ()

    def test_nor_one_who_asks_the_same_a_third_time(self) -> None:
        talk = call()
        for question in ("What happens?", "What do you see?", "What is it doing?"):
            talk.trainee(question, Act.ASK_SYMPTOM, asked=("symptom",)).customer("It throws me out.")
        assert len(reasons(talk)) == 1

    def test_nor_one_who_writes_nonsense(self) -> None:
        talk = call()
        for text in ("asdf", "qwer", "yxcv"):
            talk.trainee(text, followed=False).customer(f"I don't follow {text}.")
        talk.trainee("hjkl", followed=False).customer("I don't follow asdf.")
        assert reasons(talk) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "A reply of the customer was empty."),
        ("  \n", "A reply of the customer was empty."),
        (
            "My tag is {value}.",
            "A reply of the customer held a placeholder instead of a word: “My tag is {value}.”",
        ),
        (
            "It is }} broken",
            "A reply of the customer held a placeholder instead of a word: “It is }} broken”",
        ),
        ("As an AI, I have no laptop.", "The customer spoke like an assistant: “As an AI”"),
        (
            "Hello! How can I assist you today?",
            "The customer spoke like an assistant: “How can I assist you”",
        ),
        ("I'm here to help.", "The customer spoke like an assistant: “I'm here to help”"),
    ],
)
def test_broken_texts(text: str, reason: str) -> None:
    assert reasons(call().trainee("Hello.").customer(text)) == (reason,)


@pytest.mark.parametrize(
    "text", ["Can you help me?", "Will you assist me or not?", "My AI course starts at nine."]
)
def test_a_customer_may_ask_for_help(text: str) -> None:
    assert reasons(call().trainee("Hello.").customer(text)) == ()


def test_braces_of_the_author_are_no_placeholder() -> None:
    code = scenario(facts__symptom__says=["It says {7F-11} and stops.", "{7F-11}, that is all."])
    talk = (
        Talk(code).customer("Hello.").trainee("What?").told("symptom").customer("It says {7F-11} and stops.")
    )
    assert reasons(talk) == ()


class TestUnanswered:
    def test_between_two_messages(self) -> None:
        talk = call().trainee("One.").trainee("Two.").customer("Yes to both.")
        assert reasons(talk) == ("Your message 1 got no reply.",)

    def test_the_last_one_if_there_was_time(self) -> None:
        assert reasons(call().trainee("Hello?", at=50), at=120) == ("Your message 1 got no reply.",)

    def test_not_if_the_session_was_ended_at_once(self) -> None:
        assert reasons(call().trainee("Bye.", at=50), at=60) == ()

    def test_an_instructor_may_answer(self) -> None:
        talk = call().trainee("Hello?", at=50)
        talk.messages.append(SaidMessage(id="i1", seq=99, sender="instructor", text="I take over.", at=START))
        assert reasons(talk, at=120) == ()

    def test_a_customer_who_has_left_answers_nothing(self) -> None:
        talk = call().trainee("Your fault.", Act.BLAME).event(CustomerLeft(why="out_of_patience"))
        assert reasons(talk.customer("I am leaving.").trainee("Wait!", at=40), at=200) == ()


class TestContradictions:
    def given(self, talk: Talk, *values: str) -> Talk:
        for value in values:
            talk.trainee(f"Your tag, please, for {len(talk.messages)}?", Act.ASK_ASSET_TAG)
            talk.event(IdentityGiven(field=IdentityField.ASSET_TAG, value=value))
            talk.customer(f"It is {value}, answer {len(talk.messages)}.")
        return talk

    def test_two_values_for_one_detail(self) -> None:
        reason, _invented = reasons(self.given(call(), "LT-100", "LT-999"))
        assert reason.startswith("The customer contradicted themselves on the asset tag")

    def test_the_same_value_in_another_spelling(self) -> None:
        assert reasons(self.given(call(), "LT-100", "lt 100")) == ()

    def test_the_author_s_slip_is_put_right(self) -> None:
        slips = scenario(caller__answers={"asset_tag": {"slip": "LT-001"}})
        assert reasons(self.given(Talk(slips).customer("Hello."), "LT-001", "LT-100")) == ()
        assert reasons(self.given(Talk(slips).customer("Hello."), "LT-001", "LT-100", "LT-222"))

    def test_agreeing_with_what_was_read_out_is_no_contradiction(self) -> None:
        talk = call().trainee("You are on LT-555, right?", Act.DISCLOSE_RECORD)
        talk.event(IdentityGiven(field=IdentityField.ASSET_TAG, value="LT-555")).customer("Yes, that one.")
        assert reasons(self.given(talk, "LT-100")) == ()


@pytest.mark.parametrize(
    ("text", "kernel", "found"),
    [("on FRIDAY.", "Friday", True), ("0x80070005!", "0x80070005", True), ("at 11:20", "11", True),
     ("at 1120", "11", False), ("c++ (old)", "(old)", True), ("", "x", False)],
)  # fmt: skip
def test_says(text: str, kernel: str, found: bool) -> None:
    assert says(text, kernel) is found


class TestInvention:
    def test_a_tag_that_exists_nowhere(self) -> None:
        talk = call().trainee("Hello.").customer("The sticker says LT-98765.")
        (finding,) = audit(talk.scenario, talk.ended())
        assert finding.fault is Fault.HALLUCINATED_FACT
        assert "LT-98765" in finding.reason

    def test_what_the_trainee_named_may_be_repeated(self) -> None:
        assert reasons(call().trainee("Is it LT-98765?").customer("LT-98765? No.")) == ()

    @pytest.mark.parametrize(
        "text", ["In 5 minutes, at 10.", "Two of us, room 12.", "My username is i.duarte."]
    )
    def test_plain_numbers_and_known_values_are_none(self, text: str) -> None:
        assert reasons(call().trainee("Hello.").customer(text)) == ()


class TestLeaving:
    def test_nobody_walks_out_of_a_friendly_call(self) -> None:
        talk = call().trainee("Hello.", Act.GREET).event(CustomerLeft(why="out_of_patience"))
        assert {finding.fault for finding in audit(talk.scenario, talk.ended())} >= {Fault.ENDED_TOO_SOON}

    def test_who_was_insulted_may(self) -> None:
        talk = call().trainee("You fool.", Act.BLAME).event(CustomerLeft(why="out_of_patience"))
        assert Fault.ENDED_TOO_SOON not in {finding.fault for finding in audit(talk.scenario, talk.ended())}

    def test_an_honest_caller_does_not_give_up_like_an_impostor(self) -> None:
        talk = call().trainee("You fool.", Act.BLAME).event(CustomerLeft(why="gave_up"))
        assert Fault.ENDED_TOO_SOON in {finding.fault for finding in audit(talk.scenario, talk.ended())}
