"""Whether a text holds a value that it must not hold, however it is dressed up; and one that it must hold, exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from engine.audit import VALUE
from engine.definition import Scenario
from engine.state import CallState
from engine.voice.reply import Worded

_WORD = re.compile(r"[^\W_]+")
_SPELT_OUT = re.compile(r"(?<!\S)\S(?: \S){2,}(?!\S)")
_DIGIT = re.compile(r"\d")
_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "\u00a0": " "}
)
DIGITS = {
    word: str(digit)
    for digit, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    )
}


def says(text: str, kernel: str) -> bool:
    """Whether `kernel` can be read out of `text`: in any case, with accents or without, with other separators, letter
    by letter, or with its digits as words. A digit more at either end makes it another value."""
    if f" {_words(kernel)} " in f" {_words(text)} ":
        return True
    wanted = _words(kernel).replace(" ", "")
    if not _DIGIT.search(wanted) or len(wanted) < 4:
        return False
    before = r"(?<!\d)" if wanted[0].isdigit() else ""
    after = r"(?!\d)" if wanted[-1].isdigit() else ""
    run = "".join(DIGITS.get(word, word) for word in _words(text).split())
    return re.search(f"{before}{re.escape(wanted)}{after}", run) is not None


def quotes(text: str, value: str) -> bool:
    """Whether `value` stands in `text` as it is, but for case, curly quotes and kinds of dashes."""
    plain = re.escape(_plain(value))
    return re.search(rf"(?<!\w){plain}(?!\w)", _plain(text)) is not None


def untold_kernels(scenario: Scenario, state: CallState) -> tuple[str, ...]:
    """The values that the customer has not told yet; one that a told fact holds as well is told."""
    told = {kernel for name in state.told if name in scenario.facts for kernel in scenario.facts[name].kernel}
    return tuple(
        kernel
        for name, fact in scenario.facts.items()
        for kernel in fact.kernel
        if name not in state.told and kernel not in told
    )


def planned_values(scenario: Scenario, plan: Sequence[Worded]) -> tuple[str, ...]:
    """What a wording of this plan must hold exactly: kernels, identity values, tags, codes and long numbers."""
    return tuple(dict.fromkeys(value for worded in plan for value in _values_of(scenario, worded)))


def _values_of(scenario: Scenario, worded: Worded) -> list[str]:
    kind, _, key = worded.move.partition(":")
    values = list(scenario.facts[key].kernel) if key in scenario.facts else []
    if kind.startswith("give_"):
        values.append(key)
    return [value for value in values if quotes(worded.line, value)] + VALUE.findall(worded.line)


def _words(text: str) -> str:
    """The words of a text with one blank between them, bare of case, accents and characters that nobody sees."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    seen = "".join(char for char in decomposed if unicodedata.category(char) not in ("Mn", "Cf"))
    words = " ".join(_WORD.findall(seen))
    return _SPELT_OUT.sub(lambda run: run.group().replace(" ", ""), words)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY).casefold().split())
