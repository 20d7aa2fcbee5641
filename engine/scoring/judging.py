"""Every kind of check, and the function that carries it out."""

from __future__ import annotations

from typing import assert_never

from engine import checks
from engine.call import Call
from engine.scoring import conduct, deeds, documentation, research, timing, verification
from engine.scoring.verdict import Verdict, cannot_assess


def judge(check: checks.Check, call: Call) -> Verdict:  # noqa: C901, PLR0911, PLR0912 (a table: mypy sees that it is whole)
    """What `check` finds in `call`."""
    match check:
        case checks.ActPresent():
            return conduct.act_present(check, call)
        case checks.ActsAll():
            return conduct.acts_all(check, call)
        case checks.ActAbsent():
            return conduct.act_absent(check, call)
        case checks.ActBefore():
            return conduct.act_before(check, call)
        case checks.ActCount():
            return conduct.act_count(check, call)
        case checks.FactElicited():
            return deeds.fact_elicited(check, call)
        case checks.ActionDone():
            return deeds.action_done(check, call)
        case checks.ActionNotDone():
            return deeds.action_not_done(check, call)
        case checks.ActionsInOrder():
            return deeds.actions_in_order(check, call)
        case checks.AssuranceBefore():
            return verification.assurance_before(check, call)
        case checks.AssuranceReached():
            return verification.assurance_reached(check, call)
        case checks.FieldsMarked():
            return verification.fields_marked(check, call)
        case checks.ProofTried():
            return verification.proof_tried(check, call)
        case checks.StateAtEnd():
            return deeds.state_at_end(check, call)
        case checks.EndedAs():
            return deeds.ended_as(check, call)
        case checks.ArticleOpened():
            return research.article_opened(check, call)
        case checks.ArticleCited():
            return research.article_cited(check, call)
        case checks.ArticleBefore():
            return research.article_before(check, call)
        case checks.NoteAnswers():
            return documentation.note_answers(check, call)
        case checks.TimeWithin():
            return timing.time_within(check, call)
        case checks.NoSilence():
            return timing.no_silence(check, call)
        case checks.JudgedByModel():
            return _judged_without_model(check, call)
        case _:
            assert_never(check)


def _judged_without_model(check: checks.JudgedByModel, call: Call) -> Verdict:
    """The code's own check where there is one; else a person has to look."""
    if check.otherwise is None:
        return cannot_assess(f"An instructor has to judge this: {check.question}")
    return judge(check.otherwise, call)
