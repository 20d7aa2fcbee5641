"""Values in a message, found and compared tolerantly: names, usernames, tags, codes, times, phone numbers.

People dictate ("l t dash two zero four one seven"), drop hyphens, swap cases and mistype a letter of a name.
A value is brought to one canonical form for its kind; two values are the same when their forms are. Only
names forgive a slip of the pen: a tag with one wrong digit is a wrong tag.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.understanding.similarity import edit_distance


class Kind(StrEnum):
    """What a value is."""

    NAME = "name"
    USERNAME = "username"
    TAG = "tag"
    CODE = "code"
    TIME = "time"
    PHONE = "phone"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Entity:
    """A value found at `message[start:end]`, in its canonical form."""

    kind: Kind
    start: int
    end: int
    value: str


DIGIT_WORDS: Mapping[str, str] = {
    "zero": "0", "oh": "0", "nought": "0", "null": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9", "ten": "10", "eleven": "11",
    "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17",
    "eighteen": "18", "nineteen": "19",
}  # fmt: skip
TENS: Mapping[str, int] = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
REPEATS: Mapping[str, int] = {"double": 2, "triple": 3, "treble": 3}
MARK_WORDS: Mapping[str, str] = {
    "dash": "-", "hyphen": "-", "minus": "-", "dot": ".", "point": ".", "period": ".", "underscore": "_",
    "at": "@", "slash": "/", "stroke": "/", "space": " ", "plus": "+",
}  # fmt: skip
_ALPHABET = """
alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima
mike november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu
"""
LETTER_WORDS: Mapping[str, str] = {word: word[0] for word in _ALPHABET.split()} | {
    "zee": "z",
    "zed": "z",
    "ex": "x",
    "ell": "l",
    "tee": "t",
    "dee": "d",
    "bee": "b",
    "pee": "p",
    "em": "m",
    "en": "n",
}
_FILLERS_TEXT = """
capital uppercase lowercase letter letters number numbers small big the is its it's then and um uh
er as in for
"""
FILLERS = frozenset(_FILLERS_TEXT.split())

_TAG = re.compile(r"\b(?:([A-Za-z]{2,4})[-_./]?|([A-Za-z]{2,3})\s[-–]?\s?)(\d{3,8})\b(?![\s-]?\d)")
_PHONE = re.compile(r"(?<![\w-])\+?\d[\d\s().-]{6,18}\d(?![\w-])")
_TIME = re.compile(
    r"\b(?:(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d))?\s*(?P<half>a\.?m\.?|p\.?m\.?|o'?clock)?)(?!\w)",
    re.I,
)
_CODE = re.compile(r"\b(?:0x[0-9a-fA-F]{3,}|[A-Za-z]{1,6}[-_]?\d{3,}(?:[-_]\d+)*|\d{3,10})\b")
_USERNAME = re.compile(
    r"(?<![\w@])[a-z][a-z0-9]*[._][a-z0-9._]*[a-z0-9](?![\w@])|(?<![\w@])[a-z]{1,3}[a-z]+\d{1,3}(?![\w@])",
    re.I,
)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_AS_IN = re.compile(r"\b([a-z]) (?:as in|for|like) [a-z]+")
_WORDS = re.compile(r"[^\W_]+(?:'[a-z]+)?|[-._@/+]", re.UNICODE)


def plain(text: str) -> str:
    """Lower case without accents, runs of white space as one blank."""
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.replace("ß", "ss").replace("ø", "o").replace("ł", "l").lower().split())


def spell_out(text: str) -> str:
    """Write a dictated value as characters: words for digits, letters and marks become what they stand for."""
    written: list[str] = []
    repeat = 1
    tens = 0
    for word in _WORDS.findall(_AS_IN.sub(r"\1", plain(text))):
        if word in REPEATS:
            repeat = REPEATS[word]
            continue
        if word in TENS:
            written.append(str(TENS[word]))
            tens = TENS[word]
            continue
        piece = DIGIT_WORDS.get(word) or LETTER_WORDS.get(word) or MARK_WORDS.get(word)
        if piece is None:
            piece = "" if word in FILLERS else word
        if tens and len(piece) == 1 and piece.isdigit() and piece != "0":
            written[-1] = str(tens + int(piece))
            piece = ""
        written.append(piece * repeat)
        repeat, tens = 1, 0 if piece or word not in FILLERS else tens
    return "".join(written)


def normalise_tag(text: str) -> str:
    """Asset tag in the form `LT-20417`: letters, one hyphen, digits. A serial without that shape: bare upper case.

    >>> normalise_tag("l t dash two zero four one seven")
    'LT-20417'
    """
    packed = re.sub(r"[^a-z0-9]", "", spell_out(text))
    shape = re.fullmatch(r"([a-z]{1,5})([0-9o]+)", packed)
    if shape is None:
        return packed.upper()
    return f"{shape[1].upper()}-{shape[2].replace('o', '0')}"


def normalise_username(text: str) -> str:
    """Login in lower case; a domain before it or a mail host after it is dropped; "dot" becomes a dot."""
    value = plain(text).split("\\")[-1]
    if re.search(r"\s", value):
        value = spell_out(value)
    return re.sub(r"\s", "", value.split("@")[0]).strip(".,;:!?'\"")


def normalise_name(text: str) -> str:
    """Name in lower case without accents, title, commas; "Weiss, Karl" becomes "karl weiss"."""
    value = plain(text)
    if value.count(",") == 1:
        last, first = value.split(",")
        value = f"{first} {last}"
    words = re.findall(r"[^\W\d_]+", value.replace("'", ""))
    return " ".join(w for w in words if w not in {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam"})


def normalise_code(text: str) -> str:
    """Code, ticket, employee or reference number in upper case without blanks, hyphens or leading `#`."""
    return re.sub(r"[^a-z0-9]", "", spell_out(text)).upper()


def normalise_phone(text: str) -> str:
    """Phone number as digits; the country's `+44` or `0044` and the trunk `0` fall away."""
    value = spell_out(text)
    digits = re.sub(r"\D", "", value.replace("(0)", "").replace("o", "0"))
    if value.lstrip().startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        digits = digits[2:] if len(digits) > 9 else digits
    return digits.lstrip("0")


def normalise_time(text: str) -> str:
    """Time of day as `HH:MM`, or the folded text where there is none. "half past nine", "9.30am", "quarter to ten"."""
    words = plain(text)
    spoken = _spoken_time(words)
    if spoken is not None:
        return spoken
    found = _TIME.search(words)
    if found is None:
        return {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}.get(words, words)
    return _clock(int(found["hour"]), int(found["minute"] or 0), found["half"] or "")


def _spoken_time(words: str) -> str | None:
    found = re.search(r"\b(half|quarter|ten|five|twenty) (past|to) (\w+)(?:\s*(a\.?m\.?|p\.?m\.?))?", words)
    if found is not None:
        minutes = {"half": 30, "quarter": 15, "ten": 10, "five": 5, "twenty": 20}[found[1]]
        hour = _hour(found[3])
        if hour is not None:
            total = hour * 60 + (minutes if found[2] == "past" else -minutes)
            return _clock(total // 60 % 24, total % 60, found[4] or "")
    found = re.search(
        r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b\s*(o'?clock|a\.?m\.?|p\.?m\.?)",
        words,
    )
    return _clock(_hour(found[1]) or 0, 0, found[2]) if found is not None else None


def _hour(word: str) -> int | None:
    digits = DIGIT_WORDS.get(word, word)
    return int(digits) if digits.isascii() and digits.isdigit() and int(digits) <= 24 else None


def _clock(hour: int, minute: int, half: str) -> str:
    if half.startswith("p") and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    return f"{hour % 24:02d}:{minute:02d}"


def normalise_text(text: str) -> str:
    """Any other value: words and numbers, lower case, single blanks."""
    return " ".join(re.findall(r"[^\W_]+", plain(text)))


NORMALISERS: Mapping[Kind, Callable[[str], str]] = {
    Kind.NAME: normalise_name,
    Kind.USERNAME: normalise_username,
    Kind.TAG: normalise_tag,
    Kind.CODE: normalise_code,
    Kind.TIME: normalise_time,
    Kind.PHONE: normalise_phone,
    Kind.TEXT: normalise_text,
}


def normalise(kind: str, text: str) -> str:
    """The canonical form of a value. An unknown `kind` raises ValueError."""
    return NORMALISERS[Kind(kind)](text)


def same_value(kind: str, a: str, b: str) -> bool:
    """Tell whether two values mean the same; empty values never do. An unknown `kind` raises ValueError."""
    first, second = normalise(kind, a), normalise(kind, b)
    if not first or not second:
        return False
    if Kind(kind) is Kind.NAME:
        return _same_name(first.split(), second.split())
    if Kind(kind) is Kind.PHONE and min(len(first), len(second)) >= 7:
        return first.endswith(second) or second.endswith(first)
    return first == second


def _same_name(first: list[str], second: list[str]) -> bool:
    """Same words in any order, a middle name or initial more on one side, one slip in a longer word."""
    if len(first) > len(second):
        first, second = second, first
    if len(first) == 1 and len(second) > 1:
        return False
    rest = list(second)
    for word in first:
        match = next((other for other in rest if _same_word(word, other)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    if {a[-1], b[-1]} == {"a", "o"} and a[:-1] == b[:-1]:
        return False  # Mario is not Maria
    return min(len(a), len(b)) >= 4 and a[0] == b[0] and edit_distance(a, b, 1) <= 1


def find_entities(message: str) -> list[Entity]:
    """Values that show by their shape, in order of place, never overlapping: tags, codes, mails, phones, times."""
    found: list[Entity] = []
    for kind, pattern, accept in _FINDERS:
        for match in pattern.finditer(message):
            start, end = match.span()
            free = all(end <= other.start or start >= other.end for other in found)
            if free and accept(match):
                found.append(Entity(kind, start, end, normalise(kind, match.group())))
    return sorted(found, key=lambda entity: entity.start)


_NO_TAG_TEXT = """
inc req ritm chg tkt id is at in on to of by ext room for the was and no nr has had are you us ur my all any
"""
NO_TAG = frozenset(_NO_TAG_TEXT.split())
"""Words before a number that make no tag of it."""


def _is_tag(match: re.Match[str]) -> bool:
    return (match[1] or match[2]).lower() not in NO_TAG


def _is_time(match: re.Match[str]) -> bool:
    return bool(match["minute"] or match["half"])


def _is_phone(match: re.Match[str]) -> bool:
    digits = sum(c.isdigit() for c in match.group())
    return 8 <= digits <= 15 and not re.fullmatch(
        r"\d{4}-\d{2}-\d{2}.*|\d{1,3}(?:\.\d{1,3}){3}", match.group()
    )


def _always(_: re.Match[str]) -> bool:
    return True


_FINDERS: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (Kind.USERNAME, _MAIL, _always),
    (Kind.TAG, _TAG, _is_tag),
    (Kind.TIME, _TIME, _is_time),
    (Kind.PHONE, _PHONE, _is_phone),
    (Kind.CODE, _CODE, _always),
    (Kind.USERNAME, _USERNAME, _always),
)


def mentions(kind: str, value: str, message: str) -> bool:
    """Tell whether `message` states `value`, written or dictated; used to see what was given away or read back."""
    wanted = normalise(kind, value)
    if not wanted:
        return False
    if Kind(kind) in (Kind.TEXT, Kind.NAME):
        return f" {normalise_text(wanted)} " in f" {normalise_text(message)} "
    if any(same_value(kind, value, message[e.start : e.end]) for e in find_entities(message)):
        return True
    packed = re.sub(r"[^a-z0-9]", "", wanted.lower())
    return len(packed) >= 4 and packed in re.sub(r"[^a-z0-9]", "", spell_out(message))
