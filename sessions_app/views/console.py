"""The console, where a trainee plays a call, and the way into it."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from scenarios.access import scenario_for
from scenarios.knowledge import QUERY_LIMIT
from scenarios.markdown import render_body
from scenarios.models import Scenario
from sessions_app import actions
from sessions_app.access import session_for
from sessions_app.errors import Locked, ScenarioUnavailable, SessionNotFound
from sessions_app.models import NOTE_LIMIT, REASON_LIMIT, TEXT_LIMIT, UserSession
from sessions_app.projection import debrief_path
from sessions_app.queries import tool_results
from sessions_app.snapshot import session_snapshot

LIMITS = {"text": TEXT_LIMIT, "note": NOTE_LIMIT, "reason": REASON_LIMIT, "query": QUERY_LIMIT}
"""Characters that the console lets somebody write into each of its fields."""


@login_required
@require_POST
def start_session(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the ticket of a scenario, or go back to the running session of it."""
    user = _reader(request)
    try:
        scenario = scenario_for(user, slug)
        session, _created = actions.start_session(user_id=user.pk, scenario=scenario)
    except (Scenario.DoesNotExist, ScenarioUnavailable) as error:
        raise Http404 from error
    except Locked as refusal:
        messages.warning(request, refusal.detail)
        return redirect("briefing", slug=slug)
    return redirect("console", session_id=session.pk)


@never_cache
@login_required
@require_safe
def console(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The page on which a call is played; a session that has ended leads to its debrief."""
    user = _reader(request)
    try:
        session = session_for(user, session_id)
    except SessionNotFound as error:
        raise Http404 from error
    if not session.is_active:
        return redirect(debrief_path(session.pk))
    if session.user_id != user.pk:
        raise PermissionDenied
    return render(request, "sessions_app/console.html", _context(session, user))


def _context(session: UserSession, user: User) -> dict[str, Any]:
    snapshot = session_snapshot(session)
    return {
        "snapshot": snapshot,
        "briefing": render_body(snapshot.scenario.briefing),
        "reported": _paragraphs(snapshot.ticket.description),
        "status": session.ticket.get_status_display(),
        "limits": LIMITS,
        "start": {
            "session": snapshot.model_dump(mode="json"),
            "tool_results": tool_results(session.pk, session.head_seq),
            "limits": LIMITS,
            "timezone": user.timezone,
        },
    }


def _paragraphs(text: str) -> list[str]:
    """Lines are broken where the author's editor broke them; only blank lines mean something."""
    return [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip())]


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("This view must ask for sign-in first.")
    return request.user
