"""The arithmetic of a score card.

A criterion is worth 0 to 1 points. A dimension's score is the weighted mean of its criteria's points × 100,
those that could not be assessed left out; the overall score is the weighted mean of the dimensions that
could be. A missed fatal criterion caps the overall score and fails the run. Every figure is rounded to two
decimals, and the overall score is made from the rounded ones, so that anyone can do the sum again from what
the debrief shows.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine import ENGINE_VERSION
from engine.audit import audit
from engine.call import Call
from engine.definition import Criterion, Scenario
from engine.record import CallRecord
from engine.scorecard import CriterionScore, DimensionScore, ScoreCard
from engine.scoring.evidence import verify
from engine.scoring.judging import judge
from engine.scoring.satisfaction import closed_in_vain, satisfaction
from engine.vocabulary import Dimension

FATAL_CAP = 40.0


def score(scenario: Scenario, record: CallRecord) -> ScoreCard:
    """Score a finished session. Raises `EvidenceMismatch` if a quotation is not what is stored."""
    call = Call(scenario, record)
    criteria = tuple(_judged(name, criterion, call) for name, criterion in scenario.rubric.criteria.items())
    dimensions = dimension_scores(criteria, scenario.rubric.weights)
    uncapped = overall(dimensions)
    fatal = tuple(each.criterion for each in criteria if each.fatal and each.result == "missed")
    capped = min(uncapped, FATAL_CAP) if fatal else uncapped
    void_reasons = tuple(finding.reason for finding in audit(scenario, record))
    sound = not fatal and not void_reasons and record.ending is not None
    sound = sound and not closed_in_vain(scenario, record)
    return ScoreCard(
        engine_version=ENGINE_VERSION,
        criteria=criteria,
        dimensions=dimensions,
        overall=capped,
        uncapped=uncapped,
        fatal=fatal,
        passed=sound and capped >= scenario.rubric.passing_score,
        satisfaction=satisfaction(scenario, record),
        valid=not void_reasons,
        void_reasons=void_reasons,
    )


def dimension_scores(
    criteria: Iterable[CriterionScore], weights: dict[Dimension, int]
) -> tuple[DimensionScore, ...]:
    """One for each dimension that the rubric weighs, in the vocabulary's order."""
    judged = list(criteria)
    return tuple(
        DimensionScore(
            dimension=dimension,
            weight=weights[dimension],
            score=_weighted_mean(
                (100 * each.points, each.weight)
                for each in judged
                if each.dimension is dimension and each.result != "cannot_assess"
            ),
        )
        for dimension in Dimension
        if dimension in weights
    )


def overall(dimensions: Iterable[DimensionScore]) -> float:
    """The weighted mean of the dimensions that were assessed; 0 where none was."""
    assessed = [(each.score, each.weight) for each in dimensions if each.score is not None]
    return _weighted_mean(assessed) or 0.0


def _judged(name: str, criterion: Criterion, call: Call) -> CriterionScore:
    verdict = judge(criterion.check, call)
    for piece in verdict.evidence:
        verify(piece, call.record)
    return CriterionScore(
        criterion=name,
        dimension=criterion.dimension,
        wording=criterion.wording,
        why=criterion.why,
        better=criterion.better,
        weight=criterion.weight,
        fatal=criterion.fatal,
        result=verdict.result,
        points=round(verdict.points, 4),
        reason=verdict.reason,
        evidence=verdict.evidence,
    )


def _weighted_mean(pairs: Iterable[tuple[float, int]]) -> float | None:
    """Rounded to two decimals; None where nothing weighs anything."""
    weighed = [(value, weight) for value, weight in pairs if weight > 0]
    if not weighed:
        return None
    return round(sum(value * weight for value, weight in weighed) / sum(weight for _, weight in weighed), 2)
