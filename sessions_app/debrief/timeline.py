"""The call as it went: the transcript with its quotations marked, and everything that was done, in order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engine import events
from engine.record import HappenedEvent, SaidMessage
from engine.vocabulary import Ending, Outcome
from sessions_app.debrief.case import Case
from sessions_app.debrief.marking import Span, cut, moment_anchor
from sessions_app.debrief.model import CriterionView, Moment, Spoken, Tone
from sessions_app.debrief.words import (
    ASSURED,
    FIELDS,
    PROOFS,
    RELEVANCE,
    ending_words,
    excerpt,
    listed,
    span_words,
)
from sessions_app.models import Sender

type Line = tuple[str, str, Tone]
"""Title, detail, tone."""

ICONS = {
    "check": "shield",
    "tool": "tools",
    "research": "book",
    "note": "note",
    "wait": "clock",
    "end": "flag",
}


def transcript_of(case: Case, criteria: Sequence[CriterionView]) -> tuple[Spoken, ...]:
    """Every message, cut where a quotation of it begins or ends."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for quote in (quote for criterion in criteria for quote in criterion.quotes if quote.kind == "message"):
        start, end = quote.anchor.rsplit("-", 2)[1:]
        spans[quote.seq or 0].append((int(start), int(end)))
    return tuple(
        Spoken(
            id=UUID(said.id),
            seq=said.seq,
            sender=said.sender,
            at=said.at,
            seconds=case.after(said.visible_at),
            pieces=cut(said.text, spans[said.seq], prefix=f"said-{said.seq}"),
        )
        for said in case.call.messages
    )


def timeline_of(case: Case) -> tuple[Moment, ...]:
    """What was said and done, in order. Reading an article is one moment, and so is a run of saved notes."""
    return tuple(_Teller(case).tell())


class _Teller:
    """Goes through a session once and keeps what a later moment needs to know of an earlier one."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.told: list[str] = []
        self.moments: list[Moment] = []
        self.titles = {name: article.title for name, article in case.scenario.knowledge.items()}

    def tell(self) -> list[Moment]:
        items: list[SaidMessage | HappenedEvent] = [*self.case.call.messages, *self.case.call.events]
        for item in sorted(items, key=lambda each: each.seq):
            if isinstance(item, SaidMessage):
                self._add_message(item)
            else:
                self._add_event(item)
        return self.moments

    def _add_message(self, said: SaidMessage) -> None:
        names = {"customer": self.case.customer, "trainee": _("You")}
        detail = ""
        if said.sender == "customer" and self.told:
            detail = _("Tells: %(facts)s") % {"facts": listed(self.told)}
            self.told = []
        self.moments.append(
            Moment(
                seq=said.seq,
                seconds=self.case.after(said.visible_at),
                kind="message",
                icon="chat",
                who=names.get(said.sender, str(Sender(said.sender).label)),
                title=excerpt(said.text),
                detail=detail,
                tone="plain",
                anchors=(),
            )
        )

    def _add_event(self, stored: HappenedEvent) -> None:
        event = stored.event
        if isinstance(event, events.FactTold):
            self.told.append(self.case.scenario.facts[event.fact].topic)
        elif isinstance(event, events.EstateChanged) and self._change_last(stored, event):
            return
        elif isinstance(event, events.ArticleClosed):
            self._close_article(event)
        else:
            for kind, (title, detail, tone) in self._lines(stored):
                self._add(stored, kind, title, detail, tone)

    def _add(self, stored: HappenedEvent, kind: str, title: str, detail: str, tone: Tone) -> None:
        last = self.moments[-1] if self.moments else None
        moment = Moment(
            seq=stored.seq,
            seconds=self.case.after(stored.at),
            kind=kind,  # type: ignore[arg-type]  # one of ICONS
            icon=ICONS[kind],
            who="",
            title=title,
            detail=detail,
            tone=tone,
            anchors=(moment_anchor(stored.seq),),
        )
        if last and kind == "note" and last.kind == "note" and isinstance(stored.event, events.NoteSaved):
            moment = moment.model_copy(update={"anchors": (*last.anchors, *moment.anchors)})
            self.moments.pop()
        self.moments.append(moment)

    def _change_last(self, stored: HappenedEvent, event: events.EstateChanged) -> bool:
        """Say what an action changed beside the action itself."""
        last = self.moments[-1] if self.moments else None
        if last is None or last.kind != "tool":
            return False
        detail = last.detail or _changes(self.case, event)
        anchors = (*last.anchors, moment_anchor(stored.seq))
        self.moments[-1] = last.model_copy(update={"detail": detail, "anchors": anchors})
        return True

    def _close_article(self, event: events.ArticleClosed) -> None:
        opened = next(
            (
                index
                for index in reversed(range(len(self.moments)))
                if self.moments[index].kind == "research"
                and self.moments[index].title == self._reading(event.article)
            ),
            None,
        )
        if opened is not None:
            time = _("read for %(time)s") % {"time": span_words(event.seconds)}
            moment = self.moments[opened]
            detail = f"{moment.detail} · {time}" if moment.detail else time
            self.moments[opened] = moment.model_copy(update={"detail": detail})

    def _reading(self, article: str) -> str:
        return _("You opened “%(title)s”") % {"title": self.titles.get(article, _("a library article"))}

    def _lines(self, stored: HappenedEvent) -> Iterator[tuple[str, Line]]:  # noqa: C901 (a table)
        """What a moment says; nothing for what is told elsewhere."""
        event = stored.event
        match event:
            case events.FieldMarked():
                yield "check", _marked(event)
            case events.ProofChecked():
                yield "check", self._proof(stored, event)
            case events.AssuranceReached():
                yield "check", (_("Now %(state)s") % {"state": ASSURED[event.level]}, "", "plain")
            case events.ActionTaken():
                yield "tool", self._action(stored, event)
            case events.ToolWarned():
                label = self.case.scenario.actions[event.action].label
                yield "tool", (_("The desk's rule stopped “%(tool)s”") % {"tool": label}, "", "warn")
            case events.EstateChanged():
                yield "tool", (_("Something changed"), _changes(self.case, event), "plain")
            case events.RecordLookedUp():
                yield (
                    "research",
                    (_("You looked up %(record)s") % {"record": self._record(event)}, "", "plain"),
                )
            case events.KnowledgeSearched() | events.ArticleOpened() | events.ArticleCited():
                yield "research", self._research(event)
            case events.NoteSaved():
                size = ngettext("%(number)s character", "%(number)s characters", event.characters)
                yield "note", (_("You wrote in the note"), size % {"number": event.characters}, "plain")
            case events.HoldStarted() | events.HoldEnded() | events.CustomerWondered():
                yield "wait", _waited(event)
            case events.CustomerLeft():
                yield "end", _left(event)
            case events.SessionEnded():
                yield "end", _ended(event)

    def _proof(self, stored: HappenedEvent, event: events.ProofChecked) -> Line:
        passed = _("passed") if event.passed else _("did not pass")
        title = _("%(proof)s: %(result)s") % {"proof": PROOFS[event.proof], "result": passed}
        return title, self._tool_text(stored.seq), "good" if event.passed else "warn"

    def _action(self, stored: HappenedEvent, event: events.ActionTaken) -> Line:
        label = self.case.scenario.actions[event.action].label
        if event.by == "agent":
            breach = not event.assurance.covers(event.needed)
            title = _("You used “%(tool)s”") % {"tool": label}
            if breach:
                title = _("You used “%(tool)s” although %(state)s") % {
                    "tool": label,
                    "state": ASSURED[event.assurance],
                }
            return title, self._tool_text(stored.seq), "bad" if breach else "plain"
        title = _("%(customer)s did this: %(action)s") % {"customer": self.case.customer, "action": label}
        if event.claimed:
            return title, _("They said so, but it was not done."), "warn"
        return title, "" if event.effective else _("It had no effect yet."), "plain"

    def _tool_text(self, seq: int) -> str:
        """What the tool's screen said: the result that was shown next."""
        later = [shown for shown in self.case.tool_texts if seq < shown <= seq + 4]
        return self.case.tool_texts[min(later)] if later else ""

    def _record(self, event: events.RecordLookedUp) -> str:
        kind, _colon, name = event.record.partition(":")
        estate = self.case.scenario.estate
        if kind == "person":
            return estate.people[name].name
        return estate.assets[name].tag if kind == "asset" else estate.services[name].name

    def _research(self, event: events.KnowledgeSearched | events.ArticleOpened | events.ArticleCited) -> Line:
        if isinstance(event, events.KnowledgeSearched):
            found = ngettext("%(number)s article found", "%(number)s articles found", event.found)
            title = _("You searched for “%(query)s”") % {"query": excerpt(event.query, 80)}
            return title, found % {"number": event.found}, "plain"
        if isinstance(event, events.ArticleCited):
            title = self.titles.get(event.article, _("a library article"))
            return _("You cited “%(title)s”") % {"title": title}, "", "plain"
        article = self.case.scenario.knowledge.get(event.article)
        worth = article.relevance.value if article else "general"
        tone: Tone = {"solves": "good", "helps": "good", "distracts": "warn", "wrong": "bad"}.get(
            worth, "plain"
        )  # type: ignore[assignment]
        return self._reading(event.article), str(RELEVANCE[worth]), tone


def _marked(event: events.FieldMarked) -> Line:
    field = FIELDS[event.field]
    if event.outcome is Outcome.MATCHES:
        title = _("You marked the %(field)s as matching the records") % {"field": field}
    else:
        title = _("You marked the %(field)s as not matching the records") % {"field": field}
    said = _("They had said “%(value)s”.") % {"value": event.given}
    if event.right:
        return title, said, "good"
    return title, f"{said} {_('The records say otherwise.')}", "bad"


def _waited(event: events.HoldStarted | events.HoldEnded | events.CustomerWondered) -> Line:
    if isinstance(event, events.HoldStarted):
        return _("You asked them to hold"), "", "plain"
    time = span_words(event.seconds)
    if isinstance(event, events.HoldEnded):
        return _("You came back from the hold"), _("after %(time)s") % {"time": time}, "plain"
    return _("They asked whether anyone was there"), _("after %(time)s of silence") % {"time": time}, "warn"


def _left(event: events.CustomerLeft) -> Line:
    match event.why:
        case "gave_up":
            return _("The caller gave up and left"), "", "good"
        case "out_of_patience":
            return _("Their patience ran out, and they left"), "", "bad"
    return _("They said goodbye and left"), "", "plain"


def _ended(event: events.SessionEnded) -> Line:
    if event.ending is None:
        return _("You gave the session up"), "", "plain"
    return ending_words(Ending(event.ending), event.team), event.reason, "plain"


def _changes(case: Case, event: events.EstateChanged) -> str:
    variables = case.scenario.estate.variables
    return " · ".join(
        f"{variables[name].label}: {variables[name].in_words(value)}"
        for name, value in event.changes.items()
        if name in variables
    )
