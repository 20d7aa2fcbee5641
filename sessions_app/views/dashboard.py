"""The page that somebody lands on who comes to practise."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from sessions_app.dashboard import dashboard_of, greeting_of


@never_cache
@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The call under way or the next one, and how the last ones went."""
    if not isinstance(request.user, User):
        raise TypeError("This view must ask for sign-in first.")
    context = {"dashboard": dashboard_of(request.user), "greeting": greeting_of(request.user)}
    return render(request, "sessions_app/dashboard.html", context)
