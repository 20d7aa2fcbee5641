"""What to practise next, and the sentence that says why."""

import pytest

from accounts.models import User
from engine.vocabulary import Dimension
from scenarios.models import Scenario
from sessions_app.performance import strengths_of
from sessions_app.recommendation import NextStep, recommend, standings_of
from tests.scenarios.examples import published
from tests.sessions_app.histories import finished, scenarios

pytestmark = pytest.mark.django_db


def next_for(user: User, leave_out: Scenario | None = None) -> NextStep | None:
    strengths = strengths_of(user.pk)
    return recommend(user, standings_of(user.pk), strengths, leave_out=leave_out.pk if leave_out else None)


def weighing(slug: str, **weights: int) -> Scenario:
    """A scenario whose rubric weighs the dimensions like this."""

    def change(data: dict[str, dict[str, dict[str, int]]]) -> None:
        data["rubric"]["weights"] |= weights

    return published(change, slug=slug, title=slug)


def test_where_nothing_is_offered_nothing_is_recommended(trainee: User) -> None:
    assert next_for(trainee) is None


def test_a_newcomer_begins_with_a_starter(trainee: User) -> None:
    published(slug="hard", title="A hard one", difficulty="advanced")
    published(slug="easy", title="Not so hard")
    step = next_for(trainee)
    assert step is not None
    assert step.slug == "easy"
    assert step.reason.startswith("A good first call")


def test_the_weakest_dimension_decides_between_untried_ones(trainee: User) -> None:
    tried = weighing("tried")
    weighing("a-research", research=60, documentation=1)
    weighing("b-documentation", research=1, documentation=60)
    finished(trainee, tried, 85, documentation=41)
    step = next_for(trainee)
    assert step is not None
    assert step.slug == "b-documentation"
    assert "practise documentation, where you average 41." in step.reason


def test_somebody_without_a_weakness_is_told_that_they_are_ready(trainee: User) -> None:
    tried = published(slug="tried")
    published(slug="untried")
    finished(trainee, tried, 97)
    step = next_for(trainee)
    assert step is not None
    assert step.slug == "untried"
    assert "you are ready for it" in step.reason


def test_a_locked_scenario_is_not_recommended(trainee: User) -> None:
    first = published(slug="first")
    published(slug="second", prerequisites=["first"])
    finished(trainee, first, 50)
    step = next_for(trainee)
    assert step is not None
    assert step.slug == "second"
    other = published(slug="third", prerequisites=["second"])
    assert other.prerequisites.exists()
    finished(trainee, Scenario.objects.get(slug="second"), 90)
    step = next_for(trainee)
    assert step is not None
    assert step.slug == "third"


def test_once_all_is_tried_the_worst_best_is_next(trainee: User) -> None:
    good, weak = scenarios(2)
    for score in (30, 95):
        finished(trainee, good, score)
    finished(trainee, weak, 62.4)
    step = next_for(trainee)
    assert step is not None
    assert step.slug == weak.slug
    assert step.reason == "Your best here is 62: nowhere else is more to be won."
    left = next_for(trainee, leave_out=weak)
    assert left is not None
    assert left.slug == good.slug


def test_who_has_done_all_keeps_in_practice(trainee: User) -> None:
    finished(trainee, published(slug="only"), 100)
    step = next_for(trainee)
    assert step is not None
    assert "keeps you in practice" in step.reason


def test_the_best_before_a_moment_leaves_out_what_came_after(trainee: User) -> None:
    scenario = published(slug="one")
    finished(trainee, scenario, 40, days_ago=3)
    last = finished(trainee, scenario, 90, days_ago=1)
    standing = standings_of(trainee.pk, before=last.completed_at)[scenario.pk]
    assert (standing.runs, standing.best, standing.best_before) == (2, 90, 40)
    assert set(Dimension)
