"""The kinds of person read differently: a reader who knows them from some scenarios tells them apart in others."""

from __future__ import annotations

from functools import cache
from random import Random

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from engine.definition import Scenario
from engine.turn import open_call, take_turn
from engine.understanding.store import read_writers
from engine.vocabulary import Archetype
from engine.voice.banks import BANKS
from tests.engine.calls import START, shipped

READ = ("locked-out-after-the-long-weekend", "the-printer-that-prints-nothing", "no-mail-since-this-morning")
UNSEEN = ("vpn-drops-every-ten-minutes", "first-day-no-access")
REPLIES = 5
"""Replies in a row that the reader is shown."""
CALLS = 6


def told(slug: str, archetype: Archetype) -> Scenario:
    """The scenario with another kind of person on the line; the author's own opening stays."""
    scenario = shipped(slug)
    persona = scenario.persona.model_copy(update={"archetype": archetype})
    return scenario.model_copy(update={"persona": persona})


@cache
def small_things() -> tuple[str, ...]:
    """What trainees write about nothing in particular, so that the voice speaks and not the author."""
    wordings = (w for writer in read_writers().values() for w in writer if len(w.acts) == 1)
    wanted = {
        "greet",
        "acknowledge",
        "announce_action",
        "explain",
        "empathize",
        "set_expectation",
        "other",
        "blame",
    }
    wanted |= {"request_hold", "offer_more_help", "ask_satisfaction", "thank", "refuse", "teach", "summarize"}
    return tuple(w.text for w in wordings if {str(act) for act in w.acts} <= wanted)


def excerpts(slug: str, archetype: Archetype) -> list[str]:
    scenario, found = told(slug, archetype), []
    for seed in range(CALLS):
        chance = Random(f"{slug} {seed}")
        turn = open_call(scenario, seed=seed, at=START)
        replies: list[str] = []
        for _ in range(2 * REPLIES):
            if turn.state.left:
                break
            turn = take_turn(scenario, turn.state, chance.choice(small_things()), START)
            replies += [turn.reply.text] if turn.reply else []
        found += [" ".join(replies[i : i + REPLIES]) for i in (0, REPLIES) if len(replies) >= i + REPLIES]
    return found


def gathered(slugs: tuple[str, ...]) -> tuple[list[str], list[str]]:
    texts, kinds = [], []
    for archetype in Archetype:
        for slug in slugs:
            of_one = excerpts(slug, archetype)
            texts += of_one
            kinds += [str(archetype)] * len(of_one)
    return texts, kinds


def test_a_reader_tells_the_archetypes_apart_in_scenarios_they_never_saw() -> None:
    texts, kinds = gathered(READ)
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    reader = LinearSVC().fit(vectorizer.fit_transform(texts), kinds)
    unseen, truth = gathered(UNSEEN)
    guesses = reader.predict(vectorizer.transform(unseen))
    right = sum(guess == kind for guess, kind in zip(guesses, truth, strict=True)) / len(truth)
    print(f"{len(truth)} excerpts of {REPLIES} replies, {len(Archetype)} kinds: {right:.0%} told apart")
    assert right >= 0.85


def groups_of(archetype: Archetype, half: int, chance: Random) -> list[str]:
    """Some of a kind's lines at random, out of one half of its bank."""
    lines = [line for of_kind in BANKS[archetype].values() for line in of_kind[half::2]]
    return [" ".join(chance.sample(lines, REPLIES)) for _ in range(60)]


def test_it_is_the_manner_and_not_the_lines() -> None:
    """Known from one half of their lines, they are told apart by the other half: eight kinds, chance is an eighth."""
    chance = Random(20417)
    known, unseen = ([(a, text) for a in Archetype for text in groups_of(a, half, chance)] for half in (0, 1))
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    reader = LinearSVC().fit(vectorizer.fit_transform(text for _, text in known), [a for a, _ in known])
    guesses = reader.predict(vectorizer.transform(text for _, text in unseen))
    right = sum(guess == kind for guess, (kind, _) in zip(guesses, unseen, strict=True)) / len(unseen)
    print(f"{REPLIES} lines never seen: {right:.0%} told apart")
    assert right >= 0.5
