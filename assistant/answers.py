"""What comes of asking a language model: an answer, and what went wrong with it in one closed vocabulary."""

import dataclasses
from collections.abc import Callable
from enum import StrEnum

LONGEST_ANSWER = 4_000
"""Characters that are read of an answer; whoever wants fewer checks that themselves."""

type Hear = Callable[[str], bool]
"""Told the whole text so far after every piece of it; returns whether more is wanted."""


class Trouble(StrEnum):
    """Why there is no whole answer, by the names under which it is counted."""

    SLOW = "slow"
    """Neither the first word nor the last came in time."""
    LIMITED = "limited"
    """Too many requests, and waiting would take too long."""
    REFUSED = "refused"
    """A wrong key, an unknown model, a request or an account that the provider turns down."""
    UNREACHABLE = "unreachable"
    """Nobody there, or a fault of the provider's."""
    GARBLED = "garbled"
    """Something came, but no whole answer: broken off, not of the protocol, or without end."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked: its standing `rules`, and one `request`."""

    rules: str
    request: str


@dataclasses.dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that are waited for the first word, and for the last one with everything that is tried until then."""

    first_word: float
    whole: float


@dataclasses.dataclass(slots=True)
class Answer:
    """What was heard, with what it took. `trouble` is None for a whole answer.

    `stopped`: the asker wanted no more. Tokens are the provider's figures, or estimated where it gave none.
    """

    text: str = ""
    trouble: Trouble | None = None
    stopped: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    milliseconds: int = 0
    retry_after: float | None = None

    @property
    def outcome(self) -> str:
        """One word for the history."""
        if self.stopped:
            return "stopped"
        return str(self.trouble) if self.trouble else "answered"
