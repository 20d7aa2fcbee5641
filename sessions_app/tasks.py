"""Jobs of practice."""

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from sessions_app import actions
from sessions_app.queries import idle_session_ids

IDLE = dt.timedelta(days=7)
"""A session that nobody touched for so long is abandoned."""


@app.periodic(cron="20 3 * * *")
@app.task(name="abandon_idle_sessions", queueing_lock="abandon_idle_sessions", pass_context=False)
def abandon_idle_sessions(timestamp: int) -> int:
    """Abandon sessions that were left open, and return how many."""
    idle_since = timezone.now() - IDLE
    ids = idle_session_ids(idle_since)
    return sum(
        actions.abandon_idle_session(session_id=session_id, idle_since=idle_since) for session_id in ids
    )
