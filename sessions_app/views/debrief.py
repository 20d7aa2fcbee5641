"""The page that is read after a call."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from sessions_app.access import session_for
from sessions_app.debrief import debrief_of
from sessions_app.errors import SessionNotFound


@never_cache
@login_required
@require_safe
def debrief(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """What came of a call and why. A session that still goes on leads to its console."""
    user = _reader(request)
    try:
        session = session_for(user, session_id)
    except SessionNotFound as error:
        raise Http404 from error
    if session.is_active:
        return redirect("console", session_id=session.pk)
    context = {"debrief": debrief_of(session), "mine": session.user_id == user.pk}
    return render(request, "sessions_app/debrief.html", context)


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("This view must ask for sign-in first.")
    return request.user
