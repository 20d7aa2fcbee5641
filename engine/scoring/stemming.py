"""Words of a note as the second-line reader compares them: in any case, inflected, with one slip."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TYPO_LETTERS = 6
"""Words shorter than this must be spelt right: one edit in a short word makes another word."""

_TOKEN = re.compile(r"[^\W_]+(?:['’‘`][^\W\d_]+)*")
_APOSTROPHES = re.compile(r"['’‘`]")

SKIPPED = frozenset({"a", "an", "the", "this", "that", "her", "his", "their", "my", "our", "your", "its"})
"""Words that may stand inside a phrase without changing what it says."""

_NEIGHBOURS = """
    looked booked cooked hooked soaked backed packed docked mocked rocked licked ticked picked kicked
    stocked shocked tested rested listed lasted pasted wasted tasted posted hosted nested vested closer
    closet server sever never fever lever device advice advise revise affect effect expect except accept
    aspect inspect respect quite quiet right sight light might night fight tight eight weight height
    though thought through trough bought brought caught taught started stared stated slated united
    untied signed singed single signal create crease crate message massage personal personnel stationary
    stationery princes princess prince notice police policy polite enabled unable usable stable table
    cable able
"""
REAL_WORDS = frozenset(_NEIGHBOURS.split())
"""Words one edit away from words of the desk ("looked" and "locked"): never taken for a typing error."""


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers, in order, without accents; apostrophes vanish ("user's" is "users")."""
    return [_APOSTROPHES.sub("", token) for token in _TOKEN.findall(_without_accents(text.lower()))]


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_ENDINGS = (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))


SHORTEST_STEM = 3
_IRREGULAR = {"uses": "use", "used": "use", "using": "use"}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending: locked, locking and locks are all `lock`."""
    if word in _IRREGULAR or len(word) < 4 or not word.isalpha():
        return _IRREGULAR.get(word, word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouslz":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=50_000)
def same_word(wanted: str, written: str) -> bool:
    """Whether a written word is the wanted one: of the same stem, or a long one with a slip of one letter."""
    if wanted == written or stem(wanted) == stem(written):
        return True
    if len(wanted) < TYPO_LETTERS or not wanted.isalpha() or written in REAL_WORDS:
        return False
    if len(wanted) == len(written) and wanted[:-1] == written[:-1]:
        return False  # "called" and "caller": another ending is another word
    return one_edit_apart(wanted, written) or (
        len(stem(wanted)) >= TYPO_LETTERS and one_edit_apart(stem(wanted), stem(written))
    )


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two swapped neighbours make the one into the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    if len(one) == len(other):
        return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
    return one[1:] == other or one == other[1:]


def find_phrase(phrase: tuple[str, ...], words: list[str]) -> set[int]:
    """Positions in `words` at which the phrase stands, all the words of each place; empty when it does not.

    Small words may stand in between, and compounds may be written together or apart ("wifi", "wi-fi").
    """
    places: set[int] = set()
    for start in range(len(words)):
        if found := _phrase_at(phrase, words, start):
            places |= found
    return places


def _phrase_at(phrase: tuple[str, ...], words: list[str], start: int) -> set[int]:
    if len(phrase) > 1 and "".join(phrase) == words[start]:
        return {start}
    if len(phrase) == 1 and start + 1 < len(words) and words[start] + words[start + 1] == phrase[0]:
        return {start, start + 1}
    found: set[int] = set()
    position = start
    for index, wanted in enumerate(phrase):
        while index and position < len(words) and words[position] in SKIPPED and words[position] != wanted:
            position += 1
        if position >= len(words) or not same_word(wanted, words[position]):
            return set()
        found.add(position)
        position += 1
    return found
