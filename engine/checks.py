"""The closed set of checks that a rubric may use. Each is data; `engine.scoring` carries them out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from engine.conditions import Condition, problems_of
from engine.parts import Line, Name, Part
from engine.understanding.acts import Act
from engine.vocabulary import Assurance, Ending, IdentityField, Proof


def _well_formed(condition: Condition) -> Condition:
    for problem in problems_of(condition):
        raise ValueError(problem)
    return condition


CheckedCondition = Annotated[Condition, AfterValidator(_well_formed)]

ActList = Annotated[tuple[Act, ...], Field(min_length=1)]
NameList = Annotated[tuple[Name, ...], Field(min_length=1)]


class ActPresent(Part):
    """The trainee did one of these acts at least `at_least` times (fewer but some: partly)."""

    type: Literal["act_present"]
    acts: ActList
    at_least: int = Field(default=1, ge=1, le=50)


class ActsAll(Part):
    """The trainee did every one of these acts (at least half of them: partly)."""

    type: Literal["acts_all"]
    acts: ActList


class ActAbsent(Part):
    """The trainee did none of these acts. Cannot be assessed on fewer than three trainee messages."""

    type: Literal["act_absent"]
    acts: ActList


class ActBefore(Part):
    """The first of `acts` came before the first of `before_acts` or `before_actions`.

    When what it should precede never happened, the act alone is partly enough.
    """

    type: Literal["act_before"]
    acts: ActList
    before_acts: tuple[Act, ...] = ()
    before_actions: tuple[Name, ...] = ()


class ActCount(Part):
    """How often the trainee did one of these acts lies between the bounds (inclusive)."""

    type: Literal["act_count"]
    acts: ActList
    at_least: int = Field(default=0, ge=0)
    at_most: int | None = Field(default=None, ge=0)


class FactElicited(Part):
    """The customer told these facts; met with `at_least` of them (default all), partly with one."""

    type: Literal["fact_elicited"]
    facts: NameList
    at_least: int | None = Field(default=None, ge=1)


class ActionDone(Part):
    """One of these actions was really done (not only claimed)."""

    type: Literal["action_done"]
    actions: NameList


class ActionNotDone(Part):
    """None of these actions was done. Cannot be assessed on fewer than three trainee messages."""

    type: Literal["action_not_done"]
    actions: NameList


class ActionsInOrder(Part):
    """These actions were all done, each first time after the one before it (all done, other order: partly)."""

    type: Literal["actions_in_order"]
    actions: NameList


class AssuranceBefore(Part):
    """Each time one of these actions was done, the caller's assurance was at least `level`.

    `if_never` says what it is worth when none of them was done.
    """

    type: Literal["assurance_before"]
    level: Assurance
    actions: NameList
    if_never: Literal["met", "missed"] = "missed"


class AssuranceReached(Part):
    """The caller's assurance reached `level` at some time (the level below: partly)."""

    type: Literal["assurance_reached"]
    level: Assurance


class FieldsMarked(Part):
    """The trainee marked these identity fields, each as the records make it right (some of them: partly)."""

    type: Literal["fields_marked"]
    fields: Annotated[tuple[IdentityField, ...], Field(min_length=1)]


class ProofTried(Part):
    """A proof of possession was started, whatever came of it."""

    type: Literal["proof_tried"]
    proofs: tuple[Proof, ...] = tuple(Proof)


class StateAtEnd(Part):
    """The estate fulfils this condition when the session ends."""

    type: Literal["state_at_end"]
    state: CheckedCondition


class EndedAs(Part):
    """The session ended this way; `team` names to whom an escalation must go (another team: partly)."""

    type: Literal["ended_as"]
    ending: Ending
    team: Line | None = None


class ArticleOpened(Part):
    """At least `at_least` of these knowledge articles were opened."""

    type: Literal["article_opened"]
    articles: NameList
    at_least: int = Field(default=1, ge=1)


class ArticleCited(Part):
    """One of these articles was cited into the note (opened but not cited: partly)."""

    type: Literal["article_cited"]
    articles: NameList


class ArticleBefore(Part):
    """One of these articles was opened before one of the actions was first done."""

    type: Literal["article_before"]
    articles: NameList
    actions: NameList


class NoteAnswers(Part):
    """The note answers these questions of the documentation part (some of them: partly, by their share)."""

    type: Literal["note_answers"]
    questions: NameList


class TimeWithin(Part):
    """A time stayed within `seconds` (within twice that: partly).

    `first_reply` from the ticket being taken to the trainee's first message; `reply` the median of all
    replies, announced holds left out; `ending` from taking the ticket to its end.
    """

    type: Literal["time_within"]
    what: Literal["first_reply", "reply", "ending"]
    seconds: int = Field(ge=1, le=86_400)


class NoSilence(Part):
    """The customer never had to ask whether anyone was there (once: partly)."""

    type: Literal["no_silence"]


class JudgedByModel(Part):
    """A yes/no question for a language model where one is configured; `otherwise` is the code's own check."""

    type: Literal["judged_by_model"]
    question: Line
    otherwise: Annotated[ActPresent | ActAbsent | ActCount | ActsAll, Field(discriminator="type")] | None = (
        None
    )


Check = Annotated[
    ActPresent
    | ActsAll
    | ActAbsent
    | ActBefore
    | ActCount
    | FactElicited
    | ActionDone
    | ActionNotDone
    | ActionsInOrder
    | AssuranceBefore
    | AssuranceReached
    | FieldsMarked
    | ProofTried
    | StateAtEnd
    | EndedAs
    | ArticleOpened
    | ArticleCited
    | ArticleBefore
    | NoteAnswers
    | TimeWithin
    | NoSilence
    | JudgedByModel,
    Field(discriminator="type"),
]
