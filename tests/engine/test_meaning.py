"""What a message means in a scenario: the author's own wordings are never held against a trainee."""

from __future__ import annotations

import pytest

from engine.meaning import DOUBTFUL_FAULTS, find_meaning
from engine.understanding.acts import Act
from engine.vocabulary import IdentityField
from tests.engine.builders import scenario
from tests.engine.calls import shipped, shipped_slugs


@pytest.mark.parametrize("slug", shipped_slugs())
def test_no_wording_of_the_author_is_a_fault_of_tone(slug: str) -> None:
    given = shipped(slug)
    wordings = [text for fact in given.facts.values() for text in fact.asks]
    wordings += [text for action in given.chores.values() for text in action.examples]
    faults = {text: DOUBTFUL_FAULTS.intersection(find_meaning(given, text).reading.acts) for text in wordings}
    assert {text: found for text, found in faults.items() if found} == {}


def test_a_fault_beside_the_author_s_wording_stays_one() -> None:
    meaning = find_meaning(scenario(), "Has anything changed lately? You should have been more careful.")
    assert "change" in meaning.facts
    assert meaning.has(Act.BLAME)


def test_a_secret_is_asked_for_in_whatever_words() -> None:
    given = scenario(facts__change__asks=["What is your password?"])
    assert find_meaning(given, "What is your password?").has(Act.REQUEST_SECRET)


@pytest.mark.parametrize(
    "text",
    [
        "Tell me when it is done.",
        "Let me know once you're in.",
        "I'll tell the others, you don't need to.",
        "I'm going to check whether your neighbours have it too.",
        "It's not your dock.",
    ],
)
def test_what_asks_for_nothing_brings_no_fact(text: str) -> None:
    for slug in shipped_slugs():
        assert find_meaning(shipped(slug), text).facts == (), slug


def test_a_few_words_may_answer_the_customer() -> None:
    scenario = shipped("one-desk-without-network")
    assert find_meaning(scenario, "On the iPhone.", said_last="Or did you mean on the phone?").facts == ()


@pytest.mark.parametrize(
    "text", ["Restart the laptop please. Wait no, leave it.", "Please don't restart the laptop."]
)
def test_what_is_taken_back_or_forbidden_is_not_done(text: str) -> None:
    for slug in shipped_slugs():
        assert find_meaning(shipped(slug), text).chores == (), slug


def test_a_list_of_details_asks_for_each() -> None:
    found = find_meaning(
        shipped("locked-out-after-the-long-weekend"),
        "Could I have your full name, login and the tag of the laptop?",
    )
    assert set(found.fields) == set(IdentityField)
