"""The only writes about language models."""

from decimal import Decimal
from uuid import UUID

from django.conf import settings

from assistant.answers import Answer
from assistant.models import ModelCall, Purpose

MILLION = Decimal(1_000_000)
SMALLEST = Decimal("0.000001")


def record_call(*, purpose: Purpose, session_id: UUID | None, answer: Answer) -> ModelCall:
    """Keep what an answer took and what came of it."""
    return ModelCall.objects.create(
        purpose=purpose,
        session_id=session_id,
        model=settings.LLM_MODEL,
        input_tokens=answer.input_tokens,
        output_tokens=answer.output_tokens,
        cost=_cost(answer),
        milliseconds=answer.milliseconds,
        outcome=answer.outcome,
    )


def _cost(answer: Answer) -> Decimal | None:
    """The price of the tokens; None unless both prices are known."""
    if settings.LLM_INPUT_PRICE is None or settings.LLM_OUTPUT_PRICE is None:
        return None
    price = answer.input_tokens * settings.LLM_INPUT_PRICE + answer.output_tokens * settings.LLM_OUTPUT_PRICE
    return (price / MILLION).quantize(SMALLEST)
