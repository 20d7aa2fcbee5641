"""Named reads of what language models were asked."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from assistant.models import ModelCall


def tokens_today(now: dt.datetime | None = None) -> int:
    """Return the tokens of all calls since midnight (UTC), sent and answered together."""
    now = now or timezone.now()
    midnight = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return _tokens(ModelCall.objects.filter(created_at__gte=midnight))


def tokens_in_session(session_id: UUID) -> int:
    """Return the tokens of all calls for one session."""
    return _tokens(ModelCall.objects.filter(session_id=session_id))


def is_within_budget(session_id: UUID) -> bool:
    """Whether a model may still be asked for this session today."""
    session_limit, day_limit = settings.LLM_SESSION_TOKENS, settings.LLM_DAY_TOKENS
    if session_limit and tokens_in_session(session_id) >= session_limit:
        return False
    return not day_limit or tokens_today() < day_limit


def _tokens(calls: QuerySet[ModelCall]) -> int:
    total = calls.order_by().aggregate(total=Sum(F("input_tokens") + F("output_tokens")))["total"]
    return int(total or 0)
