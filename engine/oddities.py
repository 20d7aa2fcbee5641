"""What a message is that nobody can follow: another language, pasted machine text, the same thing once more."""

from __future__ import annotations

import re
import unicodedata

LONG_PASTE = 400
"""Characters from which a message that nobody can follow is something pasted."""
MARKS_OF_CODE = 0.14
"""Share of signs that people do not write with, from which a text is code, markup or a log."""
FOREIGN_SHARE = 0.25
"""Share of another language's small words from which a text is in that language."""

_CODE = re.compile(r"[{}\[\]<>=;\\|_#$%^~`/]|\d{2}:\d{2}:\d{2}|0x[0-9a-f]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = """
le la les des une est pas vous je pour avec bonjour merci votre que qui
der die das und ist nicht ich sie ein eine mit bitte danke guten wie ihr
el los una por para con usted hola gracias está qué cómo su muy
il che non per sono ciao grazie prego di come questo
nie jest się proszę dzień dobry na czy jak to w z
het een niet dank u hallo goedemorgen ik wat kan
"""
_FOREIGN = frozenset(_SMALL_WORDS.split())
_COMMON = """
the a is are you your i it to and of in on can what do please my we that this for have with not me be at how
"""
_ENGLISH = frozenset(_COMMON.split())


def oddity_of(text: str, last: str | None) -> str:
    """The kind of answer to a message that was not followed; `last` is what the trainee wrote before, made plain."""
    if last is not None and plain(text) == last:
        return "got_it_twice"
    if _is_another_language(text):
        return "other_language"
    if _is_pasted(text):
        return "cannot_read_that"
    return "does_not_follow"


def plain(text: str) -> str:
    """The text without what does not matter for whether it was sent before."""
    return " ".join(text.casefold().split())[:200]


def _is_another_language(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    if (
        len(letters) >= 4
        and sum("LATIN" in unicodedata.name(each, "") for each in letters[:200]) < len(letters[:200]) / 2
    ):
        return True
    words = [word.casefold() for word in _WORD.findall(text)][:60]
    foreign = sum(word in _FOREIGN for word in words)
    return (
        len(words) >= 3
        and foreign / len(words) >= FOREIGN_SHARE
        and foreign > sum(w in _ENGLISH for w in words)
    )


def _is_pasted(text: str) -> bool:
    if len(text) >= LONG_PASTE or text.count("\n") >= 3:
        return True
    return len(text) >= 12 and len("".join(_CODE.findall(text))) / len(text) >= MARKS_OF_CODE
