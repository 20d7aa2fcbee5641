"""Asking the language model that the settings name: one streamed answer, in time, or the reason why there is none."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial

from django.conf import settings

from assistant.answers import Answer, Hear, Patience, Question, Trouble

RETRY_PAUSE = 0.5
"""Seconds before the one retry where the provider names none."""
CHARACTERS_A_TOKEN = 4
"""For an estimate where a provider counts no tokens."""


def is_configured() -> bool:
    """Whether there is a language model to ask."""
    return bool(settings.LLM_MODEL)


def usual_patience() -> Patience:
    """Return how long the settings let a model take."""
    return Patience(first_word=settings.LLM_FIRST_WORD_SECONDS, whole=settings.LLM_ANSWER_SECONDS)


def ask(question: Question, *, hear: Hear, patience: Patience) -> Answer:
    """Ask the model and wait for the end of its answer; `hear` is told of every piece. Never raises for a provider.

    A provider that is busy or away is asked once more, if that still fits into `patience` and nothing was heard
    yet. Must not be called where an event loop runs: it has one of its own until it returns.
    """
    # Imported here: it takes a second, and most servers never ask anybody.
    from assistant.streaming import stream_answer

    return asyncio.run(_in_time(question, patience, partial(stream_answer, question, hear, patience)))


async def _in_time(
    question: Question, patience: Patience, ask_once: Callable[[Answer], Awaitable[None]]
) -> Answer:
    begun = time.monotonic()
    answer = Answer()
    try:
        async with asyncio.timeout(patience.whole):
            await ask_once(answer)
            pause = _pause_before_retry(answer, left=patience.whole - (time.monotonic() - begun))
            if pause is not None:
                await asyncio.sleep(pause)
                answer.trouble = None
                await ask_once(answer)
    except TimeoutError:
        answer.trouble = Trouble.SLOW
    answer.milliseconds = round((time.monotonic() - begun) * 1000)
    _estimate_tokens(question, answer)
    return answer


def _pause_before_retry(answer: Answer, *, left: float) -> float | None:
    """Seconds to wait before asking once more; None where that is no use or would come too late."""
    if answer.trouble not in (Trouble.LIMITED, Trouble.UNREACHABLE) or answer.text:
        return None
    pause = RETRY_PAUSE if answer.retry_after is None else answer.retry_after
    return pause if pause < left else None


def _estimate_tokens(question: Question, answer: Answer) -> None:
    """Count what a provider did not, or could not because the answer broke off: a budget must see it all the same."""
    if answer.text and not answer.output_tokens:
        answer.output_tokens = -(-len(answer.text) // CHARACTERS_A_TOKEN)
    if answer.text and not answer.input_tokens:
        answer.input_tokens = -(-len(question.rules + question.request) // CHARACTERS_A_TOKEN)
