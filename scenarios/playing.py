"""A call played step by step outside of any session: for authors at a terminal, and for scripts.

It writes the same record as a live session does, so that the same call earns the same scores. Steps are lines
of text; docs/scenario-format.md tells them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine import desk
from engine.definition import Scenario as Definition
from engine.errors import BadArguments, CallOver, EngineError
from engine.events import (
    ArticleCited,
    ArticleClosed,
    ArticleOpened,
    Event,
    KnowledgeSearched,
    NoteSaved,
)
from engine.record import CallRecord, HappenedEvent, SaidMessage, Sender
from engine.scorecard import ScoreCard
from engine.scoring import score
from engine.scoring.note import CITATION
from engine.state import CallState
from engine.turn import fall_silent, open_call, take_turn
from engine.understanding.acts import Act
from engine.variation import vary
from engine.vocabulary import Ending, IdentityField, Outcome
from engine.voice import Reply
from scenarios.source import is_storable

TEXT_LIMIT = 4_000
SCRIPT_START = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)
"""When a scripted call begins: Monday morning."""
SECONDS_A_STEP = 15
"""What each scripted step takes, besides the time that the customer is seen typing."""

_WORD = re.compile(r"\w+")


class BadStepError(ValueError):
    """A line that is no step; the text says what is. The call is unchanged."""


@dataclass(frozen=True)
class Played:
    """What one step brought about. `shown` is what the agent's screen says, for people at a terminal."""

    acts: tuple[Act, ...] = ()
    events: tuple[Event, ...] = ()
    reply: str | None = None
    shown: str = ""
    error: EngineError | None = None
    card: ScoreCard | None = None


class Clock:
    """The time of a scripted call: moves only when it is told to."""

    def __init__(self, start: dt.datetime = SCRIPT_START) -> None:
        self.now = start

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


class Call:
    """A call of one scenario, from the customer's first message to the score card."""

    def __init__(self, scenario: Definition, *, seed: int = 0, now: Callable[[], dt.datetime]) -> None:
        self.scenario = vary(scenario, seed)
        self.now = now
        self.note = ""
        self.card: ScoreCard | None = None
        self.state = CallState()
        self._messages: list[SaidMessage] = []
        self._events: list[HappenedEvent] = []
        self._note_version = 0
        self._reading: tuple[str, dt.datetime] | None = None
        self.started_at = now()
        opening = open_call(self.scenario, seed=seed, at=self.started_at)
        self.opening = self._keep(opening.state, opening.events, opening.reply)

    def step(self, line: str) -> Played:
        """Carry out one line: a message, or a command after a slash.

        A step that the engine refuses comes back with its `error`. Raises BadStepError for what is no step.
        """
        line = line.strip()
        if not line or not is_storable(line) or len(line) > TEXT_LIMIT:
            raise BadStepError(f"a step is text of 1 to {TEXT_LIMIT:,} characters")
        if self.card is not None:
            return Played(error=CallOver("The session has ended."))
        try:
            return self._command(line) if line.startswith("/") else self._say(line)
        except EngineError as error:
            return Played(error=error)

    def _command(self, line: str) -> Played:
        name, _, rest = line[1:].partition(" ")
        command = self._commands.get(name)
        if command is None:
            raise BadStepError(f"there is no step /{name}; use one of /{', /'.join(self._commands)}")
        return command(self, rest.strip())

    # ------------------------------------------------------------ talking

    def _say(self, text: str) -> Played:
        turn = take_turn(self.scenario, self.state, text, self.now())
        self._message("trainee", text)
        reply = self._keep(turn.state, turn.events, turn.reply)
        return Played(turn.acts, turn.events, reply)

    def _wait(self, rest: str) -> Played:
        if not rest.isdecimal() or len(rest) > 5 or not isinstance(self.now, Clock):
            raise BadStepError("`/wait` takes a number of seconds, such as /wait 120, in a script")
        self.now.pass_(int(rest))
        turn = fall_silent(self.scenario, self.state, self.now())
        return Played((), turn.events, self._keep(turn.state, turn.events, turn.reply))

    # ------------------------------------------------------------ the desk

    def _mark(self, rest: str) -> Played:
        match rest.split():
            case [field, outcome] if field in set(IdentityField) and outcome in set(Outcome):
                step = desk.mark_field(self.scenario, self.state, IdentityField(field), Outcome(outcome))
                self._keep(step.state, step.events)
                return Played(events=step.events, shown=f"{field} marked: {outcome}")
        raise BadStepError(
            f"`/mark` takes one of {', '.join(IdentityField)}, and one of {', '.join(Outcome)}"
        )

    def _tool(self, rest: str) -> Played:
        match rest.split():
            case [tool]:
                return self._run(tool, {})
            case [tool, "force"]:
                return self._run(tool, {"force": True})
        tools = ", ".join(tool.id for tool in desk.list_tools(self.scenario, self.state))
        raise BadStepError(f"`/tool` takes one of {tools}, and `force` to go against the desk's rule")

    def _look_up(self, rest: str) -> Played:
        if not rest:
            records = ", ".join(record.id for record in desk.list_records(self.scenario, self.state))
            raise BadStepError(f"`/lookup` takes one of {records}")
        return self._run(desk.LOOK_UP, {"record": rest})

    def _run(self, tool: str, arguments: dict[str, str | bool]) -> Played:
        run = desk.run_tool(self.scenario, self.state, tool, arguments, self.now())
        reply = self._keep(run.state, run.events, run.reply)
        rows = [f"  {label}: {value}" for label, value in run.result.data.get("rows", ())]
        return Played((), run.events, reply, shown="\n".join([run.result.text, *rows]))

    # ------------------------------------------------------------ knowledge and note

    def _search(self, rest: str) -> Played:
        found = list(self._find(rest))
        event = KnowledgeSearched(query=rest, found=len(found))
        self._keep(self.state, (event,))
        shown = "\n".join(f"  {name}: {self.scenario.knowledge[name].title}" for name in found)
        return Played(events=(event,), shown=shown or "Nothing found.")

    def _find(self, query: str) -> Iterator[str]:
        words = {word.casefold() for word in _WORD.findall(query)}
        for name, article in self.scenario.knowledge.items():
            text = f"{article.title} {article.body}".casefold()
            if any(word in text for word in words):
                yield name

    def _open(self, rest: str) -> Played:
        article = self.scenario.knowledge[self._article(rest)]
        events = (*self._stop_reading(), ArticleOpened(article=rest))
        self._reading = (rest, self.now())
        self._keep(self.state, events)
        return Played(events=events, shown=f"{article.title} ({article.source})\n\n{article.body}")

    def _cite(self, rest: str) -> Played:
        article = self.scenario.knowledge[self._article(rest)]
        event = ArticleCited(article=rest)
        self._keep(self.state, (event,))
        written = self._write(CITATION.format(title=article.title, source=article.source))
        return Played(events=(event, *written.events), shown="Cited in the note.")

    def _article(self, name: str) -> str:
        if name not in self.scenario.knowledge:
            known = ", ".join(self.scenario.knowledge)
            raise BadArguments(f"There is no article “{name}”. Use one of: {known}.")
        return name

    def _stop_reading(self) -> tuple[Event, ...]:
        if self._reading is None:
            return ()
        article, since = self._reading
        self._reading = None
        return (ArticleClosed(article=article, seconds=(self.now() - since).total_seconds()),)

    def _write(self, rest: str) -> Played:
        if not rest:
            raise BadStepError("`/note` takes a line to add to the note")
        self.note = f"{self.note}\n{rest}".strip()
        self._note_version += 1
        event = NoteSaved(version=self._note_version, characters=len(self.note))
        self._keep(self.state, (event,))
        return Played(events=(event,), shown=self.note)

    # ------------------------------------------------------------ the end

    def _end(self, rest: str) -> Played:
        word, _, reason = rest.partition(" ")
        if word not in set(Ending):
            raise BadStepError(f"`/end` takes one of {', '.join(Ending)}, then a reason")
        team, reason = self._team(reason.strip())
        ending = Ending(word)
        step = desk.end_call(self.scenario, self.state, ending=ending, team=team, reason=reason)
        events = (*self._stop_reading(), *step.events)
        self._keep(step.state, events)
        self.card = score(self.scenario, self._record(ending, team, reason))
        return Played(events=events, card=self.card, shown=f"Overall {self.card.overall}")

    def _team(self, reason: str) -> tuple[str | None, str]:
        """Split `team: Network Operations the rest` at the name of a team that the desk has."""
        if not reason.casefold().startswith("team:"):
            return None, reason
        named = reason[len("team:") :].strip()
        for team in sorted(self.scenario.desk.teams, key=len, reverse=True):
            if named.casefold().startswith(team.casefold()):
                return team, named[len(team) :].strip(" ,;.—-")
        raise BadStepError(f"`team:` takes one of: {', '.join(self.scenario.desk.teams)}")

    def _record(self, ending: Ending, team: str | None, reason: str) -> CallRecord:
        return CallRecord(
            started_at=self.started_at,
            ended_at=self.now(),
            messages=tuple(self._messages),
            events=tuple(self._events),
            state=self.state,
            note=self.note,
            ending=ending,
            team=team,
            reason=reason,
        )

    # ------------------------------------------------------------ the record

    def _keep(self, state: CallState, events: Iterable[Event], reply: Reply | None = None) -> str | None:
        for event in events:
            seq = self._next()
            self._events.append(HappenedEvent(id=f"event-{seq}", seq=seq, at=self.now(), event=event))
        self.state = state
        if reply is None:
            return None
        self._message("customer", reply.text, reply.typing_ms)
        if isinstance(self.now, Clock):
            self.now.pass_(reply.typing_ms / 1000)
        return reply.text

    def _message(self, sender: Sender, text: str, typing_ms: int = 0) -> None:
        seq = self._next()
        message = SaidMessage.model_construct(
            id=f"message-{seq}", seq=seq, sender=sender, text=text, at=self.now(), typing_ms=typing_ms
        )
        self._messages.append(message)

    def _next(self) -> int:
        return len(self._messages) + len(self._events) + 1

    _commands: dict[str, Callable[[Call, str], Played]] = {
        "mark": _mark,
        "tool": _tool,
        "lookup": _look_up,
        "search": _search,
        "open": _open,
        "cite": _cite,
        "note": _write,
        "wait": _wait,
        "end": _end,
    }


def play_script(
    scenario: Definition, lines: Iterable[str], *, seed: int = 0
) -> Iterator[tuple[Played, Call]]:
    """Carry out the lines of a script and yield each step with the call after it; blank lines are skipped.

    Raises BadStepError, which names the line, at the first one that is no step.
    """
    clock = Clock()
    call = Call(scenario, seed=seed, now=clock)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        clock.pass_(SECONDS_A_STEP)
        try:
            played = call.step(line)
        except BadStepError as error:
            raise BadStepError(f"line {number}: {error}") from None
        yield played, call
