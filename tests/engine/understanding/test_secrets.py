"""Asking about a password is no fault; asking for it is. The difference can fail a trainee, so it has its own test."""

import pytest

from engine.understanding import read_message
from engine.understanding.acts import Act


@pytest.mark.parametrize(
    "text",
    [
        "How many times did you type your password?",
        "Do you know your password?",
        "Which password did you use, the old or the new one?",
        "Are you sure you are using the right password?",
        "is caps lock on when you type your password?",
        "can you try your old password?",
        "When did you last change your password?",
        "does your phone still use the old password?",
        "please update the password on your phone",
        "Enter your new password in the mail app.",
        "Please don't tell me your password.",
        "I will never ask for your password",
    ],
)
def test_a_question_about_a_secret_is_no_fault(text: str) -> None:
    assert not read_message(text).has(Act.REQUEST_SECRET)


@pytest.mark.parametrize(
    "text",
    [
        "what's your password?",
        "pls send ur pw so i can check",
        "I need your password to log in as you",
        "read me the six digits from your authenticator app",
        "Which password did you type in?",
        "whats the pin for your laptop",
        "Do you mind telling me your password?",
        "Can you tell me the code that you just received?",
        "is it ok if you give me your password here?",
    ],
)
def test_asking_for_a_secret_is(text: str) -> None:
    assert read_message(text).has(Act.REQUEST_SECRET)


@pytest.mark.parametrize(
    "text",
    [
        "I can give you a temporary pass",
        "I'll send you a new password by text.",
        "Would a temporary access pass do for today?",
        "I've set a new password for you, it went to your manager.",
    ],
)
def test_to_offer_a_pass_gives_no_secret_away(text: str) -> None:
    assert not read_message(text).has(Act.DISCLOSE_SECRET)


@pytest.mark.parametrize(
    "text", ["Your new password is Winter2026!", "I've set it to Harbour#44", "use the code 118 204"]
)
def test_to_say_it_does(text: str) -> None:
    assert read_message(text).has(Act.DISCLOSE_SECRET)
