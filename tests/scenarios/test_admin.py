"""Scenarios at the instructors' desk: the editor, publishing, loading, exporting, the proof."""

import io
import zipfile
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from accounts import actions as people
from accounts.models import User
from scenarios import actions
from scenarios.admin_forms import ScenarioEditor
from scenarios.admin_forms.reading import lines_of
from scenarios.admin_forms.shapes import Kind
from scenarios.loader import as_stored, check_definition, read_scenario
from scenarios.models import KnowledgeArticle, Scenario, ScenarioStatus
from tests.factories import InstructorFactory, UserFactory
from tests.scenarios.examples import SHIPPED, SLUG, example, example_text, load, published

pytestmark = pytest.mark.django_db

ALL_SHIPPED = sorted(SHIPPED.glob("*.yaml"))


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(people.appoint_instructor(user=InstructorFactory.create()))
    return client


def address(scenario: Scenario, page: str = "change") -> str:
    return reverse(f"admin:scenarios_scenario_{page}", args=[scenario.pk])


def inputs_of(editor: ScenarioEditor) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    sent: dict[str, Any] = {}
    for field in editor.root.walk():
        if field.key is not None:
            sent[f"{field.name}.@key"] = field.key
        if field.shape.kind is Kind.CHOICES:
            sent[field.name] = list(field.chosen)
        elif field.shape.kind is Kind.FLAG:
            sent |= {field.name: "true"} if field.text else {}
        elif field.shape.kind not in (Kind.GROUP, Kind.ENTRIES, Kind.ITEMS):
            sent[field.name] = field.text.replace("\n", "\r\n")
    return sent


def form_of(scenario: Scenario, **changes: str) -> dict[str, Any]:
    """The form of a stored scenario with other values in it; names have `__` for dots."""
    scenario.refresh_from_db()
    sent = inputs_of(ScenarioEditor(scenario.definition, slug=scenario.slug))
    sent["@base"] = scenario.updated_at.isoformat()
    return sent | {name.replace("__", "."): value for name, value in changes.items()}


def errors_at(response: Any) -> dict[str, list[str]]:
    """The errors of the page by the name of the input."""
    editor: ScenarioEditor = response.context["editor"]
    return {field.name: field.errors for field in editor.root.walk() if field.errors}


def number_of(scenario: Scenario, part: str, name: str) -> int:
    """The place of an entry in the form."""
    return list(scenario.definition[part]).index(name)


# ---------------------------------------------------------------- the form holds the whole format


@pytest.mark.parametrize("path", ALL_SHIPPED, ids=lambda path: path.stem)
def test_a_form_sent_back_as_it_is_changes_nothing(path: Any) -> None:
    definition = read_scenario(path.read_text(), source=path.name).definition
    shown = ScenarioEditor(as_stored(definition), slug=definition.slug)
    sent = QueryDict(mutable=True)
    for name, value in inputs_of(shown).items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    editor = ScenarioEditor(posted=sent, slug=definition.slug)
    assert editor.check(), editor.findings
    assert check_definition(editor.data) == definition


def test_a_line_can_go_on_below() -> None:
    assert lines_of("one\ntwo\n  goes on\n\n  \nthree") == ["one", "two\ngoes on\n", "three"]


def test_the_page_shows_every_part_and_a_place_for_more(author: Client) -> None:
    scenario = published()
    page = author.get(address(scenario))
    assert page.status_code == 200
    text = page.content.decode()
    for part in scenario.definition:
        assert part in ("format", "slug") or f'name="{part}' in text
    assert 'name="facts.new.@key"' in text


# ---------------------------------------------------------------- saving


def test_saving_keeps_a_working_copy_that_trainees_do_not_see(author: Client) -> None:
    scenario = published()
    response = author.post(address(scenario), form_of(scenario, title="A new title", _save="1"))
    assert response.status_code == 302
    scenario.refresh_from_db()
    assert scenario.definition["title"] == "A new title"
    assert scenario.title != "A new title"
    assert scenario.versions.count() == 1
    assert "differs from the version in force" in author.get(address(scenario)).content.decode()


def test_publishing_makes_a_version_with_its_note(author: Client) -> None:
    scenario = published()
    sent = form_of(scenario, title="A new title", version_note="Clearer", _publish="1")
    assert author.post(address(scenario), sent).status_code == 302
    scenario.refresh_from_db()
    version = scenario.current_version
    assert version is not None
    assert (scenario.title, version.number, version.note) == ("A new title", 2, "Clearer")
    assert version.published_by == User.objects.get(email__startswith="instructor")
    assert version.proof


def test_a_new_scenario_can_be_written_from_nothing(author: Client) -> None:
    definition = as_stored(example().definition)
    sent = inputs_of(ScenarioEditor(definition)) | {"_save": "1", "@base": ""}
    response = author.post(reverse("admin:scenarios_scenario_add"), sent)
    assert response.status_code == 302, response.context["editor"].findings
    scenario = Scenario.objects.get(slug=SLUG)
    assert scenario.status == ScenarioStatus.DRAFT
    assert scenario.author == User.objects.get(email__startswith="instructor")


def test_a_taken_address_is_told_at_its_field(author: Client) -> None:
    published()
    sent = inputs_of(ScenarioEditor(as_stored(example().definition))) | {"_save": "1"}
    response = author.post(reverse("admin:scenarios_scenario_add"), sent)
    assert response.status_code == 422
    assert "taken" in errors_at(response)["slug"][0]


def test_an_entry_can_be_added_moved_and_removed(author: Client) -> None:
    scenario = published()
    before = list(scenario.definition["knowledge"])
    sent = form_of(scenario)
    moved = {name: value for name, value in sent.items() if not name.startswith("knowledge.0.")}
    added = {
        "knowledge.added1.@key": "added",
        "knowledge.added1.title": "Added",
        "knowledge.added1.body": "Words",
        "knowledge.added1.source": "Desk",
        "knowledge.added1.credibility": "official",
        "knowledge.added1.published": "2026-01-01",
        "knowledge.added1.relevance": "helps",
    }
    last = {name: value for name, value in sent.items() if name.startswith("knowledge.0.")}
    assert author.post(address(scenario), moved | added | last | {"_save": "1"}).status_code == 302
    scenario.refresh_from_db()
    assert list(scenario.definition["knowledge"]) == [*before[1:], "added", before[0]]
    gone = form_of(scenario, knowledge__0__x="") | {
        f"knowledge.{len(before) - 1}.@gone": "1",
        "_save": "1",
    }
    assert author.post(address(scenario), gone).status_code == 302
    scenario.refresh_from_db()
    assert list(scenario.definition["knowledge"]) == [*before[1:], before[0]]


def test_two_authors_do_not_undo_each_other_unknowingly(author: Client) -> None:
    scenario = published()
    mine = form_of(scenario, title="Mine", _save="1")
    actions.save_draft(data=scenario.definition | {"title": "Theirs"}, scenario=scenario)
    response = author.post(address(scenario), mine)
    assert response.status_code == 422
    assert "Somebody else saved" in response.content.decode()
    again = mine | {"@base": response.context["state"]}
    assert author.post(address(scenario), again).status_code == 302
    scenario.refresh_from_db()
    assert scenario.definition["title"] == "Mine"


# ---------------------------------------------------------------- errors stand at the field


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("estimated_minutes", "soon", "must be a whole number"),
        ("xp_reward", "", "is missing"),
        ("title", "", "is missing"),
        ("difficulty", "impossible", "should be"),
        ("ticket.sla.resolution_minutes", "-1", "greater than or equal to 1"),
        ("persona.traits.patience", "7", "less than or equal to 1"),
        ("title", "x" * 601, "at most 600"),
        ("knowledge.0.published", "yesterday", "must be a date"),
        ("facts.0.when", "- a list", "must be a mapping"),
        ("facts.0.when", "told: [", "line 2: cannot be read"),
        ("facts.0.when", "a: &b 1", "anchors and aliases are not allowed"),
        ("facts.0.acts", "greet\nnever_heard_of", "item 2: should be"),
        ("title", "a\x00b", "cannot be stored"),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_is_stored(
    author: Client, name: str, value: str, message: str
) -> None:
    scenario = published()
    before = scenario.updated_at
    response = author.post(address(scenario), form_of(scenario) | {name: value, "_save": "1"})
    assert response.status_code == 422
    errors = errors_at(response)
    assert list(errors) == [name]
    assert message in errors[name][0]
    scenario.refresh_from_db()
    assert scenario.updated_at == before


def test_what_a_check_lacks_is_told_with_its_line(author: Client) -> None:
    scenario = published()
    sent = form_of(scenario) | {
        "rubric.criteria.0.check": "type: act_present\nacts:\n  - greet\n  - greeet",
        "_save": "1",
    }
    response = author.post(address(scenario), sent)
    assert errors_at(response)["rubric.criteria.0.check"][0].startswith("line 4, acts[1]: should be")
    page = response.content.decode()
    assert 'href="#id_rubric-criteria-0-check"' in page
    assert 'aria-describedby="id_rubric-criteria-0-check-errors"' in page


def test_names_of_entries_are_needed_and_unique(author: Client) -> None:
    scenario = published()
    names = list(scenario.definition["facts"])
    twin = author.post(address(scenario), form_of(scenario) | {"facts.1.@key": names[0], "_save": "1"})
    assert errors_at(twin)["facts.1"] == ["another one has this name"]
    nameless = author.post(address(scenario), form_of(scenario) | {"facts.1.@key": "", "_save": "1"})
    assert "needs a name" in errors_at(nameless)["facts.1"][0]


def test_a_name_that_refers_to_nothing_is_told_where_it_stands(author: Client) -> None:
    scenario = published()
    sent = form_of(scenario) | {"caller.person": "nobody", "_save": "1"}
    assert "nobody" in errors_at(author.post(address(scenario), sent))["caller.person"][0]


def test_what_the_proof_finds_is_told_at_the_field_and_the_work_is_kept(author: Client) -> None:
    scenario = published()
    number = number_of(scenario, "facts", next(iter(scenario.definition["facts"])))
    sent = form_of(scenario, title="Kept") | {
        f"facts.{number}.when": "told.never_told: true",
        f"facts.{number}.not_yet": "Not now.",
        "_publish": "1",
    }
    response = author.post(address(scenario), sent)
    assert response.status_code == 422
    assert f"facts.{number}.when" in errors_at(response)


def test_an_unproven_scenario_is_saved_but_not_published(author: Client) -> None:
    scenario = published()
    start = scenario.definition["estate"]["variables"]
    solved = scenario.definition["outcome"]["solved"]
    name, value = next(iter(solved.items()))
    position = list(start).index(name)
    sent = form_of(scenario, title="Kept") | {
        f"estate.variables.{position}.starts": str(value).lower(),
        "_publish": "1",
    }
    response = author.post(address(scenario), sent)
    assert response.status_code == 422
    assert "could not be published yet" in response.content.decode()
    assert "nothing to solve" in errors_at(response)["outcome.solved"][0]
    scenario.refresh_from_db()
    assert scenario.definition["title"] == "Kept"
    assert scenario.versions.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"facts": "x", "facts.0": "y", "facts.0.says.deeper.still": "z"},
        {"." * 50: "x", "facts..": "y", "@base": "\x00"},
        {"title": "<script>alert(1)</script>"},
    ],
)
def test_a_strange_form_is_refused_and_breaks_nothing(author: Client, sent: dict[str, str]) -> None:
    scenario = published()
    response = author.post(address(scenario), sent)
    assert response.status_code == 422
    assert "<script>alert(1)</script>" not in response.content.decode()


# ---------------------------------------------------------------- versions


def test_an_earlier_version_can_be_put_in_force_again(author: Client) -> None:
    scenario = published()
    load(example(title="Second"))
    assert author.post(address(scenario, "roll_back"), {"number": "1"}).status_code == 302
    scenario.refresh_from_db()
    assert scenario.current_version is not None
    assert scenario.current_version.number == 1
    for nonsense in ("", "x", "99", "-1"):
        page = author.post(address(scenario, "roll_back"), {"number": nonsense}, follow=True)
        assert "There is no such version." in page.content.decode()
    assert author.get(address(scenario, "roll_back")).status_code == 403


def test_the_proof_shows_scores_and_findings(author: Client) -> None:
    scenario = published()
    page = author.get(address(scenario, "lint"))
    assert page.context["passed"]
    assert [bot for bot, _score in page.context["scores"]] == ["expert", "average", "careless", "reckless"]
    Scenario.objects.filter(pk=scenario.pk).update(definition=scenario.definition | {"caller": {}})
    assert "caller.person" in author.get(address(scenario, "lint")).content.decode()


# ---------------------------------------------------------------- files


def upload(*files: tuple[str, str | bytes]) -> dict[str, Any]:
    content = [(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    return {"scenario_files": [SimpleUploadedFile(name, data) for name, data in content]}


def test_files_are_loaded(author: Client) -> None:
    response = author.post(reverse("admin:scenarios_scenario_load_files"), upload(("a.yaml", example_text())))
    assert response.status_code == 302
    scenario = Scenario.objects.get(slug=SLUG)
    assert scenario.status == ScenarioStatus.PUBLISHED
    again = author.post(
        reverse("admin:scenarios_scenario_load_files"), upload(("a.yaml", example_text())), follow=True
    )
    assert "Already there" in again.content.decode()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "required"),
        ([("a.yaml", "title: [")], "cannot be read"),
        ([("a.yaml", b"\xff\xfe")], "is not UTF-8 text"),
        ([("a.exe", "x: 1")], "must end in"),
        ([("a.yaml", "")], "empty"),
        ([("a.yaml", "x" * 1_000_001)], "larger than"),
        ([("<b>.yaml", "format: 2")], "&lt;b&gt;.yaml"),
    ],
)
def test_a_bad_file_is_told_with_its_name(author: Client, files: list[Any], words: str) -> None:
    response = author.post(reverse("admin:scenarios_scenario_load_files"), upload(*files))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Scenario.objects.exists()


def test_one_bad_file_keeps_out_all_and_is_told_with_line_and_field(author: Client) -> None:
    broken = example_text().replace("estimated_minutes: ", "estimated_minutes: many ")
    line = next(
        number for number, text in enumerate(broken.split("\n"), 1) if text.startswith("estimated_minutes")
    )
    files = upload(
        ("good.yaml", example_text()), ("bad.yaml", broken.replace(f"slug: {SLUG}", "slug: other"))
    )
    response = author.post(reverse("admin:scenarios_scenario_load_files"), files)
    fault = response.context["faults"][0]
    assert (fault.source, fault.line, fault.field) == ("bad.yaml", line, "estimated_minutes")
    assert not Scenario.objects.exists()


def test_exported_files_load_back_to_the_same(author: Client) -> None:
    scenario = published()
    response = author.get(address(scenario, "export"))
    assert response["Content-Disposition"] == f'attachment; filename="{SLUG}.yaml"'
    assert read_scenario(response.content, source="x.yaml").definition == example().definition


def test_several_are_exported_as_one_archive(author: Client) -> None:
    published()
    published(slug="another-one")
    chosen = [str(pk) for pk in Scenario.objects.values_list("pk", flat=True)]
    response = author.post(
        reverse("admin:scenarios_scenario_changelist"),
        {"action": "export_selected", "_selected_action": chosen},
    )
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.namelist() == ["another-one.yaml", f"{SLUG}.yaml"]


# ---------------------------------------------------------------- actions and rights


def do(client: Client, action: str) -> Any:
    chosen = [str(pk) for pk in Scenario.objects.values_list("pk", flat=True)]
    return client.post(
        reverse("admin:scenarios_scenario_changelist"),
        {"action": action, "_selected_action": chosen},
        follow=True,
    )


def test_scenarios_are_withdrawn_offered_and_archived(author: Client) -> None:
    scenario = published()
    do(author, "withdraw")
    scenario.refresh_from_db()
    assert not scenario.is_active
    do(author, "archive")
    scenario.refresh_from_db()
    assert scenario.status == ScenarioStatus.ARCHIVED
    do(author, "offer")
    scenario.refresh_from_db()
    assert (scenario.status, scenario.is_active) == (ScenarioStatus.PUBLISHED, True)


def test_a_draft_goes_to_review_and_cannot_be_offered(author: Client) -> None:
    scenario = actions.save_draft(data=as_stored(example().definition))
    do(author, "send_to_review")
    scenario.refresh_from_db()
    assert scenario.status == ScenarioStatus.REVIEW
    assert "was never published" in do(author, "offer").content.decode()


def test_staff_who_may_only_look_cannot_write(client: Client) -> None:
    from django.contrib.auth.models import Permission

    person = UserFactory.create(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_scenario"))
    client.force_login(person)
    scenario = published()
    page = client.get(address(scenario)).content.decode()
    assert "Save and publish" not in page
    assert client.post(address(scenario), form_of(scenario, _save="1")).status_code == 403
    assert client.get(reverse("admin:scenarios_scenario_add")).status_code == 403
    assert client.get(reverse("admin:scenarios_scenario_load_files")).status_code == 403
    assert client.post(address(scenario, "roll_back"), {"number": "1"}).status_code == 403
    do(client, "archive")
    scenario.refresh_from_db()
    assert scenario.status == ScenarioStatus.PUBLISHED


def test_nobody_deletes_a_scenario(author: Client) -> None:
    scenario = published()
    assert author.post(address(scenario, "delete"), {"post": "yes"}).status_code == 403


def test_articles_of_the_library_are_edited_and_those_of_a_version_are_not(author: Client) -> None:
    scenario = published()
    article = KnowledgeArticle.objects.filter(scenario=scenario).first()
    assert article is not None
    change = reverse("admin:scenarios_knowledgearticle_change", args=[article.pk])
    assert author.post(change, {"title": "Other"}).status_code == 403
    sent = {
        "name": "shared",
        "title": "Shared",
        "source": "Desk",
        "credibility": "official",
        "published_on": "2026-01-01",
        "body": "Words",
    }
    assert author.post(reverse("admin:scenarios_knowledgearticle_add"), sent).status_code == 302
    shared = KnowledgeArticle.objects.get(name="shared")
    change = reverse("admin:scenarios_knowledgearticle_change", args=[shared.pk])
    assert author.post(change, sent | {"title": "Better"}).status_code == 302
    shared.refresh_from_db()
    assert shared.title == "Better"


# ---------------------------------------------------------------- forms that no page of ours sends


def test_a_version_number_of_any_length_is_just_no_version(author: Client) -> None:
    scenario = published()
    for number in ("9" * 6000, "9" * 30, "²", "-1", ""):
        assert author.post(address(scenario, "roll_back"), {"number": number}).status_code == 302
    scenario.refresh_from_db()
    assert scenario.current_version is not None
    assert scenario.current_version.number == 1


@pytest.mark.parametrize(
    ("name", "value"), [("facts.0.says." + "a." * 20_000 + "a", "x"), ("difficulty", "9" * 6000)]
)
def test_an_input_that_no_form_has_is_no_fault_of_the_server(author: Client, name: str, value: str) -> None:
    body = urlencode({name: value})
    kind = "application/x-www-form-urlencoded"
    response = author.post("/admin/scenarios/scenario/add/", body, content_type=kind)
    assert response.status_code == 422
    assert not Scenario.objects.exists()
