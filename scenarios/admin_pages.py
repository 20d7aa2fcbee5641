"""The pages of the scenario admin that are not a plain list: the editor, the proof, loading and exporting."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from engine.lint import lint
from engine.references import Problem
from scenarios import actions
from scenarios.admin_forms import ScenarioEditor
from scenarios.admin_forms.files import LoadForm, NoteForm
from scenarios.exporter import as_yaml, to_yaml
from scenarios.faults import Fault, ScenarioError
from scenarios.loader import check_definition, parse_stored, read_uploads
from scenarios.models import Scenario, ScenarioVersion
from scenarios.source import MAX_BYTES, spell

BASE = "@base"
"""Name of the input that says which state of the scenario was edited."""
PUBLISH = "_publish"


def edit(admin: Any, request: HttpRequest, object_id: str | None) -> HttpResponse:
    """Show the editor, or save what was written as working copy and, if so wished, publish it."""
    scenario = _scenario(admin, request, object_id) if object_id else None
    if not (
        admin.has_change_permission(request, scenario) if scenario else admin.has_add_permission(request)
    ):
        if scenario is None or request.method == "POST" or not admin.has_view_permission(request, scenario):
            raise PermissionDenied
        return _editor_page(admin, request, scenario, ScenarioEditor(scenario.definition, slug=scenario.slug))
    if request.method != "POST":
        definition, slug = (scenario.definition, scenario.slug) if scenario else (None, "")
        return _editor_page(admin, request, scenario, ScenarioEditor(definition, slug=slug))
    return _save(admin, request, scenario)


def _save(admin: Any, request: HttpRequest, scenario: Scenario | None) -> HttpResponse:
    editor = ScenarioEditor(posted=request.POST, slug=scenario.slug if scenario else "")
    note = NoteForm(request.POST)
    if scenario and request.POST.get(BASE, "") != _state_of(scenario):
        editor.loose.append(
            _("Somebody else saved this scenario meanwhile. Save again to put yours in place of theirs.")
        )
    if not editor.check() or not note.is_valid():
        return _editor_page(admin, request, scenario, editor, note=note)
    try:
        saved = actions.save_draft(data=editor.data, scenario=scenario, author=_author(request))
    except ScenarioError as error:
        editor.place(error.faults)
        return _editor_page(admin, request, scenario, editor, note=note)
    if PUBLISH not in request.POST:
        _log(admin, request, saved, new=scenario is None, words="Working copy saved")
        messages.success(request, _("The working copy is saved. Trainees get it once it is published."))
        return HttpResponseRedirect(_address("change", saved.pk))
    return _publish(admin, request, saved, editor, note, new=scenario is None)


def _publish(
    admin: Any, request: HttpRequest, saved: Scenario, editor: ScenarioEditor, note: NoteForm, *, new: bool
) -> HttpResponse:
    words = note.cleaned_data["version_note"]
    try:
        version = actions.publish_version(scenario=saved, by=_author(request), note=words)
    except ScenarioError as error:
        _log(admin, request, saved, new=new, words="Working copy saved")
        messages.warning(request, _("Your work is saved as working copy, but it could not be published yet."))
        # The scenario has an address now, which its form must not offer to change.
        editor = ScenarioEditor(posted=request.POST, slug=saved.slug)
        editor.place(error.faults)
        return _editor_page(admin, request, saved, editor, note=note)
    _log(admin, request, saved, new=new, words=f"Version {version.number} published. {words}".strip())
    messages.success(request, _("Version %d is in force.") % version.number)
    return HttpResponseRedirect(_address("change", saved.pk))


def _editor_page(
    admin: Any,
    request: HttpRequest,
    scenario: Scenario | None,
    editor: ScenarioEditor,
    *,
    note: NoteForm | None = None,
) -> HttpResponse:
    may_edit = admin.has_change_permission(request, scenario) if scenario else True
    versions = _versions_of(scenario) if scenario else []
    in_force = scenario.current_version if scenario else None
    context = {
        **_context(admin, request, scenario),
        "title": scenario.title if scenario else _("New scenario"),
        "editor": editor,
        "note": note or NoteForm(),
        "may_edit": may_edit,
        "versions": versions,
        "state": _state_of(scenario) if scenario else "",
        "unpublished": bool(scenario and in_force and scenario.definition != in_force.definition),
    }
    status = 422 if editor.has_errors else 200
    return TemplateResponse(request, "admin/scenarios/scenario/editor.html", context, status=status)


# ---------------------------------------------------------------- versions


def _versions_of(scenario: Scenario) -> list[ScenarioVersion]:
    return list(scenario.versions.defer("definition").select_related("published_by").order_by("-number"))


def roll_back(admin: Any, request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the version whose number was sent in force again."""
    scenario = _scenario(admin, request, str(pk))
    if request.method != "POST" or not admin.has_change_permission(request, scenario):
        raise PermissionDenied
    sent = request.POST.get("number", "")
    number = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
    try:
        version = actions.roll_back(scenario=scenario, number=number)
    except ScenarioVersion.DoesNotExist:
        messages.error(request, _("There is no such version."))
    except ScenarioError as error:
        messages.error(request, "; ".join(str(fault) for fault in error.faults))
    else:
        admin.log_change(request, scenario, f"Version {version.number} put in force again")
        messages.success(request, _("Version %d is in force again.") % version.number)
    return HttpResponseRedirect(_address("change", pk))


# ---------------------------------------------------------------- proof


def prove(admin: Any, request: HttpRequest, pk: UUID) -> HttpResponse:
    """Prove the working copy: findings, remarks, and how each bot trainee scored."""
    scenario = _scenario(admin, request, str(pk))
    if not admin.has_view_permission(request, scenario):
        raise PermissionDenied
    context: dict[str, Any] = {
        **_context(admin, request, scenario),
        "title": _("Proof of “%s”") % scenario.title,
    }
    try:
        report = lint(check_definition(scenario.definition))
    except ScenarioError as error:
        context |= {"problems": error.faults, "remarks": [], "scores": [], "passed": False}
    else:
        context |= {
            "problems": [_as_fault(problem) for problem in report.problems],
            "remarks": [_as_fault(remark) for remark in report.remarks],
            "scores": list(report.scores.items()),
            "passed": report.passed,
        }
    return TemplateResponse(request, "admin/scenarios/scenario/proof.html", context)


def _as_fault(problem: Problem) -> Fault:
    return Fault(problem.message, field=spell(problem.path))


# ---------------------------------------------------------------- files


def load(admin: Any, request: HttpRequest) -> HttpResponse:
    """Take scenario files and publish them, all or nothing."""
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    faults: Sequence[Fault] = ()
    if request.method == "POST" and form.is_valid():
        try:
            uploads = [(file.name, file.read(MAX_BYTES + 1)) for file in form.cleaned_data["scenario_files"]]
            words = form.cleaned_data["note"] or actions.LOADED
            loaded = actions.load_scenarios(files=read_uploads(uploads), author=_author(request), note=words)
        except ScenarioError as error:
            faults = error.faults
        else:
            _tell_loaded(admin, request, loaded)
            return HttpResponseRedirect(_address("changelist"))
    context = {
        **_context(admin, request, None),
        "title": _("Load scenario files"),
        "form": form,
        "faults": faults,
    }
    status = 422 if faults or form.errors else 200
    return TemplateResponse(request, "admin/scenarios/scenario/load.html", context, status=status)


def _tell_loaded(admin: Any, request: HttpRequest, loaded: actions.Loaded) -> None:
    words = {"created": _("New: %s"), "updated": _("New version: %s"), "unchanged": _("Already there: %s")}
    for what, slugs in vars(loaded).items():
        if slugs:
            messages.success(request, words[what] % ", ".join(slugs))
    changed = {*loaded.created, *loaded.updated}
    for scenario in Scenario.objects.filter(slug__in=changed).defer("definition"):
        admin.log_change(request, scenario, "Loaded from a file")


def export(admin: Any, request: HttpRequest, pks: Sequence[UUID]) -> HttpResponse:
    """Download working copies: one as YAML, several as a ZIP of YAML files."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    texts = {
        f"{slug}.yaml": _as_file(definition)
        for slug, definition in Scenario.objects.filter(pk__in=pks)
        .order_by("slug")
        .values_list("slug", "definition")
    }
    if not texts:
        raise Http404
    if len(texts) == 1:
        ((name, text),) = texts.items()
        return _attachment(text.encode(), name, "application/yaml")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return _attachment(packed.getvalue(), "scenarios.zip", "application/zip")


def _as_file(definition: dict[str, Any]) -> str:
    try:
        return to_yaml(parse_stored(definition))
    except ValueError:  # written for a format that has changed since: export it as it is
        return as_yaml(definition)


def _attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


# ---------------------------------------------------------------- what all pages need


def _scenario(admin: Any, request: HttpRequest, object_id: str) -> Scenario:
    scenario: Scenario | None = admin.get_object(request, object_id)
    if scenario is None:
        raise Http404
    return scenario


def _author(request: HttpRequest) -> Any:
    return request.user


def _state_of(scenario: Scenario) -> str:
    return scenario.updated_at.isoformat()


def _address(page: str, pk: Any = None) -> str:
    return reverse(f"admin:scenarios_scenario_{page}", args=[pk] if pk else [])


def _log(admin: Any, request: HttpRequest, scenario: Scenario, *, new: bool, words: str) -> None:
    (admin.log_addition if new else admin.log_change)(request, scenario, words)


def _context(admin: Any, request: HttpRequest, scenario: Scenario | None) -> dict[str, Any]:
    return {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "model_admin": admin,
        "original": scenario,
        "scenario": scenario,
        "has_view_permission": admin.has_view_permission(request),
        "has_change_permission": admin.has_change_permission(request),
        "media": admin.media,
    }
