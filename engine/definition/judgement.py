"""Knowledge, the note, how the call ought to end, and how it is judged."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from engine.checks import Check, CheckedCondition
from engine.definition.conduct import Report
from engine.parts import Line, Lines, Name, Part, Text, Value, VariableName
from engine.vocabulary import Credibility, Dimension, Ending, Relevance


class Article(Part):
    """A knowledge article, some of them wrong. `source` names who published it; `body` is Markdown."""

    title: Line
    body: Text
    source: Line
    credibility: Credibility
    published: dt.date
    link: Line | None = None
    relevance: Relevance


class NoteQuestion(Part):
    """A question that the second line must find answered in the note.

    `answered_by`: groups of words or phrases; an answer has one of each group, near each other.
    """

    question: Line
    answered_by: Annotated[tuple[Annotated[tuple[Line, ...], Field(min_length=1)], ...], Field(min_length=1)]


def _lines_as_report(written: Any) -> Any:
    """Plain lines, as most authors write them, are a report that always holds."""
    if isinstance(written, list | tuple) and all(isinstance(line, str) for line in written):
        return [{"says": list(written)}]
    return written


Sight = Annotated[
    tuple[Report, ...],
    Field(min_length=1),
    BeforeValidator(_lines_as_report, json_schema_input_type=Lines | tuple[Report, ...]),
]
"""What the customer sees when they try: lines, or reports of which the first that holds is told."""


class Conclusion(Part):
    """How the call ought to end, and what was really going on."""

    ending: Ending
    team: Line | None = None
    solved: CheckedCondition
    untouched: dict[VariableName, Value] = Field(default_factory=dict)
    works: Sight
    still_broken: Sight
    root_cause: Text
    lesson: Text

    @model_validator(mode="after")
    def _escalation_names_a_team(self) -> Conclusion:
        if (self.ending is Ending.ESCALATED) != (self.team is not None):
            raise ValueError("`team` is for an ending `escalated`, and needed there")
        return self


class Criterion(Part):
    """One question of the rubric. `why` is told to the trainee in the debrief; `better` is a wording to learn from."""

    dimension: Dimension
    wording: Line
    check: Check
    why: Line
    better: Line | None = None
    weight: int = Field(default=1, ge=1, le=10)
    fatal: bool = False


class Rubric(Part):
    """How the call is judged: each dimension's weight in the overall score, and the criteria."""

    weights: dict[Dimension, Annotated[int, Field(ge=0, le=100)]]
    passing_score: int = Field(default=70, ge=1, le=100)
    criteria: Annotated[dict[Name, Criterion], Field(min_length=1)]

    @model_validator(mode="after")
    def _weighs_something(self) -> Rubric:
        if sum(self.weights.values()) == 0:
            raise ValueError("the weights of the dimensions may not all be zero")
        if missing := {criterion.dimension for criterion in self.criteria.values()} - set(self.weights):
            raise ValueError(f"no weight for {', '.join(sorted(missing))}")
        return self


class Walkthrough(Part):
    """What an expert would write, for the bots that prove the scenario and for the debrief's model answer."""

    note: Text
