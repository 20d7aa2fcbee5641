"""The check of the note: which of the second line's questions it answers."""

from __future__ import annotations

from engine.call import Call
from engine.checks import NoteAnswers
from engine.scoring.evidence import cite_note
from engine.scoring.note import read_note
from engine.scoring.verdict import Verdict, met, missed, partly
from engine.scoring.wording import either


def note_answers(check: NoteAnswers, call: Call) -> Verdict:
    wanted = {name: call.scenario.documentation[name] for name in dict.fromkeys(check.questions)}
    note = call.record.note
    if not note.strip():
        return missed("You handed in no note.")
    answers = read_note(note, wanted, call.scenario, [message.text for message in call.messages])
    evidence = [cite_note(note, answer.start, answer.end) for answer in dict.fromkeys(answers.values())]
    open_ones = [f"“{question.question}”" for name, question in wanted.items() if name not in answers]
    if not open_ones:
        return met("The second line finds its answer in your note.", evidence)
    reason = f"After reading your note, the second line still has to ask: {either(open_ones, 'and')}"
    if answers:
        return partly(reason, evidence, points=len(answers) / len(wanted))
    return missed(reason)
