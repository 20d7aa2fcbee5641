"""A debrief as Markdown: kept with the session, for people and programs that read no pages."""

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sessions_app.debrief.building import debrief_without_next
from sessions_app.debrief.model import Call, CriterionView, Debrief
from sessions_app.debrief.words import span_words
from sessions_app.models import UserSession

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def write_debrief(session: UserSession) -> str:
    """Return the debrief of a finished session as Markdown, in the active language."""
    debrief = debrief_without_next(session)
    blocks = [f"# {plain(debrief.headline)}", plain(debrief.lead), _head(debrief)]
    if debrief.call is not None:
        blocks += list(_blocks(debrief.call))
    return "\n\n".join(block for block in blocks if block) + "\n"


def plain(text: str) -> str:
    """Escape what Markdown would read as a mark, on one line: what people wrote is quoted, never set."""
    return " ".join(text.split()).translate(_MARKS)


def _head(debrief: Debrief) -> str:
    lines = [f"- {plain(debrief.scenario.title)}, {debrief.ticket}"]
    if debrief.call:
        scores = debrief.call.scores
        passing = {"score": _score(scores.overall), "passing": scores.passing}
        lines.append("- " + _("Overall: %(score)s of 100, %(passing)s to pass") % passing)
        lines.append(f"- {plain(debrief.call.satisfaction.whose)}: {debrief.call.satisfaction.words}")
        lines.append("- " + _("%(xp)s XP earned") % {"xp": debrief.call.xp.earned})
    lines += [f"- {plain(reason)}" for reason in debrief.void_reasons]
    return "\n".join(lines)


def _blocks(call: Call) -> Iterator[str]:
    if call.fatal:
        yield _section(_("What decided it"), [plain(criterion.reason) for criterion in call.fatal])
    if call.changes:
        yield _section(_("What to change next time"), [_change(each.criterion) for each in call.changes])
    if call.strengths:
        strengths = [f"{plain(each.wording)}. {plain(each.reason)}" for each in call.strengths]
        yield _section(_("What you did well"), strengths)
    yield _scores(call)
    yield f"## {_('What was really going on')}\n\n{plain(call.truth.root_cause)}\n\n{plain(call.truth.lesson)}"
    if call.untold:
        untold = [f"{plain(each.question)} → {plain(each.answer)}" for each in call.untold]
        yield _section(_("What nobody asked"), untold)
    open_questions = [plain(each.question) for each in call.note.questions if not each.answered]
    if open_questions:
        yield _section(_("What the second line still has to ask"), open_questions)
    times = [
        f"{each.label}: {span_words(each.taken) if each.taken is not None else '–'} / {span_words(each.limit)}"
        for each in call.times.targets
    ]
    yield _section(_("Times, and the desk's targets"), times)
    yield _section(_("XP"), [f"{row.points}: {plain(row.words)}" for row in call.xp.rows])


def _change(criterion: CriterionView) -> str:
    better = f" → “{plain(criterion.better)}”" if criterion.better else ""
    return f"{plain(criterion.wording)}. {plain(criterion.reason)} {plain(criterion.why)}{better}"


def _scores(call: Call) -> str:
    lines = [f"## {_('Scores')}"]
    for dimension in call.scores.dimensions:
        score = _("not assessed") if dimension.score is None else _score(dimension.score)
        lines.append(f"### {dimension.label}: {score}")
        lines.append("\n".join(_judged(each) for each in dimension.criteria))
    return "\n\n".join(line for line in lines if line)


def _judged(criterion: CriterionView) -> str:
    return f"- {criterion.result_label}: {plain(criterion.wording)}. {plain(criterion.reason)}"


def _section(title: str, lines: list[str]) -> str:
    return f"## {title}\n\n" + "\n".join(f"- {line}" for line in lines)


def _score(score: float) -> str:
    return number_format(score, decimal_pos=2)
