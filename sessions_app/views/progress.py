"""The page on which somebody follows how they develop."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from sessions_app.forms import TIMEFRAMES, ProgressFilterForm
from sessions_app.models import DimensionName
from sessions_app.progress import progress_of

REFUSED = 422


@never_cache
@login_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Trends, attempts, strengths and gaps, and the XP ledger of the reader."""
    if not isinstance(request.user, User):
        raise TypeError("This view must ask for sign-in first.")
    form = ProgressFilterForm(request.GET)
    timeframe, dimension = form.wanted()
    context = {
        "progress": progress_of(request.user, timeframe=timeframe, dimension=dimension),
        "timeframes": TIMEFRAMES,
        "dimension": dimension or "",
        "dimensions": DimensionName.choices,
        "refused": bool(form.errors),
    }
    return render(request, "sessions_app/progress.html", context, status=REFUSED if form.errors else None)
