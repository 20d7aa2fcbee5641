"""The person on the line: whom they claim to be, what they can show for it, and what they are like."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.parts import Line, Lines, Name, Part, Text
from engine.vocabulary import Archetype, IdentityField, Pretext, Proof, TechnicalLevel

Scale = Annotated[float, Field(ge=0, le=1)]


class Answer(Part):
    """How the caller answers when asked for one identity detail, where it differs from the record.

    `value` is what they believe (default: the record's). With `slip`, the first answer is that mistyped value and
    the true one follows when they are asked again or challenged. With `finds_by`, they do not know it until the
    trainee says where to look (any of these wordings, or asking a second time); `unknown` is what they say until then.
    """

    value: Line | None = None
    says: tuple[Line, ...] = ()
    slip: Line | None = None
    finds_by: tuple[Line, ...] = ()
    unknown: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _unknown_needs_words(self) -> Answer:
        if self.finds_by and not self.unknown:
            raise ValueError("`finds_by` needs `unknown`: what the caller says before they look")
        return self


class OtherAnswer(Part):
    """How the caller answers a question for another detail: employee number, manager, date of birth."""

    asks: Lines
    says: Lines


class ProofResult(Part):
    """What comes of a proof of possession: whether it passes, what the agent sees, what the caller says of it.

    `before` is what the caller says when it is announced, `says` when it has been carried out.
    """

    passes: bool
    result: Line
    says: Lines
    before: tuple[Line, ...] = ()


class Caller(Part):
    """Who is on the line: whom they claim to be, whether they are, and what they can show for it.

    An impostor's `pretext` (a colleague with stale data, an executive in a hurry, a supplier or auditor) gives them
    lines to press with; the author's own `pressure`, one a step and harder each time, comes first.
    """

    person: Name
    genuine: bool = True
    answers: dict[IdentityField, Answer] = Field(default_factory=dict)
    other_answers: tuple[OtherAnswer, ...] = ()
    proofs: dict[Proof, ProofResult]
    pressure: tuple[Line, ...] = ()
    pretext: Pretext | None = None
    gives_up_after: int = Field(default=3, ge=1, le=10)
    gives_up: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _impostors_press(self) -> Caller:
        if self.genuine:
            return self
        if any(proof.passes for proof in self.proofs.values()):
            raise ValueError("a caller who is not genuine cannot pass a proof of possession")
        if self.pretext is None and not (self.pressure and self.gives_up):
            raise ValueError(
                "a caller who is not genuine needs a `pretext`, or `pressure` and `gives_up` lines"
            )
        return self


class Traits(Part):
    """The person, on scales from 0 (not at all) to 1 (very)."""

    patience: Scale = 0.5
    warmth: Scale = 0.5
    talkativeness: Scale = 0.5
    anxiety: Scale = 0.3


class Style(Part):
    """How the person writes. `typing_speed` is in words a minute."""

    formality: Scale = 0.5
    verbosity: Scale = 0.5
    typing_speed: int = Field(default=45, ge=10, le=120)
    quirks: tuple[Literal["lower_case", "ellipses", "exclamation", "no_apostrophes", "signs_off"], ...] = ()


class Persona(Part):
    """The customer as a person. Lines here are the author's own; the voice fills in the rest by archetype."""

    archetype: Archetype
    background: Text
    traits: Traits = Traits()
    technical_level: TechnicalLevel = TechnicalLevel.NOVICE
    style: Style = Style()
    starting_mood: Scale = 0.5
    openings: Lines
    closings: tuple[Line, ...] = ()
    worries: tuple[Line, ...] = ()
    asks_after_seconds: int = Field(default=90, ge=20, le=900)
