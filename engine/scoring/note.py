"""The second-line reader: works from the note alone, and says which questions it answers.

A question is answered when one sentence, or two neighbouring ones, hold a word of every group that the
question names. Two things are not read at all, because they tell the second line nothing:

* **A pile of words.** A sentence in which many words are ones the reader looks for, with nothing to hold
  them together: eight or more in a row without a small word or a comma between them, six or more one-word
  items, or three quarters of eight or more words without small words. One-word lines are taken together. It
  takes words of four different groups: who called, by three names, is no pile. A whole note of twenty words
  or more that is like this is a pile too. Terse notes ("Acct locked, old password on phone. Unlocked,
  tested OK.") are none.
* **A copy.** A sentence of six words or more taken from the ticket. Sentences taken from articles or from the
  chat are not read where they make up more than half of the note: quoting is fine, pasting is no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.definition import NoteQuestion, Scenario
from engine.scoring.stemming import find_phrase, tokens
from engine.understanding.splitting import split_sentences

RUN_OF_WORDS = 8
LIST_OF_ITEMS = 6
CROWDED = 0.4
"""The share of looked-for words from which a run or a list is a pile."""
PACKED = 0.75
"""The share from which a sentence is a pile however it is written."""
FEW_SMALL_WORDS_IN_ONE = 0.1
MANY_GROUPS = 4
LONG_NOTE = 20
FEW_SMALL_WORDS = 0.05
COPIED = 0.8
"""The share of a sentence's word triples that must stand in the source for a copy."""
COPY_WORDS = 6

_SMALL = """
    of to in on at by for from with w without as after before because since so which who when while if
    then than until it he she they him them we i me you is was were be been being are am has had have
    did does do not no can could will would should may might still again into out up off over via per
    through about there here now also but only both due however instead once that this her his their its
"""
SMALL_WORDS = frozenset(_SMALL.split())
"""Words that hold a sentence together. Not the articles, and not `and`: they hold a list together as well."""

CITATION = "Knowledge article: {title} ({source})"
"""The line that citing an article writes into the note; it is nobody's own words."""
CITED = CITATION.partition("{")[0]
WRAPPED_FROM = 60
"""Characters from which a line without an end mark is one that was wrapped."""
_NEW_ITEM = re.compile(r"[-*•–]\s|\d{1,2}[.)]\s|[A-Z][\w ]{0,24}:")
_ITEM_END = re.compile(r"[,;:/|()\[\]+&>•*]|\s[-–—]+\s|\b(?:and|or)\b", re.IGNORECASE)


type Group = tuple[tuple[str, ...], ...]
"""Phrases, each as its words, of which a note must hold one."""


@dataclass(frozen=True, slots=True)
class NoteSentence:
    """A sentence of the note with its place in it, and its words."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """Where in the note a question is answered: `note[start:end]`."""

    start: int
    end: int


def read_note(
    note: str, questions: dict[str, NoteQuestion], scenario: Scenario, chat: Sequence[str] = ()
) -> dict[str, NoteAnswer]:
    """The questions that `note` answers, each with its passage. `chat` is what was said in the call."""
    sought = _sought(scenario)
    sentences = readable_sentences(note, sought, _ticket_texts(scenario), [*_article_texts(scenario), *chat])
    answers: dict[str, NoteAnswer] = {}
    for name, question in questions.items():
        if answer := _answer(question, sentences):
            answers[name] = answer
    return answers


def readable_sentences(
    note: str, sought: Iterable[Group], ticket: Sequence[str], elsewhere: Sequence[str]
) -> list[NoteSentence | None]:
    """The note's sentences; None stands where one is not read, so that its neighbours are no neighbours."""
    sentences = _sentences_of(note)
    groups = tuple(sought)
    if _is_pile_of_a_note(sentences, groups):
        return []
    piles = _piles(sentences, groups)
    from_ticket = _copied(sentences, ticket)
    pasted = _copied(sentences, elsewhere)
    size = sum(len(sentence.words) for sentence in sentences)
    if 2 * sum(len(sentences[index].words) for index in pasted) <= size:
        pasted = set()
    unread = piles | from_ticket | pasted
    return [None if index in unread else sentence for index, sentence in enumerate(sentences)]


def _answer(question: NoteQuestion, sentences: Sequence[NoteSentence | None]) -> NoteAnswer | None:
    groups = [_phrases_of(group) for group in question.answered_by]
    for span in (1, 2):
        for first in range(len(sentences) - span + 1):
            window = [sentence for sentence in sentences[first : first + span] if sentence is not None]
            if len(window) == span and all(_holds_one(group, window) for group in groups):
                return NoteAnswer(window[0].start, window[-1].end)
    return None


def _holds_one(group: Group, window: Sequence[NoteSentence]) -> bool:
    return any(
        phrase and find_phrase(phrase, list(sentence.words)) for phrase in group for sentence in window
    )


def _sentences_of(note: str) -> list[NoteSentence]:
    sentences: list[NoteSentence] = []
    for span in split_sentences(note):
        start, end = span.start, span.end
        if sentences and _continues(note, sentences[-1], start):
            start = sentences.pop().start
        text = note[start:end]
        if words := tuple(tokens(text)):
            sentences.append(NoteSentence(start, end, text, words))
    return sentences


def _continues(note: str, sentence: NoteSentence, start: int) -> bool:
    """Whether this belongs to the sentence before: after a semicolon, or where a long line was wrapped."""
    between = note[sentence.end : start]
    if sentence.text.startswith(CITED):
        return False
    if sentence.text.endswith(";"):
        return "\n" not in between
    line = note[note.rfind("\n", 0, sentence.end) + 1 : sentence.end]
    wrapped = between.count("\n") == 1 and len(line) >= WRAPPED_FROM and sentence.text[-1] not in ".!?:…"
    return wrapped and not _NEW_ITEM.match(note, start)


# ---------------------------------------------------------------- piles of words


def _piles(sentences: Sequence[NoteSentence], groups: tuple[Group, ...]) -> set[int]:
    piles: set[int] = set()
    for run in _runs_to_judge(sentences):
        text = "\n".join(sentences[index].text for index in run)
        if is_pile(text, groups):
            piles |= set(run)
    return piles


def _runs_to_judge(sentences: Sequence[NoteSentence]) -> list[list[int]]:
    """Each sentence by itself, but lines of one or two words in a row together."""
    runs: list[list[int]] = []
    for index, sentence in enumerate(sentences):
        fragment = len(sentence.words) <= 2
        if fragment and runs and runs[-1][-1] == index - 1 and len(sentences[index - 1].words) <= 2:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def is_pile(text: str, groups: tuple[Group, ...]) -> bool:
    """Whether a sentence is a heap of the words that a reader looks for rather than a statement."""
    words = tokens(text)
    if len(words) < LIST_OF_ITEMS:
        return False
    weighed = _weigh(words, groups)
    if weighed.kinds < MANY_GROUPS or weighed.share < CROWDED:
        return False
    if len(words) >= RUN_OF_WORDS and weighed.share >= PACKED and weighed.small < FEW_SMALL_WORDS_IN_ONE:
        return True
    items = [tokens(item) for line in text.splitlines() for item in _ITEM_END.split(line) if tokens(item)]
    if len(items) >= LIST_OF_ITEMS and sum(map(len, items)) < 2 * len(items):
        return True
    return max(_longest_run(item, groups) for item in items) >= RUN_OF_WORDS


def _is_pile_of_a_note(sentences: Sequence[NoteSentence], groups: tuple[Group, ...]) -> bool:
    own = [each for each in sentences if not each.text.startswith(CITED)]
    words = [word for sentence in own for word in sentence.words]
    if len(words) < LONG_NOTE:
        return False
    weighed = _weigh(words, groups)
    return weighed.small < FEW_SMALL_WORDS and weighed.share >= CROWDED and weighed.kinds >= MANY_GROUPS


class _Weighed(NamedTuple):
    """Of some words: the share that the reader looks for, of how many groups they are, the share of small words."""

    share: float
    kinds: int
    small: float


def _weigh(words: list[str], groups: tuple[Group, ...]) -> _Weighed:
    hits = [_hits(words, group) for group in groups]
    hit = set().union(*hits)
    small = [place for place, word in enumerate(words) if word in SMALL_WORDS and place not in hit]
    return _Weighed(len(hit) / len(words), sum(map(bool, hits)), len(small) / len(words))


def _hits(words: list[str], group: Group) -> set[int]:
    return {place for phrase in group for place in find_phrase(phrase, words)}


def _longest_run(words: list[str], groups: tuple[Group, ...]) -> int:
    """Words in a row with no small word between them; small words of a phrase that is looked for are none."""
    hit = set().union(*(_hits(words, group) for group in groups))
    longest = run = 0
    for place, word in enumerate(words):
        run = 0 if word in SMALL_WORDS and place not in hit else run + 1
        longest = max(longest, run)
    return longest


def _sought(scenario: Scenario) -> frozenset[Group]:
    return frozenset(
        _phrases_of(group) for question in scenario.documentation.values() for group in question.answered_by
    )


def _phrases_of(group: Iterable[str]) -> Group:
    return tuple(words for phrase in group if (words := tuple(tokens(phrase))))


# ---------------------------------------------------------------- copies


def _copied(sentences: Sequence[NoteSentence], sources: Sequence[str]) -> set[int]:
    known = {triple for source in sources for triple in _triples(tokens(source))}
    copied: set[int] = set()
    for index, sentence in enumerate(sentences):
        triples = _triples(list(sentence.words))
        if len(sentence.words) >= COPY_WORDS and sum(t in known for t in triples) >= COPIED * len(triples):
            copied.add(index)
    return copied


def _triples(words: list[str]) -> list[tuple[str, str, str]]:
    return list(zip(words, words[1:], words[2:], strict=False))


def _ticket_texts(scenario: Scenario) -> list[str]:
    ticket = scenario.ticket
    return [
        ticket.subject,
        ticket.description,
        *([ticket.technical_context] if ticket.technical_context else []),
    ]


def _article_texts(scenario: Scenario) -> list[str]:
    return [article.body for article in scenario.knowledge.values()]
