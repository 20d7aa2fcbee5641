"""Sentences of a chat message, with exact offsets into it.

Chat text is not prose: capitals and full stops are optional, a new line or an emoji ends a thought, and a
dot may belong to a version number, a file name or "Mr.". `split_sentences` finds what punctuation tells;
`clause_starts` names the places where an unpunctuated run may begin a new sentence, for the model to weigh.
"""

import re
from dataclasses import dataclass

_ABBREVIATIONS_TEXT = """
mr mrs ms miss dr prof st sr jr e.g i.e eg ie etc no nr approx ca vs ext tel dept inc ltd incl min
max mins hrs sec a.m p.m am pm jan feb mar apr jun jul aug sep sept oct nov dec fig vol ver v rev
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
"""Words after which a dot ends no sentence (unless the message or line ends there)."""

_SOFT_ABBREVIATIONS_TEXT = """
no etc min max mins hrs sec am pm a.m p.m inc mar sept st ext
"""
SOFT_ABBREVIATIONS = frozenset(_SOFT_ABBREVIATIONS_TEXT.split())
"""Abbreviations that may also end a sentence: they do so when a capital or a known opening follows."""

EMOJI = "\u2600-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_END = re.compile(
    rf"[.!?\u2026\u3002\uff01\uff1f\u061f]+[)\]\"'\u2019\u201d{EMOJI}\ufe0f\u200d]*(?=\s|$)|;(?=\s)|[{EMOJI}\ufe0f\u200d]+(?=\s)"
)
_GLUED = re.compile(r"[a-z]([?!])(?=[A-Za-z]{2})")
_WORD_BEFORE = re.compile(r"(\S+)$")
_LIST_NUMBER = re.compile(r"^\W*\d{1,2}$")

_OPENING = (
    r"(?:what|whats|what's|wh?ats|wat|wots|which|when|where|who|whos|who's|why|how|hows|"
    r"can|could|cud|may|might|would|wud|will|shall|do|does|did|have|has|is|are|was|were|r u|am|"
    r"i'?ll|i'?m|i'?ve|i|we'?ll|we'?ve|we'?re|we|let'?s|let me|lemme|gonna|"
    r"pls|please|plz|kindly|thanks|thank|thx|ty|cheers|sorry|apologies|don'?t|just|try|click|go to|open|restart|"
    r"reboot|press|check|unplug|give|tell|bear|hold|wait|my|your|ur|you'?ll|you'?re|you|u|this is|it'?s|it|"
    r"that'?s|that|there'?s|the|anything|any|bye|have a|hi|hello|name|username|one (?:sec|moment|minute)|once|"
    r"next|nobody|our|dw|no)"
)
_MARKED = re.compile(
    rf"(?P<mark>[,:\u2013\u2014]|\s[-/&]+(?=\s)|\.{{2,}})\s*(?:(?:and|n|but|so|then|or)\s+)?(?={_OPENING}\b)",
    re.IGNORECASE,
)
_LINKED = re.compile(rf"(?<=\s)(?:and|n|but|so|then|also)\s+(?={_OPENING}\b)", re.IGNORECASE)
_BARE = re.compile(
    r"(?<=\s)(?:(?:what|which|who)(?:'?s| is| are| r)? (?:is |are )?"
    r"(?:your|ur|the|you|u|am|did|do|does|seems|happens|error)|whats?|"
    r"(?:how|when|where|why) (?:can|may|do|does|did|is|are|r|long|was)|since when|"
    r"(?:can|could|cud|would|wud|may|do|did|does|have|are|r|is|will) (?:you|u|i|it|we|the|your|ur|anyone|that|this)|"
    r"i'?(?:ll|m|ve) |i (?:will|am|have|can|see|need|just|understand)|we(?:'ll|'ve| will| have) |let me|lemme|"
    r"pls |please |plz |thanks|thank you|thx|ty |sorry|my name|this is|anything else|one (?:sec|moment|minute)|"
    r"hold on|bear with|don'?t worry|dw |no worries|have a (?:nice|good|great)|bye|try |restart|click |go to |open )",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"(?:^|\s)(?:if|when|while|whilst|that|what|whats|who|which|where|why|how|as|because|cuz|since|before|after|until|"
    r"till|to|than|and|n|or|but|so|the|a|an|my|your|ur|for|of|with|in|on|at|by|from|is|are|be|was|not|can|could|would|may|will|"
    r"should|must|do|does|did|have|has|i|you|u|we|they|it|please|pls|me|know|see|say|says|ask|whether|make sure|"
    r"which one|once|about|like|once|whenever|unless|though|just|also|now|i'm|im|i'll|let|lets|want|need)\s*$",
    re.IGNORECASE,
)
"""A piece that ends like this is not over: what follows belongs to it."""

_LONGEST_HANGING = 24


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


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a new clause may begin; `marked` when a comma, a dash or a linking word tells so."""

    at: int
    marked: bool


def clause_starts(message: str, span: Span) -> list[Cut]:
    """Places inside `span` at which a new clause may begin although no end mark says so, in order."""
    text = message[span.start : span.end]
    marked = {m.end() for m in _MARKED.finditer(text)} | {m.start() for m in _LINKED.finditer(text)}
    bare = {m.start() for m in _BARE.finditer(text)}
    cuts = [Cut(span.start + at, at in marked) for at in sorted(marked | bare) if 0 < at < len(text)]
    return [cut for cut in cuts if cut.marked or not _hangs(text, cut.at - span.start)]


def _hangs(text: str, at: int) -> bool:
    return _HANGING.search(text[max(0, at - _LONGEST_HANGING) : at]) is not None


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
