"""What can be practised, and what to know before taking a ticket."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from scenarios.access import scenario_for
from scenarios.forms import CatalogueFilterForm
from scenarios.markdown import render_body
from scenarios.models import Scenario
from scenarios.queries import briefing_of, catalogue_for
from sessions_app.performance import best_scores_of
from sessions_app.queries import completed_scenario_ids, past_attempts, running_sessions_of

ATTEMPTS_SHOWN = 10
REFUSED = 422


@login_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every scenario that is offered, by difficulty; locked ones say what opens them."""
    user = _reader(request)
    form = CatalogueFilterForm(request.GET)
    wanted = form.wanted()
    shown = catalogue_for(
        user,
        completed_scenario_ids(user.pk),
        best_scores_of(user.pk),
        wanted,
        running_ids=running_sessions_of(user.pk),
    )
    form.offer_skills(shown.skills)
    context = {"catalogue": shown, "form": form, "filtered": not wanted.is_empty}
    return render(request, "scenarios/catalogue.html", context, status=REFUSED if form.errors else None)


@login_required
@require_safe
def briefing(request: HttpRequest, slug: str) -> HttpResponse:
    """The desk's rules for the shift, what one will practise, and what came of earlier attempts."""
    user = _reader(request)
    try:
        scenario = scenario_for(user, slug)
    except Scenario.DoesNotExist as error:
        raise Http404 from error
    told = briefing_of(scenario, completed_scenario_ids(user.pk))
    attempts = past_attempts(user.pk, scenario.pk, limit=ATTEMPTS_SHOWN)
    context = {
        "briefing": told,
        "scenario": scenario,
        "rules": render_body(told.rules),
        "first_response": _within(told.first_response_minutes),
        "resolution": _within(told.resolution_minutes),
        "attempts": attempts,
        "running": running_sessions_of(user.pk).get(scenario.pk),
    }
    return render(request, "scenarios/briefing.html", context)


def _within(minutes: int) -> str:
    """Say a target as a desk says it: hours from two full ones on."""
    if minutes >= 120 and minutes % 60 == 0:
        return _("within %(hours)s hours") % {"hours": minutes // 60}
    return ngettext("within %(minutes)s minute", "within %(minutes)s minutes", minutes) % {"minutes": minutes}


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("This view must ask for sign-in first.")
    return request.user
