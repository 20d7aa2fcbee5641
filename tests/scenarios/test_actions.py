"""Publishing is all or nothing, versions are frozen, and circles are refused."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from scenarios import actions
from scenarios.actions import find_circle, load_scenarios
from scenarios.faults import ScenarioError
from scenarios.loader import as_stored, parse_stored
from scenarios.models import FrozenError, KnowledgeArticle, Scenario, ScenarioStatus, ScenarioVersion
from tests.factories import InstructorFactory
from tests.scenarios.examples import SLUG, example, load, published

pytestmark = pytest.mark.django_db


def edited(scenario: Scenario, **head: Any) -> dict[str, Any]:
    return scenario.definition | head


def refusal(**arguments: Any) -> str:
    with pytest.raises(ScenarioError) as raised:
        load_scenarios(prove_first=False, **arguments)
    return str(raised.value)


def test_loading_publishes_version_1_with_its_articles() -> None:
    author = InstructorFactory()
    loaded = load_scenarios(files=[example()], author=author)
    assert loaded.created == (SLUG,)
    scenario = Scenario.objects.get()
    version = scenario.current_version
    assert version is not None
    assert (scenario.status, scenario.author, version.number) == (ScenarioStatus.PUBLISHED, author, 1)
    assert parse_stored(version.definition) == example().definition
    assert set(version.proof) == {"expert", "average", "careless", "reckless"}
    assert set(version.articles.values_list("name", "relevance")) == {
        ("no_signal", "solves"),
        ("buy_new", "wrong"),
    }
    assert scenario.ticket_template["subject"] == "Second screen is black"
    assert scenario.customer_persona["archetype"] == "office_worker"
    assert scenario.assessment_criteria["passing_score"] == 70


def test_the_stored_order_is_the_authors() -> None:
    scenario = published(lambda data: data.update(facts=dict(reversed(data["facts"].items()))))
    scenario.refresh_from_db()
    assert list(scenario.definition["facts"]) == ["recent_change", "symptom"]


def test_loading_twice_changes_nothing() -> None:
    load(example())
    before = Scenario.objects.values().get()
    assert load(example()).unchanged == (SLUG,)
    assert Scenario.objects.values().get() == before
    assert ScenarioVersion.objects.count() == 1


def test_a_changed_file_is_a_new_version_and_the_old_one_stays() -> None:
    load(example())
    assert load(example(title="The black screen")).updated == (SLUG,)
    scenario = Scenario.objects.get()
    assert scenario.title == "The black screen"
    assert list(scenario.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert scenario.versions.get(number=1).definition["title"] == "The dark second screen"
    assert KnowledgeArticle.objects.count() == 4


def test_an_old_file_does_not_undo_what_came_after() -> None:
    load(example())
    load(example(title="The black screen"))
    assert load(example()).unchanged == (SLUG,)
    assert Scenario.objects.get().title == "The black screen"


def test_a_file_leaves_unpublished_edits_alone() -> None:
    scenario = published()
    actions.save_draft(data=edited(scenario, title="Half a thought"), scenario=scenario)
    load(example(title="The black screen"))
    scenario.refresh_from_db()
    assert scenario.title == "The black screen"
    assert scenario.definition["title"] == "Half a thought"


def test_an_unproven_file_is_refused_with_its_line() -> None:
    def solved_already(data: dict[str, Any]) -> None:
        data["estate"]["variables"]["screen.cable"]["starts"] = "seated"

    with pytest.raises(ScenarioError, match=rf"{SLUG}\.yaml:\d+: outcome\.solved: .*nothing to solve"):
        load_scenarios(files=[example(solved_already)])
    assert not Scenario.objects.exists()


# ---------------------------------------------------------------- prerequisites


def test_prerequisites_may_stand_in_any_order() -> None:
    load(example(slug="second", prerequisites=["first"]), example(slug="first"))
    assert list(Scenario.objects.get(slug="second").prerequisites.values_list("slug", flat=True)) == ["first"]


def test_prerequisites_may_be_loaded_before() -> None:
    load(example(slug="first"))
    load(example(slug="second", prerequisites=["first"]))
    assert Scenario.objects.get(slug="first").opens.get().slug == "second"


def test_a_missing_prerequisite_loads_nothing() -> None:
    message = refusal(
        files=[example(slug="first"), example(slug="second", prerequisites=["first", "nowhere"])]
    )
    assert message.startswith("second.yaml:")
    assert "prerequisites[1]: there is no scenario `nowhere`" in message
    assert not Scenario.objects.exists()


def test_a_circle_is_named_and_loads_nothing() -> None:
    chain = [("a", "b"), ("b", "c"), ("c", "a")]
    message = refusal(files=[example(slug=slug, prerequisites=[needed]) for slug, needed in chain])
    assert "prerequisites form a circle: a → b → c → a" in message
    assert not Scenario.objects.exists()


def test_a_circle_through_what_is_stored_is_found() -> None:
    load(example(slug="a"), example(slug="b", prerequisites=["a"]))
    assert "circle: a → b → a" in refusal(files=[example(slug="a", prerequisites=["b"])])
    assert not Scenario.objects.get(slug="a").prerequisites.exists()


@pytest.mark.parametrize(
    ("graph", "circle"),
    [
        ({"a": ["b"], "b": []}, None),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, None),
        ({"a": ["a"]}, ["a", "a"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c", "b"]),
        ({str(n): [str(n + 1)] for n in range(5000)}, None),
    ],
)
def test_find_circle(graph: dict[str, list[str]], circle: list[str] | None) -> None:
    assert find_circle(graph, graph) == circle


# ---------------------------------------------------------------- authors


def test_a_draft_is_a_scenario_that_nobody_can_practise_yet() -> None:
    scenario = actions.save_draft(data=as_stored(example().definition), author=InstructorFactory())
    assert (scenario.status, scenario.current_version) == (ScenarioStatus.DRAFT, None)
    actions.save_draft(data=edited(scenario, title="Better"), scenario=scenario)
    assert Scenario.objects.get().title == "Better"


def test_a_draft_of_a_published_scenario_shows_nowhere_until_it_is_published() -> None:
    scenario = published()
    actions.save_draft(data=edited(scenario, title="Better"), scenario=scenario)
    assert Scenario.objects.get().title == "The dark second screen"
    version = actions.publish_version(scenario=scenario, by=InstructorFactory(), note="A better title")
    scenario.refresh_from_db()
    assert (scenario.title, version.number, scenario.current_version) == ("Better", 2, version)
    assert version.proof["expert"] > version.proof["reckless"]


def test_an_invalid_draft_is_refused() -> None:
    scenario = published()
    with pytest.raises(ScenarioError, match="xp_reward"):
        actions.save_draft(data=edited(scenario, xp_reward=1), scenario=scenario)
    with pytest.raises(ScenarioError, match="slug: must stay"):
        actions.save_draft(data=edited(scenario, slug="another"), scenario=scenario)
    with pytest.raises(ScenarioError, match=r"slug: .* is taken"):
        actions.save_draft(data=as_stored(example().definition))
    assert Scenario.objects.get().definition["xp_reward"] == 50


def test_publishing_what_cannot_be_solved_is_refused() -> None:
    scenario = published()
    broken = edited(scenario)
    broken["actions"]["reseat_cable"]["effects"] = {}
    actions.save_draft(data=broken, scenario=scenario)
    with pytest.raises(ScenarioError, match=r"outcome\.solved: no sequence of actions leads here"):
        actions.publish_version(scenario=scenario)
    assert ScenarioVersion.objects.count() == 1


def test_publishing_an_earlier_text_puts_that_version_in_force_again() -> None:
    scenario = published()
    first = scenario.current_version
    load(example(title="Better"))
    actions.save_draft(data=as_stored(example().definition), scenario=scenario)
    assert actions.publish_version(scenario=scenario) == first
    assert ScenarioVersion.objects.count() == 2


def test_rolling_back_and_archiving() -> None:
    scenario = published()
    load(example(title="Better"))
    version = actions.roll_back(scenario=scenario, number=1)
    scenario.refresh_from_db()
    assert (scenario.title, scenario.current_version) == ("The dark second screen", version)
    assert scenario.definition == version.definition
    with pytest.raises(ScenarioVersion.DoesNotExist):
        actions.roll_back(scenario=scenario, number=9)
    actions.archive_scenario(scenario=scenario)
    scenario.refresh_from_db()
    assert scenario.status == ScenarioStatus.ARCHIVED


def test_review_is_for_drafts() -> None:
    draft = actions.save_draft(data=as_stored(example(slug="draft").definition))
    actions.send_to_review(scenario=draft)
    live = published()
    actions.send_to_review(scenario=live)
    draft.refresh_from_db()
    live.refresh_from_db()
    assert (draft.status, live.status) == (ScenarioStatus.REVIEW, ScenarioStatus.PUBLISHED)


# ---------------------------------------------------------------- frozen


def test_a_version_cannot_be_saved_again() -> None:
    version = published().versions.get()
    with pytest.raises(FrozenError):
        version.save()


@pytest.mark.parametrize("change", [{"number": 7}, {"definition": {}}, {"checksum": "0" * 64}])
def test_the_database_refuses_to_change_a_version(change: dict[str, Any]) -> None:
    published()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ScenarioVersion.objects.update(**change)


def test_what_was_published_may_be_told_apart_by_note_only() -> None:
    published()
    assert ScenarioVersion.objects.update(note="First edition") == 1
