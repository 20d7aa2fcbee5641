"""What is kept of a request, and what the budgets make of it."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from pytest_django import Settings

from assistant.actions import record_call
from assistant.answers import Answer, Trouble
from assistant.models import ModelCall, Outcome, Purpose
from assistant.queries import is_within_budget, tokens_in_session, tokens_today

pytestmark = pytest.mark.django_db
SESSION = uuid.uuid4()


def record(tokens: tuple[int, int] = (1000, 100), session_id: uuid.UUID = SESSION) -> ModelCall:
    answer = Answer(text="Hello.", input_tokens=tokens[0], output_tokens=tokens[1], milliseconds=250)
    return record_call(purpose=Purpose.REPLY, session_id=session_id, answer=answer)


def test_a_call_is_kept_with_its_price(settings: Settings) -> None:
    settings.LLM_INPUT_PRICE, settings.LLM_OUTPUT_PRICE = Decimal("2.50"), Decimal("10")
    call = ModelCall.objects.get(pk=record().pk)
    assert call.cost == Decimal("0.003500")
    assert (call.outcome, call.milliseconds) == ("answered", 250)


def test_without_both_prices_no_cost_is_kept(settings: Settings) -> None:
    settings.LLM_INPUT_PRICE = Decimal("2.50")
    assert record().cost is None


def test_every_outcome_can_be_kept() -> None:
    outcomes = {Answer(trouble=trouble).outcome for trouble in Trouble}
    outcomes |= {Answer().outcome, Answer(stopped=True).outcome}
    assert outcomes == set(Outcome.values)


def test_tokens_are_summed_by_session_and_by_day() -> None:
    assert (tokens_in_session(SESSION), tokens_today()) == (0, 0)
    record((10, 1))
    record((20, 2))
    record((30, 3), session_id=uuid.uuid4())
    old = record((500, 5))
    yesterday = old.created_at - dt.timedelta(days=1)
    ModelCall.objects.filter(pk=old.pk).update(created_at=yesterday)
    assert tokens_in_session(SESSION) == 33 + 505
    assert tokens_today(old.created_at) == 66


def test_a_budget_ends(settings: Settings) -> None:
    settings.LLM_SESSION_TOKENS, settings.LLM_DAY_TOKENS = 1100, 2300
    other = uuid.uuid4()
    assert is_within_budget(SESSION)
    record()
    assert not is_within_budget(SESSION)
    assert is_within_budget(other)
    record((1000, 200), session_id=other)
    assert not is_within_budget(uuid.uuid4())
    settings.LLM_SESSION_TOKENS = settings.LLM_DAY_TOKENS = 0
    assert is_within_budget(SESSION)
