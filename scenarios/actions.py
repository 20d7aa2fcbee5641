"""The only writes of scenarios. Each one is a transaction that either happens wholly or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from engine.definition import Article
from engine.definition import Scenario as Definition
from engine.lint import lint
from scenarios.faults import Fault, ScenarioError
from scenarios.loader import ScenarioFile, as_stored, check_definition, checksum_of, parse_stored
from scenarios.models import KnowledgeArticle, Scenario, ScenarioStatus, ScenarioVersion
from scenarios.queries import prerequisites_by_slug
from scenarios.source import spell

_PUBLISHING = 4_820_115
"""Key of the advisory lock that makes publishing one at a time: a circle of prerequisites spans many rows."""


LOADED = "Loaded from a file"
"""The note of versions that came from files."""


@dataclass(frozen=True)
class Loaded:
    """What a load did, by slug."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]


def load_scenarios(
    *,
    files: Sequence[ScenarioFile],
    author: User | None = None,
    note: str = LOADED,
    prove_first: bool = True,
) -> Loaded:
    """Publish the scenarios of these files, all or nothing.

    A definition that was published before, under any number, changes nothing; so loading the same files twice
    does nothing the second time, and an old file does not undo what was edited since. Prerequisites may stand
    in the same files, in any order. The proof costs about a second for each new definition; only tests go
    without.

    Raises:
        ScenarioError: a definition is not proven, a prerequisite does not exist, or they form a circle.
    """
    # The proof plays whole calls: no lock is held meanwhile.
    proofs = _prove_files(files) if prove_first else {}
    with transaction.atomic():
        _lock_publishing()
        return _load_all(files, proofs, author=author, note=note)


def _prove_files(files: Sequence[ScenarioFile]) -> dict[str, dict[str, float]]:
    """Return the proof of each definition that is not published yet, by slug."""
    sums = {file.definition.slug: checksum_of(file.definition) for file in files}
    known = set(
        ScenarioVersion.objects.filter(checksum__in=sums.values()).values_list("scenario__slug", "checksum")
    )
    proofs: dict[str, dict[str, float]] = {}
    faults: list[Fault] = []
    for file in files:
        slug = file.definition.slug
        if (slug, sums[slug]) in known:
            continue
        report = lint(file.definition)
        faults += [file.fault(problem.message, *problem.path) for problem in report.problems]
        proofs[slug] = dict(report.scores)
    if faults:
        raise ScenarioError(faults)
    return proofs


def _load_all(
    files: Sequence[ScenarioFile],
    proofs: Mapping[str, Mapping[str, float]],
    *,
    author: User | None,
    note: str,
) -> Loaded:
    done: dict[str, list[str]] = {"created": [], "updated": [], "unchanged": []}
    changed: list[tuple[Scenario, ScenarioFile]] = []
    for file in files:
        slug = file.definition.slug
        scenario, what = _load_one(file.definition, proofs.get(slug, {}), author=author, note=note)
        done[what].append(slug)
        if what != "unchanged":
            changed.append((scenario, file))
    if faults := _link_prerequisites(changed):
        raise ScenarioError(faults)
    return Loaded(**{what: tuple(slugs) for what, slugs in done.items()})


def _load_one(
    definition: Definition, proof: Mapping[str, float], *, author: User | None, note: str
) -> tuple[Scenario, str]:
    scenario = Scenario.objects.select_for_update().filter(slug=definition.slug).first()
    if scenario is None:
        scenario = _create(definition, author)
        _put_in_force(scenario, _add_version(scenario, definition, by=author, note=note, proof=proof))
        return scenario, "created"
    if scenario.versions.filter(checksum=checksum_of(definition)).exists():
        return scenario, "unchanged"
    keeps_working_copy = _has_unpublished_edits(scenario)
    version = _add_version(scenario, definition, by=author, note=note, proof=proof)
    if not keeps_working_copy:
        scenario.definition = version.definition
    _put_in_force(scenario, version)
    return scenario, "updated"


def _create(definition: Definition, author: User | None) -> Scenario:
    return Scenario.objects.create(author=author, definition=as_stored(definition), **columns_of(definition))


def _has_unpublished_edits(scenario: Scenario) -> bool:
    """An author's unfinished work is not thrown away by a file."""
    current = scenario.current_version
    return current is not None and scenario.definition != current.definition


@transaction.atomic
def save_draft(
    *, data: Mapping[str, Any], scenario: Scenario | None = None, author: User | None = None
) -> Scenario:
    """Store an author's working copy, and return its scenario (a new one when none is given).

    What trainees get does not change before `publish_version`.

    Raises:
        ScenarioError: the data is no valid definition, or its slug belongs to another scenario.
    """
    definition = check_definition(data)
    if scenario is None:
        return _create_draft(definition, author)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if definition.slug != scenario.slug:
        raise ScenarioError([Fault(f"must stay `{scenario.slug}`: addresses depend on it", field="slug")])
    scenario.definition = as_stored(definition)
    if scenario.current_version_id is None:
        _set_columns(scenario, definition)
    scenario.save()
    return scenario


def _create_draft(definition: Definition, author: User | None) -> Scenario:
    if Scenario.objects.filter(slug=definition.slug).exists():
        raise ScenarioError([Fault(f"`{definition.slug}` is taken", field="slug")])
    return _create(definition, author)


def publish_version(*, scenario: Scenario, by: User | None = None, note: str = "") -> ScenarioVersion:
    """Put the working copy in force and return its version; the earlier one where it was published before.

    Raises:
        ScenarioError: the working copy is not valid or not proven, or its prerequisites are gone or circular.
    """
    scenario.refresh_from_db()
    definition = check_definition(scenario.definition)
    # The proof plays whole calls: no lock is held meanwhile.
    proof = prove(definition)
    with transaction.atomic():
        _lock_publishing()
        scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
        if check_definition(scenario.definition) != definition:
            raise ScenarioError([Fault("was edited while it was being proven; publish again")])
        version = scenario.versions.filter(checksum=checksum_of(definition)).first()
        if version is None:
            version = _add_version(scenario, definition, by=by, note=note, proof=proof)
        _put_in_force(scenario, version)
        _link_or_refuse(scenario, definition)
    return version


@transaction.atomic
def roll_back(*, scenario: Scenario, number: int) -> ScenarioVersion:
    """Put version `number` in force again and return it. Sessions under way keep the version they began with.

    Raises:
        ScenarioVersion.DoesNotExist: there is no such version.
        ScenarioError: a prerequisite of that version is gone, or would close a circle today.
    """
    _lock_publishing()
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    version = scenario.versions.get(number=number)
    if not _has_unpublished_edits(scenario):
        scenario.definition = version.definition
    _put_in_force(scenario, version)
    _link_or_refuse(scenario, parse_stored(version.definition))
    return version


def send_to_review(*, scenario: Scenario) -> None:
    """Mark a draft as ready to be read by somebody else; a published scenario stays as it is."""
    Scenario.objects.filter(pk=scenario.pk, status=ScenarioStatus.DRAFT).update(
        status=ScenarioStatus.REVIEW, updated_at=timezone.now()
    )


def archive_scenario(*, scenario: Scenario) -> None:
    """Take a scenario out of the catalogue. Its sessions and their debriefs stay."""
    Scenario.objects.filter(pk=scenario.pk).update(status=ScenarioStatus.ARCHIVED, updated_at=timezone.now())


def offer_scenario(*, scenario: Scenario) -> bool:
    """Put a scenario (back) into the catalogue, out of the archive too; False if it was never published."""
    offered = Scenario.objects.filter(pk=scenario.pk, current_version__isnull=False).update(
        status=ScenarioStatus.PUBLISHED, is_active=True, updated_at=timezone.now()
    )
    return bool(offered)


def withdraw_scenario(*, scenario: Scenario) -> None:
    """Offer a scenario to no new trainee for now. Calls under way go on."""
    Scenario.objects.filter(pk=scenario.pk).update(is_active=False, updated_at=timezone.now())


def prove(definition: Definition) -> dict[str, float]:
    """Return each bot trainee's overall score of a scenario that can be played well.

    Raises:
        ScenarioError: with what `manage.py scenario lint` finds.
    """
    report = lint(definition)
    if report.problems:
        raise ScenarioError(Fault(problem.message, field=spell(problem.path)) for problem in report.problems)
    return dict(report.scores)


# ---------------------------------------------------------------- rows


def columns_of(definition: Definition) -> dict[str, Any]:
    """Return the columns that a scenario's row repeats from its definition."""
    return {
        "slug": definition.slug,
        "title": definition.title,
        "description": definition.summary,
        "difficulty": definition.difficulty.value,
        "estimated_minutes": definition.estimated_minutes,
        "xp_reward": definition.xp_reward,
        "skills": list(definition.skills),
        "tags": list(definition.tags),
    }


def article_columns_of(name: str, article: Article) -> dict[str, Any]:
    """Return the columns of a version's article, besides what it belongs to."""
    return {
        "name": name,
        "title": article.title,
        "body": article.body,
        "source": article.source,
        "credibility": article.credibility.value,
        "published_on": article.published,
        "url": article.link or "",
        "relevance": article.relevance.value,
    }


def _set_columns(scenario: Scenario, definition: Definition) -> None:
    for name, value in columns_of(definition).items():
        setattr(scenario, name, value)


def _add_version(
    scenario: Scenario,
    definition: Definition,
    *,
    by: User | None,
    note: str,
    proof: Mapping[str, float],
) -> ScenarioVersion:
    last = scenario.versions.order_by("-number").values_list("number", flat=True).first()
    version = ScenarioVersion.objects.create(
        scenario=scenario,
        number=(last or 0) + 1,
        definition=as_stored(definition),
        checksum=checksum_of(definition),
        note=note,
        proof=dict(proof),
        published_by=by,
        published_at=timezone.now(),
    )
    KnowledgeArticle.objects.bulk_create(
        KnowledgeArticle(scenario=scenario, version=version, **article_columns_of(name, article))
        for name, article in definition.knowledge.items()
    )
    return version


def _put_in_force(scenario: Scenario, version: ScenarioVersion) -> None:
    scenario.current_version = version
    scenario.status = ScenarioStatus.PUBLISHED
    _set_columns(scenario, parse_stored(version.definition))
    scenario.save()


def _lock_publishing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PUBLISHING])


# ---------------------------------------------------------------- prerequisites


def _link_or_refuse(scenario: Scenario, definition: Definition) -> None:
    missing = _set_prerequisites(scenario, definition.prerequisites)
    faults = [Fault(f"there is no scenario `{slug}`", field="prerequisites") for slug in missing]
    if circle := find_circle(prerequisites_by_slug(), [scenario.slug]):
        faults.append(Fault(_circle_in_words(circle), field="prerequisites"))
    if faults:
        raise ScenarioError(faults)


def _link_prerequisites(changed: Iterable[tuple[Scenario, ScenarioFile]]) -> list[Fault]:
    files = {scenario.slug: file for scenario, file in changed}
    faults: list[Fault] = []
    for scenario, file in changed:
        wanted = file.definition.prerequisites
        faults += [
            file.fault(f"there is no scenario `{slug}`", "prerequisites", wanted.index(slug))
            for slug in _set_prerequisites(scenario, wanted)
        ]
    if files and (circle := find_circle(prerequisites_by_slug(), files)):
        named_by = next(files[slug] for slug in circle if slug in files)
        faults.append(named_by.fault(_circle_in_words(circle), "prerequisites"))
    return faults


def _set_prerequisites(scenario: Scenario, slugs: Collection[str]) -> list[str]:
    """Link what exists and return the slugs that do not."""
    found = {needed.slug: needed for needed in Scenario.objects.filter(slug__in=slugs).only("slug")}
    scenario.prerequisites.set(found.values())
    return [slug for slug in slugs if slug not in found]


def find_circle(graph: Mapping[str, Sequence[str]], starts: Iterable[str]) -> list[str] | None:
    """Return a circle that can be reached from `starts`, its first slug repeated at the end, or None."""
    finished: set[str] = set()
    for start in starts:
        trail: list[str] = []
        # Depth first with a stack of our own: None means that the last of the trail is finished.
        stack: list[str | None] = [start]
        while stack:
            slug = stack.pop()
            if slug is None:
                finished.add(trail.pop())
            elif slug in trail:
                return [*trail[trail.index(slug) :], slug]
            elif slug not in finished:
                trail.append(slug)
                stack += [None, *graph.get(slug, ())]
    return None


def _circle_in_words(circle: Sequence[str]) -> str:
    return f"prerequisites form a circle: {' → '.join(circle)}"
