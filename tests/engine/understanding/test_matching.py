"""An author's items, met in other wordings."""

import pytest

from engine.understanding.matching import Matcher

FACTS = {
    "password_changed": [
        "Have you changed your password recently?",
        "Did you set a new password?",
        "When did you last change your password?",
    ],
    "caps_lock": ["Is the caps lock on?", "Are you typing in capitals?", "Check the caps lock light"],
    "new_phone": ["Do you have a new phone?", "Did you change your mobile?", "Which phone gets the code?"],
    "error": ["What does the error say?", "Can you read me the message?", "Is there an error code?"],
    "others": ["Is anyone else affected?", "Is it just you?", "Do your colleagues have the same problem?"],
}
ACTIONS = {
    "restart": ["restart the laptop", "reboot your computer", "turn it off and on again"],
    "unplug": ["unplug the dock", "disconnect the docking station", "pull the dock's cable out"],
    "plug": ["plug the dock back in", "reconnect the dock", "connect the docking station again"],
    "clear_cache": ["clear the browser cache", "delete your cookies", "clear your browsing data"],
    "phone_password": ["remove the saved password on the phone", "update the password on your mobile"],
    "sign_in": ["sign in again", "try to log in now", "log in with the new password"],
}


@pytest.fixture(scope="module")
def facts() -> Matcher:
    return Matcher(FACTS, ease=1.6)


@pytest.fixture(scope="module")
def actions() -> Matcher:
    return Matcher(ACTIONS)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("password_changed", "did u change ur pw lately"),
        ("password_changed", "Has your password been reset in the last few days?"),
        ("password_changed", "have you had to renew your passcode recently"),
        ("password_changed", "when was your password last changed"),
        ("caps_lock", "could your caps lock be on by accident?"),
        ("caps_lock", "is capslock turned on"),
        ("caps_lock", "do you see the capslock light on the keyboard"),
        ("caps_lock", "are you writing in all caps"),
        ("new_phone", "have you switched phones"),
        ("new_phone", "on which mobile do you receive the code"),
        ("error", "whats the exact error message"),
        ("error", "can u read out what the warning says"),
        ("others", "does anybody else have this issue"),
        ("others", "are your coworkers seeing the same thing?"),
        ("others", "only you or the whole team"),
    ],
)
def test_a_question_is_met_in_other_words(facts: Matcher, item: str, sentence: str) -> None:
    best, score = facts.best(sentence, None)[0]
    assert best == item
    assert score >= 0.5


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("restart", "pls reboot ur machine"),
        ("restart", "could you restart your computer for me?"),
        ("restart", "turn the laptop off and on again"),
        ("restart", "switch the pc off and back on"),
        ("restart", "give it a reboot"),
        ("unplug", "can you disconnect your dock please"),
        ("unplug", "pull the cable out of the docking station"),
        ("plug", "now plug the docking station in again"),
        ("plug", "reconnect it to the dock"),
        ("clear_cache", "empty your browser's cache"),
        ("clear_cache", "can you clear cookies and cache in chrome"),
        ("phone_password", "change the saved password on your phone"),
        ("phone_password", "delete the old password from your mobile's mail app"),
        ("sign_in", "try signing in once more"),
        ("sign_in", "log back in please"),
    ],
)
def test_an_instruction_is_met_in_other_words(actions: Matcher, item: str, sentence: str) -> None:
    best, score = actions.best(sentence, None)[0]
    assert best == item
    assert score >= 0.5


@pytest.mark.parametrize(
    "sentence",
    [
        "What's your full name?",
        "How long will it take?",
        "Thanks for waiting",
        "Can I take your asset tag?",
        "Which version of Word do you have?",
        "please open the settings app",
        "the weather is lovely today",
        "is the printer on",
        "ok",
        "",
        "Anything else I can help with?",
    ],
)
def test_what_is_unrelated_stays_far_below_a_match(facts: Matcher, actions: Matcher, sentence: str) -> None:
    for matcher in (facts, actions):
        assert all(score < 0.3 for _, score in matcher.best(sentence, None))


def test_the_opposite_is_no_match(actions: Matcher) -> None:
    assert dict(actions.best("plug in the dock")).get("unplug", 0.0) < 0.3
    assert dict(actions.best("unplug the dock")).get("plug", 0.0) < 0.3


def test_only_allowed_items_are_offered(actions: Matcher) -> None:
    assert {item for item, _ in actions.best("restart the laptop", {"unplug", "plug"})} <= {"unplug", "plug"}


def test_an_authors_own_wording_is_certain(facts: Matcher, actions: Matcher) -> None:
    for matcher, items in ((facts, FACTS), (actions, ACTIONS)):
        for item, wordings in items.items():
            for wording in wordings:
                assert matcher.best(wording)[0] == (item, 1.0)


def test_an_item_without_wordings_never_matches() -> None:
    assert Matcher({"silent": []}).best("restart the laptop") == []
    assert Matcher({}).best("restart the laptop") == []
