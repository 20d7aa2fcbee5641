"""A scenario, as data: what is true, who is on the line, what they know, and how the call is judged.

Every part is a frozen pydantic model; an unknown field is an error. Whether names refer to things that exist is
checked by `engine.references`, whether the scenario can be played well by `engine.lint`. The format is told to
authors in docs/scenario-format.md.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.checks import Check, CheckedCondition
from engine.parts import Line, Name, Part, Slug, Text, Value, VariableName
from engine.understanding.acts import Act
from engine.understanding.matching import Matcher
from engine.vocabulary import (
    Archetype,
    Assurance,
    Credibility,
    Difficulty,
    Dimension,
    Ending,
    IdentityField,
    Proof,
    Relevance,
    TechnicalLevel,
)

Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=40)]
Scale = Annotated[float, Field(ge=0, le=1)]

# ---------------------------------------------------------------- the ticket


class Sla(Part):
    """The desk's targets, in minutes from taking the ticket."""

    first_response_minutes: int = Field(ge=1, le=1440)
    resolution_minutes: int = Field(ge=1, le=10_080)


class Reporter(Part):
    """The customer as the ticket reports them; not necessarily what the records say."""

    name: Line
    contact: Line
    location: Line | None = None


class Ticket(Part):
    """What the trainee finds in the queue."""

    priority: Literal["low", "medium", "high"]
    category: Line
    subject: Line
    description: Text
    channel: Literal["chat", "phone", "walk_in", "e_mail"] = "chat"
    reported_by: Reporter
    asset: Line | None = None
    technical_context: Text | None = None
    sla: Sla


class Desk(Part):
    """The desk the trainee works on: its name and whom it can pass work to."""

    name: Line = "IT Service Desk"
    teams: Annotated[tuple[Line, ...], Field(min_length=2)] = (
        "Identity and Access",
        "Network Operations",
        "End-User Devices",
        "Business Applications",
        "Information Security",
    )


# ---------------------------------------------------------------- the estate


class Person(Part):
    """Somebody in the directory."""

    name: Line
    username: Line
    employee_number: Line
    department: Line
    job_title: Line
    manager: Line
    phone: Line
    location: Line
    enrolled_device: Line | None = None
    status: Line = "Active"
    remark: Line | None = None


class Asset(Part):
    """A device in the asset register; `owner` is a person's id in the directory."""

    tag: Line
    model: Line
    kind: Literal["laptop", "desktop", "phone", "printer", "tablet", "other"] = "laptop"
    owner: Name
    state: Line = "In use"
    warranty_until: dt.date | None = None


class Service(Part):
    """A service of the company and what its status page says."""

    name: Line
    status: Literal["operational", "degraded", "outage", "maintenance"] = "operational"
    notice: Line | None = None


class Variable(Part):
    """Something that is so or not so in the estate, and may be changed by an action.

    `shown_on` puts it on the agent's record of a person (`person:<id>`), an asset (`asset:<id>`) or a service
    (`service:<id>`); without it only the customer's eyes and the debrief know it. `words` says in words what each
    value means there.
    """

    starts: Value
    label: Line
    shown_on: Annotated[str, Field(pattern=r"^(person|asset|service):[a-z][a-z0-9_]*$")] | None = None
    words: dict[str, Line] = Field(default_factory=dict)

    def in_words(self, value: Value) -> str:
        key = str(value).lower() if isinstance(value, bool) else str(value)
        return self.words.get(key, key)


class Estate(Part):
    """What is true before the call."""

    people: Annotated[dict[Name, Person], Field(min_length=1)]
    assets: dict[Name, Asset] = Field(default_factory=dict)
    services: dict[Name, Service] = Field(default_factory=dict)
    variables: Annotated[dict[VariableName, Variable], Field(min_length=1)]


# ---------------------------------------------------------------- the person on the line


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
    """Who is on the line: whom they claim to be, whether they are, and what they can show for it."""

    person: Name
    genuine: bool = True
    answers: dict[IdentityField, Answer] = Field(default_factory=dict)
    other_answers: tuple[OtherAnswer, ...] = ()
    proofs: dict[Proof, ProofResult]
    pressure: tuple[Line, ...] = ()
    gives_up_after: int = Field(default=3, ge=1, le=10)
    gives_up: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _impostors_press(self) -> Caller:
        if self.genuine:
            return self
        if any(proof.passes for proof in self.proofs.values()):
            raise ValueError("a caller who is not genuine cannot pass a proof of possession")
        if not self.pressure or not self.gives_up:
            raise ValueError("a caller who is not genuine needs `pressure` and `gives_up` lines")
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


# ---------------------------------------------------------------- what the customer can tell and do


class Fact(Part):
    """Something that the customer can tell when asked.

    Asked for by any of `acts`, or by a question that means one of `asks`. `says` are wordings of the same content
    (by mood: `annoyed` ones when patience is low); `again` when it is asked a second time. `kernel` are the values
    that must not slip out before the fact is told. `when` must hold first; `not_yet` is said until then.
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


# ---------------------------------------------------------------- knowledge, note, ending, rubric


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


class Conclusion(Part):
    """How the call ought to end, and what was really going on."""

    ending: Ending
    team: Line | None = None
    solved: CheckedCondition
    untouched: dict[VariableName, Value] = Field(default_factory=dict)
    works: Lines
    still_broken: Lines
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
        return Matcher({name: fact.asks for name, fact in self.facts.items()})

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
