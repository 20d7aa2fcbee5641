"""The proof before publishing: a scenario can be played and solved, keeps its secrets, rewards good conduct.

`problems` fail a scenario. `remarks` are what an author should look at: wordings that the engine does not
understand as the author meant them, and the like.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from pydantic import Field

from engine.audit import says
from engine.bots import BOTS, play
from engine.conditions import Condition, holds, names_in
from engine.definition import Scenario
from engine.errors import EngineError
from engine.meaning import find_meaning
from engine.parts import Part, Value
from engine.planning import World, best_assurance, reachable_facts
from engine.references import Path, Problem, problems, spoken_lines
from engine.scorecard import ScoreCard
from engine.scoring import score
from engine.scoring.note import read_note
from engine.understanding.acts import FAULTS
from engine.variation import drawn_scenario
from engine.vocabulary import Ending
from engine.voice.banks import every_line

CLEARLY_BETTER = 10.0
"""Points that each bot must be ahead of the next."""
EXPERT_SCORES = 90.0
"""Below this an author should see what the expert missed."""
SEED = 1


class LintReport(Part):
    """What was found, and each bot's overall score (empty where the scenario cannot be played at all).

    `cases` holds the scores of every combination of alternatives, by its label; `scores` are those of the first.
    """

    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()
    scores: dict[str, float] = Field(default_factory=dict)
    cases: dict[str, dict[str, float]] = Field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return not self.problems


def lint(scenario: Scenario) -> LintReport:
    """Prove a scenario in every case that it leaves open, or say why it cannot be proven.

    Pure; takes a second or two for each case.
    """
    if unsound := problems(scenario):
        return LintReport(problems=tuple(unsound))
    if not scenario.variation:
        return _lint_case(scenario)
    reports = {
        drawn.label: _lint_case(drawn_scenario(scenario, drawn)) for drawn in scenario.variation.cases()
    }
    cases = {label: report.scores for label, report in reports.items()}
    return LintReport(
        problems=_of_all({label: report.problems for label, report in reports.items()}),
        remarks=_of_all({label: report.remarks for label, report in reports.items()}),
        scores=next(iter(cases.values())),
        cases=cases if len(cases) > 1 else {},
    )


def _of_all(by_case: Mapping[str, tuple[Problem, ...]]) -> tuple[Problem, ...]:
    """Each problem once; where it comes up in some cases only, it says in which."""
    found: dict[Problem, list[str]] = {}
    for label, of_case in by_case.items():
        for problem in of_case:
            found.setdefault(problem, []).append(label)
    return tuple(
        problem
        if len(labels) == len(by_case)
        else Problem(problem.path, f"{problem.message} (with {'; '.join(labels)})")
        for problem, labels in found.items()
    )


def _lint_case(scenario: Scenario) -> LintReport:
    found = [
        *_start(scenario),
        *_solution(scenario),
        *_facts(scenario),
        *_values(scenario),
        *_leaks(scenario),
    ]
    cards, faults = _play_all(scenario)
    found += [*faults, *_order(cards)]
    return LintReport(
        problems=tuple(found),
        remarks=(*_expert(cards), *_wordings(scenario), *_note(scenario), *_weights(scenario)),
        scores={bot: card.overall for bot, card in cards.items()},
    )


# ---------------------------------------------------------------- the way to the end


def _start(scenario: Scenario) -> Iterator[Problem]:
    names = _names_at_start(scenario)
    if scenario.outcome.ending is Ending.RESOLVED and holds(scenario.outcome.solved, names):
        yield Problem(("outcome", "solved"), "this already holds before the call: there is nothing to solve")


def _solution(scenario: Scenario) -> Iterator[Problem]:
    told = reachable_facts(scenario)
    world = World(scenario, assurance=best_assurance(scenario), told=told)

    def solved(names: Mapping[str, Value]) -> bool:
        return holds(scenario.outcome.solved, names)

    if world.shortest(world.start(), solved, scenario.outcome.untouched) is not None:
        return
    if world.shortest(world.start(), solved) is not None:
        yield Problem(("outcome", "untouched"), "it can only be solved by touching what should be left alone")
        return
    level = best_assurance(scenario)
    yield Problem(
        ("outcome", "solved"), f"no sequence of actions leads here (the caller can be {level} at most)"
    )


def _facts(scenario: Scenario) -> Iterator[Problem]:
    for name in scenario.facts.keys() - reachable_facts(scenario):
        yield Problem(("facts", name, "when"), "this never comes to hold, so the customer can never tell it")


def _values(scenario: Scenario) -> Iterator[Problem]:
    """A condition on a value that nothing ever sets is a typing error, or a part that is missing."""
    possible: dict[str, set[Value]] = {
        name: {variable.starts} for name, variable in scenario.estate.variables.items()
    }
    for action in scenario.actions.values():
        for name, value in action.effects.items():
            possible[name].add(value)
    for path, condition in _conditions(scenario):
        for name, wanted in names_in(condition):
            for value in wanted if isinstance(wanted, list) else [wanted]:
                if name in possible and value not in possible[name]:
                    yield Problem((*path, name), f"nothing ever makes {name} {value!r}")


def _conditions(scenario: Scenario) -> Iterator[tuple[Path, Condition]]:
    for name, fact in scenario.facts.items():
        yield ("facts", name, "when"), fact.when
    for name, action in scenario.actions.items():
        yield ("actions", name, "when"), action.when
        for index, report in enumerate(action.reports):
            yield ("actions", name, "reports", index, "when"), report.when
    yield ("outcome", "solved"), scenario.outcome.solved
    for field in ("works", "still_broken"):
        for index, report in enumerate(getattr(scenario.outcome, field)):
            yield ("outcome", field, index, "when"), report.when
    for name, criterion in scenario.rubric.criteria.items():
        yield ("rubric", "criteria", name, "check", "state"), getattr(criterion.check, "state", {})


def _names_at_start(scenario: Scenario) -> Mapping[str, Value]:
    world = World(scenario, assurance=best_assurance(scenario), told=())
    return {**world.names(world.start()), "assurance": "none"}


# ---------------------------------------------------------------- secrets


def _leaks(scenario: Scenario) -> Iterator[Problem]:
    """A kernel in a text that comes before its fact: what is read first, or another line of the customer."""
    texts = [*_early_texts(scenario), *_other_lines(scenario)]
    open_from_start = _told_at_opening(scenario)
    said_anyway = " ".join(every_line(scenario.persona.archetype))
    for name, fact in scenario.facts.items():
        for index, kernel in enumerate(fact.kernel):
            if says(said_anyway, kernel):
                path: Path = ("facts", name, "kernel", index)
                yield Problem(
                    path,
                    f"“{kernel}” is an everyday word of the built-in voice; name one that gives more away",
                )
    for name, fact in scenario.facts.items():
        if name == open_from_start:
            continue
        for path, text in texts:
            if path[:2] == ("facts", name) or _comes_after(scenario, path, name):
                continue
            for kernel in fact.kernel:
                if says(text, kernel):
                    yield Problem(path, f"gives away “{kernel}” before the customer tells the fact {name}")


def _early_texts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """What the trainee reads before the first question. Articles and records are knowledge of their own."""
    ticket = scenario.ticket
    yield ("title",), scenario.title
    yield ("summary",), scenario.summary
    yield ("briefing",), scenario.briefing
    yield ("ticket", "category"), ticket.category
    yield ("ticket", "subject"), ticket.subject
    yield ("ticket", "description"), ticket.description
    yield ("ticket", "technical_context"), ticket.technical_context or ""
    yield ("ticket", "reported_by", "contact"), ticket.reported_by.contact
    for index, skill in enumerate(scenario.skills):
        yield ("skills", index), skill


def _other_lines(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """The customer's lines; what they report after an instruction is earned by it and left out."""
    for path, lines in spoken_lines(scenario):
        if path[0] == "actions" or path[:2] in (("outcome", "works"), ("persona", "closings")):
            continue
        for index, line in enumerate(lines):
            yield (*path, index), line


def _told_at_opening(scenario: Scenario) -> str | None:
    opening = (
        name for name, fact in scenario.facts.items() if fact.volunteered == "at_opening" and not fact.when
    )
    return next(opening, None)


def _comes_after(scenario: Scenario, path: Path, name: str) -> bool:
    """Whether the line at `path` belongs to a fact that is only told once the fact `name` was."""
    if path[0] != "facts" or path[2] == "not_yet":
        return False
    return scenario.facts[str(path[1])].when.get(f"told.{name}") is True


# ---------------------------------------------------------------- the bots


def _play_all(scenario: Scenario) -> tuple[dict[str, ScoreCard], list[Problem]]:
    cards: dict[str, ScoreCard] = {}
    faults: list[Problem] = []
    for bot in BOTS:
        try:
            cards[bot] = score(scenario, play(scenario, bot, seed=SEED))
        except EngineError as error:
            faults.append(Problem((), f"the {bot} bot could not play the call: {error.detail}"))
            continue
        faults += [
            Problem((), f"the {bot} bot's run is void: {reason}") for reason in cards[bot].void_reasons
        ]
    return cards, faults


def _order(cards: Mapping[str, ScoreCard]) -> Iterator[Problem]:
    for better, worse in pairwise(BOTS):
        if better not in cards or worse not in cards:
            continue
        high, low = cards[better].overall, cards[worse].overall
        if high - low < CLEARLY_BETTER:
            wanted = f"they must be {CLEARLY_BETTER:g} apart"
            yield Problem(("rubric",), f"the {better} bot scores {high:g}, the {worse} one {low:g}; {wanted}")
    expert = cards.get(BOTS[0])
    if expert and not expert.passed:
        failed = ", ".join(expert.fatal) or f"{expert.overall:g} points"
        yield Problem(("rubric",), f"the expert bot does not pass ({failed})")


def _expert(cards: Mapping[str, ScoreCard]) -> Iterator[Problem]:
    """What the expert did not reach, where that is a lot."""
    expert = cards.get(BOTS[0])
    if expert is None or expert.overall >= EXPERT_SCORES:
        return
    for criterion in expert.criteria:
        if criterion.result in ("partly", "missed"):
            yield Problem(("rubric", "criteria", criterion.criterion), f"the expert bot: {criterion.reason}")


# ---------------------------------------------------------------- remarks


def _wordings(scenario: Scenario) -> Iterator[Problem]:
    """The author's own questions and instructions, read as the engine will read them."""
    for name, fact in scenario.facts.items():
        for index, text in enumerate(fact.asks):
            yield from _wording(scenario, ("facts", name, "asks", index), text, name, "question")
    for name, action in scenario.chores.items():
        for index, text in enumerate(action.examples):
            yield from _wording(scenario, ("actions", name, "examples", index), text, name, "instruction")


def _wording(scenario: Scenario, path: Path, text: str, name: str, kind: str) -> Iterator[Problem]:
    meaning = find_meaning(scenario, text)
    for fault in FAULTS.intersection(meaning.reading.acts):
        yield Problem(path, f"“{text}” is read as {fault}")
    understood = meaning.facts if kind == "question" else meaning.chores
    opens = kind == "question" and meaning.open_question and scenario.facts[name].volunteered != "never"
    if name not in understood and not opens:
        others = ", ".join((*meaning.facts, *meaning.chores)) or "nothing"
        yield Problem(path, f"“{text}” is not understood as this {kind} but as {others}")


def _note(scenario: Scenario) -> Iterator[Problem]:
    answered = read_note(scenario.walkthrough.note, scenario.documentation, scenario)
    for name in scenario.documentation.keys() - answered.keys():
        yield Problem(("walkthrough", "note"), f"the note does not answer the question {name}")
    for name, question in scenario.documentation.items():
        if _answers_itself(scenario.ticket.description, question.answered_by):
            yield Problem(("documentation", name), "the ticket's own description answers this question")


def _answers_itself(text: str, groups: tuple[tuple[str, ...], ...]) -> bool:
    return all(any(says(text, phrase) for phrase in group) for group in groups)


def _weights(scenario: Scenario) -> Iterator[Problem]:
    judged = {criterion.dimension for criterion in scenario.rubric.criteria.values()}
    for dimension, weight in scenario.rubric.weights.items():
        if weight and dimension not in judged:
            yield Problem(
                ("rubric", "weights", str(dimension)), "weighs something, but no criterion is about it"
            )
