"""What the customer can tell, and what the customer and the agent can do."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.checks import CheckedCondition
from engine.definition.caller import Scale
from engine.parts import Line, Lines, Part, Value, VariableName
from engine.understanding.acts import Act
from engine.vocabulary import Assurance


class Fact(Part):
    """Something that the customer can tell when asked.

    Asked for by any of `acts`, or by a question that means one of `asks`. `says` are wordings of the same content
    (by mood: `annoyed` ones when patience is low); `again` when it is asked a second time. `kernel` are the values
    that must not slip out before the fact is told.
    `volunteers` are wordings for telling it unasked. `when` must hold first; `not_yet` is said until then.
    """

    topic: Line
    acts: tuple[Act, ...] = ()
    asks: Lines
    says: Lines
    annoyed: tuple[Line, ...] = ()
    again: tuple[Line, ...] = ()
    kernel: tuple[Line, ...] = ()
    when: CheckedCondition = Field(default_factory=dict)
    not_yet: tuple[Line, ...] = ()
    volunteers: tuple[Line, ...] = ()
    volunteered: Literal["at_opening", "with_problem", "when_warm", "never"] = "never"

    @model_validator(mode="after")
    def _held_back_needs_words(self) -> Fact:
        if self.when and not self.not_yet:
            raise ValueError("`when` needs `not_yet`: what the customer says until it holds")
        return self


class Report(Part):
    """What is seen after an action, where `when` holds (the first that holds is told)."""

    when: CheckedCondition = Field(default_factory=dict)
    says: Lines


class Slip(Part):
    """How an action by the customer's hands can go wrong, with this chance, at the first time it is asked for.

    `misunderstands`: they do something else and say so. `claims`: they say it is done though it is not.
    """

    kind: Literal["misunderstands", "claims"]
    chance: Scale
    says: Lines


class Action(Part):
    """A change of the estate: by the agent with a tool, or by the customer's hands on an instruction.

    `when` must hold for the effects to come about; else `otherwise` is what is reported. `reports` are read after
    the effects. `needs` is the assurance that the desk's rules require; an agent may force the tool without it, which
    is recorded as a breach. `ends_access` and the like are not fields: harm is told by `outcome.untouched`.
    """

    by: Literal["agent", "customer"]
    label: Line
    explains: Line | None = None
    examples: tuple[Line, ...] = ()
    needs: Assurance = Assurance.NONE
    when: CheckedCondition = Field(default_factory=dict)
    otherwise: tuple[Line, ...] = ()
    effects: dict[VariableName, Value] = Field(default_factory=dict)
    reports: Annotated[tuple[Report, ...], Field(min_length=1)]
    seconds: int = Field(default=10, ge=0, le=1800)
    goes_wrong: Slip | None = None

    @model_validator(mode="after")
    def _complete(self) -> Action:
        if self.by == "customer" and len(self.examples) < 3:
            raise ValueError(
                "an action by the customer needs three `examples` of how an agent words the instruction"
            )
        if self.when and not self.otherwise:
            raise ValueError("`when` needs `otherwise`: what is reported when it does not hold")
        if self.by == "agent" and self.goes_wrong:
            raise ValueError("only an action by the customer can go wrong")
        return self
