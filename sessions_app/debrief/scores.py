"""The scores as anyone can do the sum again: criteria with their quotations, dimensions, what stands out."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from engine.scoring.card import FATAL_CAP
from engine.vocabulary import Dimension
from sessions_app.debrief.case import Case
from sessions_app.debrief.marking import anchor_of
from sessions_app.debrief.model import Change, CriterionView, DimensionView, Quote, ScoresView
from sessions_app.debrief.words import dimension_label, result_label, span_words
from sessions_app.models import Assessor, CriterionResult
from sessions_app.results import FinalScores

STRENGTHS_SHOWN = 3
CHANGES_SHOWN = 2
"""More than two things at once nobody changes."""
MOST_OF_ONE_DIMENSION = 2


def criteria_of(case: Case) -> tuple[CriterionView, ...]:
    """Every criterion, in the rubric's order."""
    return tuple(_criterion(stored, case) for stored in case.criteria)


def _criterion(stored: CriterionResult, case: Case) -> CriterionView:
    return CriterionView(
        id=stored.criterion,
        dimension=Dimension(stored.dimension),
        wording=stored.wording,
        why=stored.why,
        better=stored.better,
        weight=stored.weight,
        fatal=stored.fatal,
        result=stored.result,  # type: ignore[arg-type]  # the column holds one of these
        result_label=result_label(stored.result),
        points=float(stored.points),
        reason=stored.reason,
        quotes=tuple(_quote(evidence, case) for evidence in stored.evidence),
        assessor=str(Assessor(stored.assessor).label),
    )


def _quote(evidence: dict[str, Any], case: Case) -> Quote:
    kind, seq = evidence["kind"], evidence["seq"]
    seconds = None if kind == "note" else _moment_of(kind, seq, case)
    return Quote(
        kind=kind,
        anchor=anchor_of(evidence),
        text=evidence["quote"],
        where=_("in your note") if seconds is None else _("at %(time)s") % {"time": span_words(seconds)},
        seq=seq,
        at=seconds,
    )


def _moment_of(kind: str, seq: int, case: Case) -> float | None:
    places = case.call.messages if kind == "message" else case.call.events
    return next((case.after(place.at) for place in places if place.seq == seq), None)


def scores_of(
    case: Case, final: FinalScores, criteria: Sequence[CriterionView], best_before: float | None
) -> ScoresView:
    """The overall score with every term of its sum."""
    weights = case.scenario.rubric.weights
    assessed = {one for one, score in final.dimensions.items() if score is not None and weights.get(one, 0)}
    whole = sum(weights[one] for one in assessed)
    return ScoresView(
        overall=final.overall,
        uncapped=final.uncapped,
        passing=case.scenario.rubric.passing_score,
        capped=final.overall < final.uncapped,
        cap=FATAL_CAP,
        weights=whole,
        dimensions=tuple(
            _dimension(one, weight, weight / whole if one in assessed else 0.0, final, criteria)
            for one in Dimension
            if (weight := weights.get(one)) is not None
        ),
        best_before=best_before,
    )


def _dimension(
    one: Dimension, weight: int, share: float, final: FinalScores, criteria: Sequence[CriterionView]
) -> DimensionView:
    own = tuple(criterion for criterion in criteria if criterion.dimension is one)
    counted = [criterion for criterion in own if criterion.result != "cannot_assess"]
    score = final.dimensions.get(one)
    return DimensionView(
        dimension=one,
        label=dimension_label(one),
        weight=weight,
        share=round(100 * share, 1),
        score=score,
        points=round((score or 0.0) * share, 2),
        earned=round(sum(criterion.points * criterion.weight for criterion in counted), 2),
        possible=sum(criterion.weight for criterion in counted),
        criteria=own,
    )


# ---------------------------------------------------------------- what stands out


def fatal_missed(criteria: Iterable[CriterionView]) -> tuple[CriterionView, ...]:
    return tuple(criterion for criterion in criteria if criterion.fatal and criterion.result == "missed")


def strengths_in(scores: ScoresView) -> tuple[CriterionView, ...]:
    """What went best: the criteria that were met and brought most, among equals those with own words."""
    met = [
        (_worth(criterion, dimension), _own_words(criterion) is not None, criterion)
        for dimension in scores.dimensions
        for criterion in dimension.criteria
        if criterion.result == "met"
    ]
    met.sort(key=lambda entry: (-entry[0], -entry[1]))
    return _mixed((criterion for _brought, _quoted, criterion in met), STRENGTHS_SHOWN)


def changes_in(scores: ScoresView) -> tuple[Change, ...]:
    """What cost most: a fatal fault first, then by the points of the overall score that were lost."""
    lost = [
        (criterion.fatal and criterion.result == "missed", loss, criterion)
        for dimension in scores.dimensions
        for criterion in dimension.criteria
        if criterion.result in ("partly", "missed") and (loss := _loss(criterion, dimension)) > 0
    ]
    lost.sort(key=lambda entry: (-entry[0], -entry[1]))
    return tuple(
        Change(criterion=criterion, said=_own_words(criterion))
        for _fatal, _loss_, criterion in lost[:CHANGES_SHOWN]
    )


def _loss(criterion: CriterionView, dimension: DimensionView) -> float:
    """Points of the overall score that a criterion cost."""
    return (1 - criterion.points) * _worth(criterion, dimension)


def _worth(criterion: CriterionView, dimension: DimensionView) -> float:
    """Points of the overall score that a criterion can bring."""
    return criterion.weight / dimension.possible * dimension.share if dimension.possible else 0.0


def _own_words(criterion: CriterionView) -> Quote | None:
    """The first words that the criterion is about; a reply that is cited for its time says nothing."""
    if criterion.dimension is Dimension.RESPONSE_TIME:
        return None
    return next((quote for quote in criterion.quotes if quote.kind == "message"), None)


def _mixed(criteria: Iterable[CriterionView], limit: int) -> tuple[CriterionView, ...]:
    chosen: list[CriterionView] = []
    for criterion in criteria:
        same = sum(held.dimension is criterion.dimension for held in chosen)
        if len(chosen) < limit and same < MOST_OF_ONE_DIMENSION:
            chosen.append(criterion)
    return tuple(chosen)
