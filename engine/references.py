"""Whether every name in a scenario refers to something that exists, and every value is of the right kind.

`engine.definition` checks each part by itself; here the parts are held against each other. A problem's `path`
is the place in the scenario file: keys and list indices from the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

from engine import checks
from engine.conditions import Condition
from engine.definition import Report, Scenario
from engine.parts import Value
from engine.understanding.acts import ASKS_IDENTITY, FINDING_OUT
from engine.variation import FIXED, MOST_CASES, PLACEHOLDER, BadVariation, drawn_scenario
from engine.vocabulary import Assurance, IdentityField, Proof

Path = tuple[str | int, ...]

LONGEST_SPOKEN = 500
"""Characters of one line that the customer says; longer ones read like an essay in a chat."""
LONGEST_TITLE = 120
LONGEST_SUBJECT = 150
LONGEST_SUMMARY = 400
LONGEST_NOTE = 4_000

ASKING = FINDING_OUT | ASKS_IDENTITY
"""The acts by which a fact can be asked for."""


class Problem(NamedTuple):
    """`path` is the place in the scenario file, `message` what is wrong there and what would be right."""

    path: Path
    message: str


def problems(scenario: Scenario) -> list[Problem]:
    """Everything that does not hold together, in every case that is left open; an empty list for a sound scenario."""
    if scenario.variation:
        return list(dict.fromkeys(_of_every_case(scenario)))
    return _problems_of_case(scenario)


def _of_every_case(scenario: Scenario) -> Iterator[Problem]:
    unsound = [*_variation(scenario)]
    yield from unsound
    if unsound:
        return
    for drawn in scenario.variation.cases():
        try:
            case = drawn_scenario(scenario, drawn)
        except BadVariation as error:
            for detail in error.errors:
                message = f"{detail['msg']} (with {drawn.label or 'the first values'})"
                yield Problem(tuple(detail["loc"]), message)
            continue
        yield from _problems_of_case(case)


def _problems_of_case(scenario: Scenario) -> list[Problem]:
    return [
        *_estate(scenario),
        *_caller(scenario),
        *_facts(scenario),
        *_actions(scenario),
        *_outcome(scenario),
        *_rubric(scenario),
        *_lines(scenario),
        *_lengths(scenario),
    ]


# ---------------------------------------------------------------- parts


def _estate(scenario: Scenario) -> Iterator[Problem]:
    estate = scenario.estate
    for name, asset in estate.assets.items():
        if asset.owner not in estate.people:
            yield Problem(("estate", "assets", name, "owner"), _unknown("person", asset.owner, estate.people))
    shelves: dict[str, Mapping[str, object]] = {
        "person": estate.people,
        "asset": estate.assets,
        "service": estate.services,
    }
    for variable_name, variable in estate.variables.items():
        path = ("estate", "variables", variable_name)
        if variable.shown_on:
            kind, _, target = variable.shown_on.partition(":")
            if target not in shelves[kind]:
                yield Problem((*path, "shown_on"), _unknown(kind, target, shelves[kind]))
        for word in variable.words:
            if isinstance(variable.starts, bool) and word not in ("true", "false"):
                yield Problem(
                    (*path, "words", word), 'the words of a yes/no variable are for "true" and "false"'
                )
    if scenario.slug in scenario.prerequisites:
        yield Problem(("prerequisites",), "a scenario cannot be its own prerequisite")


def _caller(scenario: Scenario) -> Iterator[Problem]:
    caller, people = scenario.caller, scenario.estate.people
    if caller.person not in people:
        yield Problem(("caller", "person"), _unknown("person", caller.person, people))
        return
    tag = caller.answers.get(IdentityField.ASSET_TAG)
    owned = [asset.tag for asset in scenario.estate.assets.values() if asset.owner == caller.person]
    if not owned:
        yield Problem(("caller", "person"), f"{caller.person} owns no asset, so no asset tag can be compared")
    if not owned and not (tag and tag.value):
        yield Problem(
            ("caller", "answers"), "the caller has no asset tag to give: name a `value` under `asset_tag`"
        )
    push = caller.proofs.get(Proof.PUSH)
    if push and push.passes and people[caller.person].enrolled_device is None:
        path = ("estate", "people", caller.person, "enrolled_device")
        yield Problem(path, "a push can only pass where a device is enrolled")


def _facts(scenario: Scenario) -> Iterator[Problem]:
    asked_by: dict[str, str] = {}
    for name, fact in scenario.facts.items():
        path = ("facts", name)
        yield from _condition(fact.when, (*path, "when"), scenario)
        for index, act in enumerate(fact.acts):
            if act not in ASKING:
                yield Problem((*path, "acts", index), f"{act} asks for nothing; use one of the asking acts")
        for index, wording in enumerate(fact.asks):
            other = asked_by.setdefault(_plain(wording), name)
            if other != name:
                yield Problem((*path, "asks", index), f"the fact {other} is asked for by the same words")
        if f"told.{name}" in fact.when:
            yield Problem((*path, "when"), "a fact cannot wait for itself")


def _actions(scenario: Scenario) -> Iterator[Problem]:
    for name, action in scenario.actions.items():
        path = ("actions", name)
        yield from _condition(action.when, (*path, "when"), scenario)
        yield from _values(action.effects, (*path, "effects"), scenario)
        yield from _reports(action.reports, (*path, "reports"), scenario)


def _reports(reports: Sequence[Report], path: Path, scenario: Scenario) -> Iterator[Problem]:
    for index, report in enumerate(reports):
        yield from _condition(report.when, (*path, index, "when"), scenario)
    if all(report.when for report in reports):
        message = "give the last report no `when`, so that there is always one to tell"
        yield Problem((*path, len(reports) - 1, "when"), message)


def _outcome(scenario: Scenario) -> Iterator[Problem]:
    outcome = scenario.outcome
    yield from _condition(outcome.solved, ("outcome", "solved"), scenario)
    yield from _values(outcome.untouched, ("outcome", "untouched"), scenario)
    yield from _reports(outcome.works, ("outcome", "works"), scenario)
    yield from _reports(outcome.still_broken, ("outcome", "still_broken"), scenario)
    if outcome.team is not None and outcome.team not in scenario.desk.teams:
        yield Problem(("outcome", "team"), _unknown("team", outcome.team, scenario.desk.teams))


# ---------------------------------------------------------------- what is left open


def _variation(scenario: Scenario) -> Iterator[Problem]:
    variation = scenario.variation
    count = prod(len(options) for options in variation.alternatives.values())
    if count > MOST_CASES:
        path = ("variation", "alternatives")
        yield Problem(path, f"{count} combinations are too many to prove (at most {MOST_CASES})")
    for name, options in variation.alternatives.items():
        for option, alternative in options.items():
            for part in alternative.changes.keys() & FIXED:
                place: Path = ("variation", "alternatives", name, option, "changes", part)
                yield Problem(place, f"`{part}` is the same for every session and cannot change")
    yield from _placeholders(scenario)


def _placeholders(scenario: Scenario) -> Iterator[Problem]:
    """Every placeholder has its value, every value its place, and no text that all sessions share has one."""
    known = {name for drawn in scenario.variation.every_value() for name in scenario.variation.texts(drawn)}
    used: set[str] = set()
    for path, name in _placeholders_in(scenario.model_dump(mode="json"), ()):
        used.add(name)
        if path[0] in FIXED - {"variation"}:
            yield Problem(path, f"${{{name}}} cannot stand here: `{path[0]}` is the same for every session")
        elif name not in known:
            yield Problem(path, _unknown("value", name, sorted(known)))
    for name in sorted(known - used):
        yield Problem(("variation", "values", name.split(".")[0]), f"${{{name}}} stands nowhere")


def _placeholders_in(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield from ((path, match.group(1)) for match in PLACEHOLDER.finditer(data))
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _placeholders_in(value, (*path, key))


# ---------------------------------------------------------------- the rubric


def _rubric(scenario: Scenario) -> Iterator[Problem]:
    for name, criterion in scenario.rubric.criteria.items():
        yield from _check(criterion.check, ("rubric", "criteria", name, "check"), scenario)


def _check(check: checks.Check, path: Path, scenario: Scenario) -> Iterator[Problem]:
    named: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("facts", "fact", scenario.facts),
        ("actions", "action", scenario.actions),
        ("before_actions", "action", scenario.actions),
        ("articles", "article", scenario.knowledge),
        ("questions", "question", scenario.documentation),
    )
    for field, kind, known in named:
        for index, name in enumerate(getattr(check, field, ())):
            if name not in known:
                yield Problem((*path, field, index), _unknown(kind, name, known))
    yield from _of_its_kind(check, path, scenario)


def _of_its_kind(check: checks.Check, path: Path, scenario: Scenario) -> Iterator[Problem]:
    """What only this kind of check can have wrong."""
    match check:
        case checks.ActBefore(before_acts=(), before_actions=()):
            yield Problem(path, "say what it comes before: `before_acts` or `before_actions`")
        case checks.ActCount(at_least=least, at_most=int(most)) if most < least:
            yield Problem((*path, "at_most"), "`at_most` is less than `at_least`")
        case checks.FactElicited(at_least=int(least), facts=names):
            yield from _reachable_count(least, names, path)
        case checks.ArticleOpened(at_least=least, articles=names):
            yield from _reachable_count(least, names, path)
        case checks.StateAtEnd():
            yield from _condition(check.state, (*path, "state"), scenario)
        case checks.EndedAs(team=str(team)) if team not in scenario.desk.teams:
            yield Problem((*path, "team"), _unknown("team", team, scenario.desk.teams))
        case checks.ProofTried() if not set(check.proofs) & set(scenario.caller.proofs):
            yield Problem((*path, "proofs"), "the caller has none of these proofs")
        case checks.JudgedByModel(otherwise=other) if other is not None:
            yield from _check(other, (*path, "otherwise"), scenario)
        case _:
            pass


def _reachable_count(at_least: int, names: Sequence[str], path: Path) -> Iterator[Problem]:
    if at_least > len(set(names)):
        yield Problem(
            (*path, "at_least"), f"only {len(set(names))} are named, so {at_least} can never be reached"
        )


# ---------------------------------------------------------------- conditions and values


def _condition(condition: Condition, path: Path, scenario: Scenario) -> Iterator[Problem]:
    for name, wanted in condition.items():
        if name == "any":
            for index, option in enumerate(wanted):
                yield from _condition(option, (*path, "any", index), scenario)
        elif name == "not":
            yield from _condition(wanted, (*path, "not"), scenario)
        else:
            yield from _entry(name, wanted, (*path, name), scenario)


def _entry(name: str, wanted: object, path: Path, scenario: Scenario) -> Iterator[Problem]:
    allowed = wanted if isinstance(wanted, list) else [wanted]
    kind, _, target = name.partition(".")
    if name == "assurance":
        for level in allowed:
            if level not in set(Assurance):
                yield Problem(path, f"assurance is one of {', '.join(Assurance)}, not {level!r}")
    elif kind in ("told", "done", "proof"):
        shelves: dict[str, tuple[str, Mapping[Any, object]]] = {
            "told": ("fact", scenario.facts),
            "done": ("action", scenario.actions),
            "proof": ("proof of this caller", scenario.caller.proofs),
        }
        what, shelf = shelves[kind]
        if target not in shelf:
            yield Problem(path, _unknown(what, target, shelf))
        if any(not isinstance(value, bool) for value in allowed):
            yield Problem(path, f"{name} is true or false")
    else:
        for value in allowed:
            yield from _value(name, value, path, scenario)


def _values(values: Mapping[str, Value], path: Path, scenario: Scenario) -> Iterator[Problem]:
    for name, value in values.items():
        yield from _value(name, value, (*path, name), scenario)


def _value(name: str, value: object, path: Path, scenario: Scenario) -> Iterator[Problem]:
    variable = scenario.estate.variables.get(name)
    if variable is None:
        yield Problem(path, _unknown("variable", name, scenario.estate.variables))
    elif type(value) is not type(variable.starts):
        wanted = {bool: "true or false", int: "a whole number", str: "a word"}[type(variable.starts)]
        yield Problem(path, f"{name} holds {wanted}, not {value!r}")


# ---------------------------------------------------------------- lines and lengths


def spoken_lines(scenario: Scenario) -> Iterator[tuple[Path, Sequence[str]]]:
    """Every list of lines that the customer may say, with its place."""
    persona, outcome = scenario.persona, scenario.outcome
    for field in ("openings", "closings", "worries"):
        yield ("persona", field), getattr(persona, field)
    yield from _lines_of_caller(scenario)
    for name, fact in scenario.facts.items():
        for field in ("says", "volunteers", "annoyed", "again", "not_yet"):
            yield ("facts", name, field), getattr(fact, field)
    for name, action in scenario.chores.items():
        yield ("actions", name, "otherwise"), action.otherwise
        for index, report in enumerate(action.reports):
            yield ("actions", name, "reports", index, "says"), report.says
        if action.goes_wrong:
            yield ("actions", name, "goes_wrong", "says"), action.goes_wrong.says
    for field, sight in (("works", outcome.works), ("still_broken", outcome.still_broken)):
        for index, report in enumerate(sight):
            yield ("outcome", field, index, "says"), report.says


def _lines_of_caller(scenario: Scenario) -> Iterator[tuple[Path, Sequence[str]]]:
    caller = scenario.caller
    yield ("caller", "pressure"), caller.pressure
    yield ("caller", "gives_up"), caller.gives_up
    for field, answer in caller.answers.items():
        yield ("caller", "answers", str(field), "says"), answer.says
        yield ("caller", "answers", str(field), "unknown"), answer.unknown
    for index, other in enumerate(caller.other_answers):
        yield ("caller", "other_answers", index, "says"), other.says
    for proof, result in caller.proofs.items():
        yield ("caller", "proofs", str(proof), "says"), result.says


def _lines(scenario: Scenario) -> Iterator[Problem]:
    """The customer never says a line twice in a call, so no line may stand twice."""
    seen_in_persona: dict[str, Path] = {}
    for path, lines in spoken_lines(scenario):
        seen = seen_in_persona if path[0] == "persona" else {}
        for index, line in enumerate(lines):
            earlier = seen.setdefault(_plain(line), (*path, index))
            if earlier != (*path, index):
                yield Problem((*path, index), f"the same line stands at {'.'.join(map(str, earlier))}")
            if len(line) > LONGEST_SPOKEN:
                yield Problem(
                    (*path, index),
                    f"{len(line)} characters are too many for a chat line (at most {LONGEST_SPOKEN})",
                )


def _lengths(scenario: Scenario) -> Iterator[Problem]:
    for path, text, most in (
        (("title",), scenario.title, LONGEST_TITLE),
        (("summary",), scenario.summary, LONGEST_SUMMARY),
        (("ticket", "subject"), scenario.ticket.subject, LONGEST_SUBJECT),
        (("walkthrough", "note"), scenario.walkthrough.note, LONGEST_NOTE),
    ):
        if len(text) > most:
            yield Problem(path, f"{len(text)} characters are too many here (at most {most})")


def _plain(line: str) -> str:
    return " ".join(line.casefold().split()).rstrip(".!?… ")


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    return f"there is no {kind} “{name}”; known: {', '.join(known) or 'none'}"
