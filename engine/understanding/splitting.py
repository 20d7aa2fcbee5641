"""Sentences of a chat message, with exact offsets into it.

Chat text is not prose: capitals and full stops are optional, a new line or an emoji ends a thought, and a
dot may belong to a version number, a file name or "Mr.". `split_sentences` finds what punctuation tells;
`clause_starts` names the places where an unpunctuated run may begin a new sentence, for the model to weigh.
"""

import re
from dataclasses import dataclass

ABBREVIATIONS = frozenset(
    "mr mrs ms miss dr prof st sr jr e.g i.e eg ie etc no nr approx ca vs ext tel dept inc ltd incl min max "
    "mins hrs sec a.m p.m am pm jan feb mar apr jun jul aug sep sept oct nov dec fig vol ver v rev".split()
)
"""Words after which a dot ends no sentence (unless the message or line ends there)."""

SOFT_ABBREVIATIONS = frozenset("no etc min max mins hrs sec am pm a.m p.m inc mar sept st ext".split())
"""Abbreviations that may also end a sentence: they do so when a capital or a known opening follows."""

EMOJI = "\u2600-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_END = re.compile(rf"[.!?\u2026\u3002\uff01\uff1f\u061f]+[)\]\"'\u2019\u201d{EMOJI}\ufe0f\u200d]*(?=\s|$)|;(?=\s)|[{EMOJI}\ufe0f\u200d]+(?=\s)")
_GLUED = re.compile(r"[a-z]([?!])(?=[A-Za-z]{2})")
_WORD_BEFORE = re.compile(r"(\S+)$")
_LIST_NUMBER = re.compile(r"^\W*\d{1,2}$")

_CUES = re.compile(
    r"(?<=\s)(?:"
    r"what'?s?|wh?ats|wots?|which|when|whens|where|wheres|who|whos|why|how|hows|"
    r"can|could|cud|may|might|would|wud|will|do|does|did|have|has|is|are|r|"
    r"i'?ll|i'?m|i'?ve|im|ive|ill|i|we|we'?ll|we'?ve|let|lets|let's|"
    r"pls|please|plz|plse|kindly|thanks|thank|thx|ty|cheers|sorry|apologies|"
    r"hi|hello|hey|this|my|your|ur|you|it|its|it's|that|thats|there|and|n|but|so|then|now|also|because|"
    r"dont|don't|no|ok|okay|just|go|try|click|open|restart|reboot|press|type|check|bye|anything|any|"
    r"bear|hold|one|give|tell|name|username|since|next|in"
    r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of characters: `message[start:end]`."""

    start: int
    end: int


def split_sentences(message: str) -> list[Span]:
    """Split at line ends, end marks and emoji; spans are trimmed, in order, never empty, never overlapping."""
    spans: list[Span] = []
    for line in _LINE.finditer(message):
        spans.extend(_split_line(message, line.start(), line.end()))
    return spans


def clause_starts(message: str, span: Span) -> list[int]:
    """Offsets inside `span` at which a new sentence may begin although no mark says so."""
    text = message[span.start : span.end]
    starts = {m.start() for m in _CUES.finditer(text)}
    starts |= {m.end() for m in re.finditer(r"(?:,|:|\s[-\u2013\u2014/&]+|[\u2013\u2014]|\.{2,})\s*", text)}
    return sorted(span.start + s for s in starts if 0 < s < len(text))


def trim(message: str, start: int, end: int) -> Span | None:
    """Strip white space and bare bullets from both ends; None when nothing is left."""
    while start < end and (message[start].isspace() or message[start] in "\ufeff\u200b\u00a0"):
        start += 1
    while end > start and (message[end - 1].isspace() or message[end - 1] in "\ufeff\u200b\u00a0"):
        end -= 1
    return Span(start, end) if start < end else None


def _split_line(message: str, start: int, end: int) -> list[Span]:
    cuts = sorted({*_marked_ends(message, start, end), *_glued_ends(message, start, end), end})
    spans: list[Span] = []
    begin = start
    for cut in cuts:
        span = trim(message, begin, cut)
        if span is not None:
            spans.append(span)
        begin = cut
    return _join_marks(message, spans)


def _marked_ends(message: str, start: int, end: int) -> list[int]:
    line = message[start:end]
    return [start + m.end() for m in _END.finditer(line) if _ends_sentence(line, m)]


def _glued_ends(message: str, start: int, end: int) -> list[int]:
    """Ends before a missing space ("name?username?"), but not inside addresses."""
    line = message[start:end]
    ends = []
    for m in _GLUED.finditer(line):
        word = line[line.rfind(" ", 0, m.start()) + 1 : m.end() + 2]
        if "://" not in word and "=" not in word and "@" not in word:
            ends.append(start + m.end())
    return ends


def _ends_sentence(line: str, mark: re.Match[str]) -> bool:
    if not mark.group().startswith(".") or mark.group().startswith(".."):
        return True
    before = _WORD_BEFORE.search(line[: mark.start()])
    word = before.group(1).lower().lstrip("([\"'") if before else ""
    rest = line[mark.end() :].lstrip()
    if not rest:
        return True
    if word in ABBREVIATIONS:
        return word in SOFT_ABBREVIATIONS and rest[0].isupper()
    if _LIST_NUMBER.match(line[: mark.start()]):
        return False
    return not (len(word) == 1 and word.isalpha() and rest[0].isupper() and word not in "uyn")


def _join_marks(message: str, spans: list[Span]) -> list[Span]:
    """Give a piece without any letter or digit ("!!", an emoji) to the sentence before it."""
    joined: list[Span] = []
    for span in spans:
        if joined and not any(c.isalnum() for c in message[span.start : span.end]):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
