"""Scripted calls as people read them: what was said and done, and what it was worth.

A script is the text of `scenario play --script` under a head of lines such as `# scenario: the-plugin-by-noon`; its
transcript is made again by `manage.py scenario calls` whenever the customer's words change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.definition import Scenario as Definition
from engine.scorecard import ScoreCard
from scenarios.playing import BadStepError, Call, Played, play_script

DONE = {
    "mark": "marked",
    "tool": "used",
    "lookup": "looked up",
    "search": "searched for",
    "open": "read",
    "cite": "cited",
    "note": "noted:",
    "wait": "let seconds pass:",
    "end": "ended the call:",
}


@dataclass(frozen=True)
class CallScript:
    """A script with its head: which scenario, which seed, what the trainee is like."""

    name: str
    scenario: str
    seed: int
    title: str
    steps: tuple[str, ...]


def read_script(path: Path) -> CallScript:
    """Read a script file. Raises BadStepError where its head lacks something."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = dict(_head(lines))
    missing = {"scenario", "seed", "title"} - head.keys()
    if missing or not head["seed"].isdigit():
        raise BadStepError(f"{path.name}: the head needs `# scenario:`, `# seed:` (a number) and `# title:`")
    steps = tuple(line for line in lines if line.strip() and not line.startswith("#"))
    return CallScript(path.stem, head["scenario"], int(head["seed"]), head["title"], steps)


def _head(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.startswith("#"):
            name, _, value = line[1:].partition(":")
            yield name.strip(), value.strip()


def transcript(script: CallScript, definitions: Mapping[str, Definition]) -> str:
    """The call as Markdown. Raises BadStepError for a step that is none, or an unknown scenario."""
    if script.scenario not in definitions:
        raise BadStepError(f"{script.name}: there is no scenario {script.scenario}")
    parts: list[str] = []
    steps = iter(script.steps)
    for played, call in play_script(definitions[script.scenario], script.steps, seed=script.seed):
        if not parts:
            parts += _opening(script, call)
        parts += _step(next(steps), played, call)
    return "\n\n".join(parts) + "\n"


def _opening(script: CallScript, call: Call) -> list[str]:
    ticket = call.scenario.ticket
    archetype = call.scenario.persona.archetype.replace("_", " ")
    return [
        f"# {script.title}",
        f"*{call.scenario.title}*, seed {script.seed}. The customer is of the kind “{archetype}”.",
        "\n".join(
            f"> {line}".rstrip() for line in [f"**{ticket.subject}**", "", *ticket.description.splitlines()]
        ),
        f"**{_name(call)}:** {call.opening}",
    ]


def _step(line: str, played: Played, call: Call) -> Iterator[str]:
    if line.startswith("/"):
        yield f"*The trainee {_deed(line, call.scenario)}*"
        if line.startswith("/tool") and played.shown:
            yield f"> {played.shown}"
    else:
        yield f"**Trainee:** {line}"
    if played.error:
        yield f"> {played.error.detail}"
    if played.reply:
        yield f"**{_name(call)}:** {played.reply}"
    if played.card:
        yield _verdict(played.card)


def _deed(line: str, scenario: Definition) -> str:
    """A step that is no message, in words: labels and titles instead of ids."""
    word, _, rest = line[1:].partition(" ")
    name, _, more = rest.partition(" ")
    if word == "tool":
        label = scenario.actions[name].label if name in scenario.actions else name.replace("_", " ")
        return f"used the tool “{label}”" + (", against the desk's rule" if more == "force" else "")
    if word in ("open", "cite") and rest in scenario.knowledge:
        return f"{DONE[word]} the article “{scenario.knowledge[rest].title}”"
    if word == "mark":
        return f"marked the {name.replace('_', ' ')}: {more}"
    return f"{DONE.get(word, word)} {rest}"


def _name(call: Call) -> str:
    return call.scenario.claimed_person.name.split()[0]


def _verdict(card: ScoreCard) -> str:
    rows = [f"| {each.dimension.replace('_', ' ')} | {_points(each.score)} |" for each in card.dimensions]
    verdict = "passed" if card.passed else "not passed"
    head = f"**Overall {card.overall:g}, {verdict}; satisfaction {card.satisfaction:g} of 5.**"
    return "\n".join([head, "", "| dimension | score |", "| --- | --- |", *rows])


def _points(score: float | None) -> str:
    return "not assessed" if score is None else f"{score:g}"


def write_transcripts(
    scripts: Path, folder: Path, definitions: Mapping[str, Definition], tell: Callable[[str], object]
) -> None:
    """Make the transcript of every script in a folder anew."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(scripts.glob("*.txt")):
        (folder / f"{path.stem}.md").write_text(transcript(read_script(path), definitions), encoding="utf-8")
        tell(f"{folder / path.stem}.md")
