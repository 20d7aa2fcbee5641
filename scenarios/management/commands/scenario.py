"""`manage.py scenario`: what authors and operators do with scenario files."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from engine.bots.fuzz import FuzzedCall, fuzz
from engine.definition import Scenario as Definition
from engine.lint import LintReport, lint
from engine.understanding.store import read_writers
from scenarios.actions import load_scenarios
from scenarios.exporter import to_fixture, to_yaml
from scenarios.faults import ScenarioError
from scenarios.loader import ScenarioFile, parse_stored, read_paths
from scenarios.playing import BadStepError, Call, Played, play_script
from scenarios.queries import version_in_force
from scenarios.transcripts import write_transcripts

FOLDER = Path("fixtures") / "scenarios"
CALLS = Path("fixtures") / "calls"
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Command(BaseCommand):
    """One command with subcommands; failures are plain lines and exit code 1."""

    help = "Loads, proves, exports and plays scenarios."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="subcommand", required=True)
        load = commands.add_parser("load", help="validate and load files or folders, all or nothing")
        load.add_argument("paths", nargs="*", metavar="PATH", help=f"default: {FOLDER}")
        check = commands.add_parser("lint", help="prove that scenarios can be played well")
        check.add_argument("paths", nargs="*", metavar="PATH")
        check.add_argument("--all", action="store_true", help=f"everything in {FOLDER}")
        export = commands.add_parser("export", help="print the YAML that loads back to the same")
        export.add_argument("slug", nargs="?", metavar="SLUG")
        export.add_argument("--fixture", action="store_true", help=f"JSON for loaddata, of all in {FOLDER}")
        export.add_argument("--output", type=Path, metavar="FILE", help="write there instead of printing")
        commands.add_parser("schema", help="print the JSON Schema of the format")
        play = commands.add_parser("play", help="play the call in the terminal")
        play.add_argument("slug", metavar="SLUG", help="a loaded scenario, or a scenario file")
        play.add_argument("--script", metavar="FILE", help="one step a line; each turn is printed as JSON")
        play.add_argument("--seed", type=int, default=0, help="decides every draw of the customer")
        fuzzing = commands.add_parser("fuzz", help="play random trainees and look for what breaks")
        fuzzing.add_argument("paths", nargs="*", metavar="PATH", help=f"default: everything in {FOLDER}")
        fuzzing.add_argument("--calls", type=int, default=1000, help="random calls of each scenario")
        fuzzing.add_argument("--seed", type=int, default=0, help="the first call's seed")
        calls = commands.add_parser("calls", help=f"write the transcripts of the scripts in {CALLS}")
        calls.add_argument("--output", type=Path, default=Path("docs") / "calls", metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        run: Callable[..., None] = getattr(self, options["subcommand"])
        try:
            run(options)
        except (ScenarioError, BadStepError) as error:
            raise CommandError(str(error)) from None

    # ------------------------------------------------------------ files

    def load(self, options: dict[str, Any]) -> None:
        loaded = load_scenarios(files=read_paths(options["paths"] or [_folder()]))
        for what, slugs in vars(loaded).items():
            for slug in slugs:
                self.stdout.write(f"{what:<9} {slug}")

    def lint(self, options: dict[str, Any]) -> None:
        if not options["paths"] and not options["all"]:
            raise CommandError("name files or folders, or say --all")
        files = read_paths([*options["paths"], *([_folder()] if options["all"] else [])])
        failed = 0
        for file in files:
            report = lint(file.definition)
            self.stdout.write(_report(file, report))
            failed += not report.passed
        if failed:
            raise CommandError(f"{failed} of {len(files)} scenarios failed")

    def export(self, options: dict[str, Any]) -> None:
        slug, fixture = options["slug"], options["fixture"]
        if bool(slug) == fixture:
            raise CommandError("name the scenario to export, or say --fixture")
        self._put_out(_shipped_fixture() if fixture else to_yaml(_published(slug)), options["output"])

    def schema(self, options: dict[str, Any]) -> None:
        schema = {"$schema": SCHEMA_DIALECT, **Definition.model_json_schema()}
        self.stdout.write(json.dumps(schema, indent=2))

    def _put_out(self, text: str, output: Path | None) -> None:
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output}: cannot be written: {error.strerror}") from None

    # ------------------------------------------------------------ playing

    def play(self, options: dict[str, Any]) -> None:
        definition = _playable(options["slug"])
        if options["script"]:
            lines = _read_lines(options["script"])
            for index, (played, call) in enumerate(play_script(definition, lines, seed=options["seed"])):
                opening = {"opening": call.opening} if index == 0 else {}
                self.stdout.write(json.dumps(opening | _as_json(played, call), ensure_ascii=False))
                self.stdout.flush()
        else:
            self._talk(Call(definition, seed=options["seed"], now=lambda: datetime.now(UTC)))

    def fuzz(self, options: dict[str, Any]) -> None:
        wordings = [wording.text for writer in read_writers().values() for wording in writer]
        found = 0
        for file in read_paths(options["paths"] or [_folder()]):
            started = time.monotonic()
            seeds = range(options["seed"], options["seed"] + options["calls"])
            calls = [fuzz(file.definition, wordings, seed) for seed in seeds]
            self.stdout.write(_fuzz_report(file, calls, time.monotonic() - started))
            found += sum(len(call.findings) for call in calls)
        if found:
            raise CommandError(f"{found} findings")

    def calls(self, options: dict[str, Any]) -> None:
        definitions = {file.definition.slug: file.definition for file in read_paths([_folder()])}
        scripts = Path(settings.BASE_DIR) / CALLS
        write_transcripts(scripts, options["output"], definitions, self.stdout.write)

    def _talk(self, call: Call) -> None:
        ticket = call.scenario.ticket
        self.stdout.write(f"{call.scenario.title}\n{ticket.subject}\n\n{ticket.description}\n")
        self.stdout.write("Write to the customer, or /mark /tool /lookup /search /open /cite /note /end.\n")
        self.stdout.write(f"< {call.opening}")
        for line in _typed():
            try:
                self._show(call.step(line), call)
            except BadStepError as error:
                self.stdout.write(f"! {error}")
            if call.card is not None:
                return

    def _show(self, played: Played, call: Call) -> None:
        if played.error:
            self.stdout.write(f"! {played.error.detail}")
        if played.shown:
            self.stdout.write(played.shown)
        if played.reply:
            self.stdout.write(f"< {played.reply}")
        if call.state.left:
            self.stdout.write("! The customer has left the chat. /end the session.")
        if played.card:
            self.stdout.write(_card_lines(played))


def _folder() -> Path:
    folder = Path(settings.BASE_DIR) / FOLDER
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _shipped_fixture() -> str:
    return to_fixture(file.definition for file in read_paths([_folder()]))


def _published(slug: str) -> Definition:
    version = version_in_force(slug)
    if version is None:
        raise CommandError(f"there is no published scenario {slug}")
    return parse_stored(version.definition)


def _playable(slug_or_file: str) -> Definition:
    if Path(slug_or_file).is_file():
        return read_paths([slug_or_file])[0].definition
    return _published(slug_or_file)


def _read_lines(name: str) -> Iterable[str]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{name}: cannot be opened: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(f"{name}: is not UTF-8 text") from None
    return text.split("\n")


def _typed() -> Iterator[str]:
    while True:
        try:
            line = input("> ")
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip():
            yield line


def _as_json(played: Played, call: Call) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "acts": list(played.acts),
        "events": [event.model_dump(mode="json") for event in played.events],
        "reply": played.reply,
        "state": call.state.model_dump(mode="json"),
    }
    if played.error:
        shown["error"] = {"code": played.error.code, "detail": played.error.detail}
    if played.card:
        shown["score"] = played.card.model_dump(mode="json")
    return shown


def _card_lines(played: Played) -> str:
    card = played.card
    if card is None:
        return ""
    lines = [f"{each.dimension:<14} {each.score}" for each in card.dimensions]
    lines += [f"{each.result:<13} {each.wording} {each.reason}" for each in card.criteria]
    return "\n".join([*lines, f"overall {card.overall}, {'passed' if card.passed else 'not passed'}"])


def _score_lines(report: LintReport) -> Iterator[str]:
    """A line for each bot, and for each case where the scenario leaves something open."""
    for label, scores in (report.cases or {"": report.scores}).items():
        if label:
            yield f"  with {label}"
        yield from (f"  {bot:<10} {score:6.2f}" for bot, score in scores.items())


def _fuzz_report(file: ScenarioFile, calls: Sequence[FuzzedCall], seconds: float) -> str:
    turns = sum(call.turns for call in calls)
    lines = [
        f"{file.definition.slug}: {len(calls)} calls, {turns} messages, {len(calls) / max(seconds, 0.001):.0f} calls/s"
    ]
    lines += [f"  seed {call.seed}: {finding}" for call in calls for finding in call.findings]
    return "\n".join(lines)


def _report(file: ScenarioFile, report: LintReport) -> str:
    lines = [f"{file.definition.slug}: {'passed' if report.passed else 'failed'}"]
    lines += _score_lines(report)
    lines += [f"  fault: {file.fault(problem.message, *problem.path)}" for problem in report.problems]
    lines += [f"  remark: {file.fault(remark.message, *remark.path)}" for remark in report.remarks]
    return "\n".join(lines)
