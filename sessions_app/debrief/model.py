"""The debrief as one structure. Every text is in the reader's language and ready to be shown.

Times are seconds from the moment at which the ticket was taken. `seq` is the place in the session's sequence.
A quotation and the piece of the transcript that it was taken from share an `anchor`.
"""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from engine.vocabulary import Dimension
from sessions_app.events import Frame
from sessions_app.recommendation import NextStep
from sessions_app.results import Achieved, XpRow

type Tone = Literal["good", "warn", "bad", "note", "plain"]
type Verdict = Literal["passed", "not_passed", "void", "abandoned"]
type Result = Literal["met", "partly", "missed", "cannot_assess"]

Score = Annotated[float, Field(ge=0, le=100, description="0–100 with two decimals.")]

# ---------------------------------------------------------------- scores


class Quote(Frame):
    """The words or the moment behind a point. `at` is None for the note; `where` says in words where it is."""

    kind: Literal["message", "event", "note"]
    anchor: str
    text: str
    where: str
    seq: int | None = None
    at: float | None = None


class CriterionView(Frame):
    """One criterion of the rubric and what came of it. `points` from 0 to 1."""

    id: str
    dimension: Dimension
    wording: str
    why: str
    better: str
    weight: int
    fatal: bool
    result: Result
    result_label: str
    points: float
    reason: str
    quotes: tuple[Quote, ...]
    assessor: str


class DimensionView(Frame):
    """One dimension. `share` is its part of the overall score in percent, `points` what it brought of that.

    `earned` of `possible` are the weighted points of its criteria that could be assessed: the score is their
    quotient.
    """

    dimension: Dimension
    label: str
    weight: int
    share: float
    score: Score | None
    points: float
    earned: float
    possible: int
    criteria: tuple[CriterionView, ...]


class ScoresView(Frame):
    """The overall score and how it came about. `capped`: a fatal criterion holds it at `cap`."""

    overall: Score
    uncapped: Score
    passing: int
    capped: bool
    cap: float
    weights: int
    dimensions: tuple[DimensionView, ...]
    best_before: Score | None


class Change(Frame):
    """One thing to do otherwise next time: the criterion, what was said instead, and a better wording."""

    criterion: CriterionView
    said: Quote | None


# ---------------------------------------------------------------- the call


class Piece(Frame):
    """A run of a text, `text[start:end]`. `anchors` are the quotations that begin here, `marked` whether any
    covers it."""

    text: str
    start: int
    end: int
    marked: bool
    anchors: tuple[str, ...]


class Spoken(Frame):
    """One message of the transcript, in pieces that put together are its text."""

    id: UUID
    seq: int
    sender: Literal["trainee", "customer", "system", "instructor"]
    at: dt.datetime
    seconds: float
    pieces: tuple[Piece, ...]


class Moment(Frame):
    """One thing that happened. `anchors` are those of the quotations that name it."""

    seq: int
    seconds: float
    kind: Literal["message", "check", "tool", "research", "note", "wait", "end"]
    icon: str
    who: str
    title: str
    detail: str
    tone: Tone
    anchors: tuple[str, ...]


class MoodPoint(Frame):
    """How the customer felt from this moment on, each scale 0–100. `cause` in words, empty at the start.

    `warmth` sums patience, trust and confusion up; `change` is by how much this moment moved it.
    """

    seq: int
    seconds: float
    warmth: float
    patience: float
    trust: float
    confusion: float
    change: float
    cause: str


class MoodCause(Frame):
    """One thing that the trainee did and what it did to the customer's warmth in all."""

    words: str
    times: int
    change: float


class MoodView(Frame):
    """The customer's mood over time, and what moved it, the strongest first."""

    points: tuple[MoodPoint, ...]
    warmed: tuple[MoodCause, ...]
    cooled: tuple[MoodCause, ...]
    summary: str

    @property
    def start(self) -> MoodPoint:
        return self.points[0]

    @property
    def end(self) -> MoodPoint:
        return self.points[-1]


class ReplyView(Frame):
    """How long the customer waited for one answer."""

    seq: int
    seconds: float
    began: str


class TargetView(Frame):
    """One of the desk's targets, in seconds; `taken` is None where it never came to that."""

    label: str
    taken: float | None
    limit: float
    kept: bool


class TimesView(Frame):
    """Response times: the desk's targets, and every reply. Announced holds do not count."""

    targets: tuple[TargetView, ...]
    replies: tuple[ReplyView, ...]
    median: float | None
    slowest: float | None
    silences: int


# ---------------------------------------------------------------- what was behind it


class EndingView(Frame):
    """How the call was ended, and how it should have been."""

    chosen: str
    right: str
    as_it_should: bool
    in_vain: bool
    team: str
    reason: str
    words: str


class LetIn(Frame):
    """The moment at which an impostor was given what they wanted."""

    anchor: str
    seconds: float
    tool: str
    words: str
    pressed: str


class TruthView(Frame):
    """What was really going on. `impostor` tells whether the caller was not who they claimed to be."""

    root_cause: str
    lesson: str
    impostor: bool
    caller: str
    background: str
    let_in: LetIn | None


class UntoldFact(Frame):
    """Something that the customer knew and was never asked. `after` is what must come first."""

    topic: str
    question: str
    answer: str
    after: str


class SatisfactionPart(Frame):
    """One part of the satisfaction, in words, and what it is worth."""

    words: str
    points: float


class SatisfactionView(Frame):
    """How content the customer was at the end, 1–5, and how that came about."""

    value: Annotated[int, Field(ge=1, le=5)]
    words: str
    whose: str
    parts: tuple[SatisfactionPart, ...]
    limit: str


class ArticleView(Frame):
    """A knowledge article and what it was worth to this ticket."""

    title: str
    source: str
    credibility: str
    relevance: Literal["solves", "helps", "distracts", "wrong", "general"]
    relevance_label: str
    opened: bool
    seconds: float
    cited: bool


class ResearchView(Frame):
    """What was looked up: searches, every article that was opened, and those that would have helped."""

    searches: tuple[str, ...]
    read: tuple[ArticleView, ...]
    missed: tuple[ArticleView, ...]


class NoteAnswerView(Frame):
    """A question of the second line and the words of the note that answer it, if any do."""

    question: str
    answered: bool
    quote: str
    anchor: str


class NoteView(Frame):
    """The note as it was handed in, and what the second line makes of it."""

    pieces: tuple[Piece, ...]
    questions: tuple[NoteAnswerView, ...]
    answered: int
    example: str


# ---------------------------------------------------------------- what it brought, and what next


class XpView(Frame):
    """What the call earned, with its arithmetic, and where that leaves the trainee.

    `into` of `span` XP lie between `level` and the next one, as of now.
    """

    earned: int
    rows: tuple[XpRow, ...]
    level_before: int
    level: int
    now: int
    name: str
    into: int
    span: int
    achievements: tuple[Achieved, ...]


class ScenarioLine(Frame):
    """Which scenario was practised."""

    slug: str
    title: str
    difficulty: str
    difficulty_label: str


class Call(Frame):
    """The parts of a debrief that only a finished call has."""

    scores: ScoresView
    fatal: tuple[CriterionView, ...]
    strengths: tuple[CriterionView, ...]
    changes: tuple[Change, ...]
    truth: TruthView
    ending: EndingView
    untold: tuple[UntoldFact, ...]
    told: int
    satisfaction: SatisfactionView
    mood: MoodView
    times: TimesView
    research: ResearchView
    note: NoteView
    xp: XpView
    judged_by: str


class Debrief(Frame):
    """Everything that is told after a session. `call` is None for one that was abandoned: nothing was judged,
    and nothing is given away, so that it can be played anew."""

    session: UUID
    verdict: Verdict
    headline: str
    lead: str
    scenario: ScenarioLine
    ticket: str
    trainee: str
    customer: str
    started_at: dt.datetime
    ended_at: dt.datetime
    seconds: float
    valid: bool
    void_reasons: tuple[str, ...]
    transcript: tuple[Spoken, ...]
    timeline: tuple[Moment, ...]
    call: Call | None
    next: tuple[NextStep, ...]
