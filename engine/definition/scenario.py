"""A whole scenario file."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from engine.definition.caller import Caller, Persona
from engine.definition.conduct import Action, Fact
from engine.definition.estate import Estate, Person
from engine.definition.judgement import Article, Conclusion, NoteQuestion, Rubric, Walkthrough
from engine.definition.ticket import Desk, Ticket
from engine.parts import Line, Name, Part, Slug, Text
from engine.understanding.matching import Matcher
from engine.variation import Variation
from engine.vocabulary import Difficulty, IdentityField

READY_TO_ANSWER = 1.6
"""How much readier (in log odds) a sentence is taken for a question than for an instruction to act upon."""


class Scenario(Part):
    """A whole scenario file."""

    format: Literal[1]
    slug: Slug
    title: Line
    summary: Line
    difficulty: Difficulty
    estimated_minutes: int = Field(ge=1, le=180)
    xp_reward: int = Field(ge=10, le=1000)
    skills: Annotated[tuple[Line, ...], Field(min_length=1, max_length=10)]
    tags: tuple[Line, ...] = ()
    prerequisites: tuple[Slug, ...] = ()
    briefing: Text
    ticket: Ticket
    desk: Desk = Desk()
    estate: Estate
    caller: Caller
    persona: Persona
    facts: Annotated[dict[Name, Fact], Field(min_length=1)]
    actions: Annotated[dict[Name, Action], Field(min_length=1)]
    knowledge: dict[Name, Article] = Field(default_factory=dict)
    documentation: Annotated[dict[Name, NoteQuestion], Field(min_length=1)]
    outcome: Conclusion
    rubric: Rubric
    walkthrough: Walkthrough
    variation: Variation = Variation()

    @cached_property
    def claimed_person(self) -> Person:
        """The directory's record of whom the caller claims to be."""
        return self.estate.people[self.caller.person]

    @cached_property
    def tools(self) -> dict[str, Action]:
        """The agent's own actions, by id."""
        return {name: action for name, action in self.actions.items() if action.by == "agent"}

    @cached_property
    def chores(self) -> dict[str, Action]:
        """What the customer can do on an instruction, by id."""
        return {name: action for name, action in self.actions.items() if action.by == "customer"}

    @cached_property
    def questions(self) -> Matcher:
        """Which fact a sentence asks for, by the author's wordings."""
        return Matcher({name: fact.asks for name, fact in self.facts.items()}, ease=READY_TO_ANSWER)

    @cached_property
    def instructions(self) -> Matcher:
        """Which of the customer's actions a sentence asks for, by the author's wordings."""
        return Matcher({name: action.examples for name, action in self.chores.items()})

    @cached_property
    def other_questions(self) -> Matcher:
        """Which of the caller's other answers (by index) a sentence asks for."""
        return Matcher({str(index): answer.asks for index, answer in enumerate(self.caller.other_answers)})

    @cached_property
    def hints(self) -> dict[IdentityField, Matcher]:
        """Whether a sentence says where to find a detail that the caller does not know."""
        return {field: Matcher({"here": answer.finds_by}) for field, answer in self.caller.answers.items()}
