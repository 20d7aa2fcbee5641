"""From a sentence to features: one analyzer, used alike by training and by inference.

A sentence is folded (case, quotes, SMS spelling, contractions), cut into tokens, and described by word
1-3-grams, skip pairs, character 2-4-grams within words, and *concepts*: the trade's word families
("reboot" and "restart", "laptop" and "pc"), which let a sentence profit from its relatives.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from engine.understanding.lexicon import CONCEPT_OF, SPELLINGS

MAX_CHARACTERS = 600
"""A sentence longer than this is described by its beginning; nobody speaks in longer ones."""

_QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"'}
)
_PLACEHOLDERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:https?://|www\.)\S+", re.I), " xurl "),
    (re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+"), " xmail "),
    (re.compile(r"\b(?:inc|req|tkt|ritm|chg|sr|cs|case|hd|tick?)[-_ #]?\d[\d-]{2,}\b", re.I), " xref "),
    (re.compile(r"\b0x[0-9a-f]{3,}\b|\b(?=\w*\d)[0-9a-f]{8}\b", re.I), " xcode "),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"), " xdate "),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"), " xip "),
    (
        re.compile(r"\b\d{1,2}[:.]\d{2}\s?(?:am|pm)?\b|\b\d{1,2}\s?(?:am|pm)\b|\b\d{1,2} ?o'?clock\b", re.I),
        " xtime ",
    ),
    (re.compile(r"\b[a-z]{2,4}-[a-z]{0,3}-?\d{3,}\b", re.I), " xtag "),
    (re.compile(r"\bf\d{1,2}\b", re.I), " xkey "),
    (
        re.compile(r"\b\d+\s?(?:min(?:ute)?s?|mns|hrs?|hours?|secs?|seconds?|days?|weeks?|wks?)\b", re.I),
        " xspan ",
    ),
    (re.compile(r"\b\d{5,}\b"), " xnumber "),
    (re.compile(r"#\d+\b"), " xnumber "),
)
_TOKEN = re.compile(
    r"[^\W_]+(?:'[^\W_]+)*|[?!%&/\\=<>{}@]|\.{2,}|[\u2600-\u27bf\U0001f300-\U0001faff]", re.UNICODE
)
_STRETCH = re.compile(r"([^\W\d_])\1{2,}")


_MACHINE = re.compile(
    r"[{}<>|\\$]|[=;]\S|::|\w\(\w*\)|^\s*\[[\w:. -]+\]|\d\d:\d\d:\d\d|\b(?:error|warn(?:ing)?|info|debug)\b\s*[:\]]|"
    r"Exception|0x[0-9a-f]{4}|^\s*at \w+\.|^[#/$]|\w/\w+/\w|\b(?:SELECT|GET|POST|HTTP|sudo|ping|npm|git)\b",
)
_MASHED = re.compile(
    r"(?:[bcdfghjklmnpqrstvwxz]{4,}|(\w{1,4})\1{2,}|[asdfghjkl;]{4,}|[qwertyuiop]{5,}|[a-z]*[bcdfghjklmnpqrstvwxz]{5,}[a-z]*)[\s.]*(?:[asdfghjkl]+)?"
)


def fold(text: str) -> str:
    """Case, quotes, widths, stretched letters and addresses evened out; still readable text."""
    folded = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).translate(_QUOTES)
    for pattern, name in _PLACEHOLDERS:
        folded = pattern.sub(name, folded)
    return _STRETCH.sub(r"\1\1", folded.lower())


def tokens(text: str) -> list[str]:
    """Words and telling marks of a sentence, SMS spelling and contractions written out."""
    words: list[str] = []
    for raw in _TOKEN.findall(fold(text)):
        if raw in ("!",):
            continue
        expanded = SPELLINGS.get(raw)
        words.extend(expanded.split() if expanded is not None else _expand(raw))
    return words


_ENDINGS = (
    ("n't", "not"),
    ("'ll", "will"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'m", "am"),
    ("'d", "would"),
    ("'s", "'s"),
)


def _expand(word: str) -> list[str]:
    for ending, meaning in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return [word[: -len(ending)], meaning]
    return [word]


def concepts(words: list[str]) -> list[str]:
    """The same words with each known one replaced by the name of its family."""
    return [CONCEPT_OF.get(word, word) for word in words]


def word_features(text: str) -> Counter[str]:
    """Counts of word, skip and concept features of a sentence."""
    words = tokens(text)
    framed = ["^", *words, "$"]
    counts = Counter(_ngrams("w", framed, 3))
    counts.update("s:" + a + "_" + b for a, b in zip(words, words[2:], strict=False))
    families = concepts(words)
    if families != words:
        counts.update(_ngrams("k", ["^", *families, "$"], 4))
        counts.update("j:" + a + "_" + b for a, b in zip(families, families[2:], strict=False))
    counts.update(f"set:{family}" for family in set(families) if family.startswith("@"))
    length = len(words)
    counts.update(_looks(text))
    counts[
        "n:"
        + ("0" if not length else "1" if length == 1 else "3" if length <= 3 else "7" if length <= 7 else "+")
    ] = 1
    return counts


def _looks(text: str) -> Iterator[str]:
    """Names of what the sentence looks like, where that is no language a caller is spoken to in."""
    if _MACHINE.search(text):
        yield "l:machine"
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c > "\u024f" for c in letters) * 3 > len(letters):
        yield "l:foreign"
    if _MASHED.fullmatch(text.strip().lower()):
        yield "l:mashed"
    if not letters:
        yield "l:wordless"


def character_features(text: str) -> Counter[str]:
    """Counts of the character 2-4-grams within the words of a sentence, word ends marked by a space."""
    counts: Counter[str] = Counter()
    for word in tokens(text):
        padded = f" {word[:24]} "
        for size in (2, 3, 4):
            counts.update(padded[i : i + size] for i in range(len(padded) - size + 1))
    return counts


def _ngrams(prefix: str, words: list[str], longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for i in range(len(words) - size + 1):
            yield prefix + ":" + " ".join(words[i : i + size])
