"""Pages about people: the way in, profile, preferences and terms."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import actions, queries
from accounts.forms import AppearanceForm, PreferencesForm, ProfileForm
from accounts.interface import interface_of, remember_interface
from accounts.models import User
from accounts.rendering import render_markdown

View = Callable[..., HttpResponse]


def landing(request: HttpRequest) -> HttpResponse:
    """What Firstline is, for somebody who has not signed in."""
    return render(request, "accounts/landing.html")


def landing_for_strangers(view: View) -> View:
    """Decorate the dashboard, so that its address welcomes whoever has not signed in."""

    @wraps(view)
    def front_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else landing(request)

    return front_door


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, display name, phone and time zone of the reader."""
    user = _reader(request)
    # The form writes into its instance; the reader's own object must stay as stored if that is refused.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_profile(user=user, changes=form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form}, status=_status(form))


@never_cache
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """How pages look, move and speak to the reader, and what others may see."""
    user = _reader(request)
    form = PreferencesForm(request.POST or None, initial=PreferencesForm.initial_of(user.chosen))
    if request.method == "POST" and form.is_valid():
        chosen = actions.change_preferences(user=user, changes=form.changes())
        messages.success(request, _("Your preferences are saved."))
        response = redirect("preferences")
        remember_interface(response, chosen.interface)
        return response
    return render(request, "accounts/preferences.html", {"form": form}, status=_status(form))


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Switch the theme from the foot of any page, with or without an account."""
    form = AppearanceForm(request.POST)
    response = redirect(_page_before(request))
    if not form.is_valid():
        messages.error(request, _("This theme is not one of ours; nothing was changed."))
        return response
    theme = form.cleaned_data["theme"]
    if request.user.is_authenticated:
        changed = actions.change_preferences(user=_reader(request), changes={"interface": {"theme": theme}})
        interface = changed.interface
    else:
        interface = interface_of(request).model_copy(update={"theme": theme})
    remember_interface(response, interface)
    return response


def terms(request: HttpRequest) -> HttpResponse:
    """The terms in force; a reader who has not agreed to them yet can do so here."""
    active = queries.active_terms()
    if active is None:
        raise Http404("No terms are in force.")
    if request.method == "POST" and request.user.is_authenticated:
        actions.agree_to_terms(user=_reader(request), terms=active)
        messages.success(request, _("Thank you. Your agreement is recorded."))
        return redirect("terms")
    open_question = request.user.is_authenticated and not queries.has_agreed(_reader(request), active)
    context = {"terms": active, "content": render_markdown(active.content), "ask": open_question}
    return render(request, "accounts/terms.html", context)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in use, for people who build pages; only with DEBUG."""
    if not settings.DEBUG:
        raise Http404
    form = PreferencesForm(initial={"interface__theme": "auto"})
    faulty = ProfileForm({"timezone": "Mars/Base", "username": "a b"}, instance=User(timezone="UTC"))
    sprite = (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text()
    icons = re.findall(r'<symbol id="([a-z-]+)"', sprite)
    return render(request, "accounts/styleguide.html", {"form": form, "faulty": faulty, "icons": icons})


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("This view must ask for sign-in first.")
    return request.user


def _page_before(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return reverse("dashboard")


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
