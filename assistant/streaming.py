"""The one place that knows the library which speaks the providers' protocols. Imported only when a model is asked."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import httpx2
import structlog
from django.conf import settings
from pydantic_ai.direct import model_request_stream
from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelAPIError,
    ModelConnectionError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    UserError,
)
from pydantic_ai.messages import (
    ModelRequest,
    ModelResponseStreamEvent,
    PartDeltaEvent,
    PartStartEvent,
    SystemPromptPart,
    TextPart,
    TextPartDelta,
    UserPromptPart,
)
from pydantic_ai.models import Model, StreamedResponse
from pydantic_ai.settings import ModelSettings

from assistant.answers import LONGEST_ANSWER, Answer, Hear, Patience, Question, Trouble

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 5.0
MOST_TOKENS = 2_000
"""A model that thinks before it writes needs some for that."""
LINE_BYTES = 64 * 1024
"""The longest line of a stream that is read: pieces of an answer are a few hundred bytes long."""
ANSWER_BYTES = 4 * 1024 * 1024
"""Where reading ends, whatever it is."""
NO_KEY = "none"
"""Sent to servers that need no key, so that no key from the environment goes to somebody it is not meant for."""

TROUBLES: tuple[tuple[type[Exception], Trouble], ...] = (
    (ModelRateLimitError, Trouble.LIMITED),
    (ModelTimeoutError, Trouble.SLOW),
    (ModelUnavailableError, Trouble.UNREACHABLE),
    (ModelServerError, Trouble.UNREACHABLE),
    (ModelConnectionError, Trouble.UNREACHABLE),
    (ModelRequestRejectedError, Trouble.REFUSED),
    (ModelQuotaExceededError, Trouble.REFUSED),
    (ContentFilterError, Trouble.REFUSED),
    (UserError, Trouble.REFUSED),
)
"""The library's errors in our words; the first that fits. What is not here is garbled."""


class EndlessAnswer(Exception):
    """A provider sends more than anybody reads."""


class BrokenStream(Exception):
    """The library stumbled over what a provider sends; why is its cause."""


async def stream_answer(question: Question, hear: Hear, patience: Patience, answer: Answer) -> None:
    """Ask once and fill `answer` as it comes. Raises TimeoutError where the first word takes too long."""
    async with _client(patience) as client:
        try:
            async with (
                asyncio.timeout(patience.first_word) as first,
                model_request_stream(_model(client), _messages(question), model_settings=_limits()) as stream,
            ):
                await _hear_out(stream, hear, answer, first)
        except BrokenStream as broken:
            _note(broken.__cause__ or broken, answer)
        except (AgentRunError, UserError, EndlessAnswer, ValueError, httpx2.HTTPError) as error:
            _note(error, answer)


async def _hear_out(stream: StreamedResponse, hear: Hear, answer: Answer, first: asyncio.Timeout) -> None:
    async with aclosing(_pieces(stream)) as pieces:
        async for piece in pieces:
            first.reschedule(None)
            answer.text += piece
            if len(answer.text) >= LONGEST_ANSWER:
                answer.text, answer.trouble = answer.text[:LONGEST_ANSWER], Trouble.GARBLED
                return
            if piece and not hear(answer.text):
                answer.stopped = True
                return
    usage = stream.usage
    answer.input_tokens, answer.output_tokens = usage.input_tokens, usage.output_tokens
    if stream.finish_reason != "stop":
        refused = stream.finish_reason == "content_filter"
        answer.trouble = Trouble.REFUSED if refused else Trouble.GARBLED


async def _pieces(stream: StreamedResponse) -> AsyncGenerator[str]:
    """The words of the answer as they come; an empty piece for a thought. Whatever a provider sends that is not of its
    protocol ends in BrokenStream, and so is not taken for a fault of whoever listens."""
    try:
        async for event in stream:
            yield _words_of(event)
    except Exception as error:
        raise BrokenStream from error


def _words_of(event: ModelResponseStreamEvent) -> str:
    match event:
        case PartStartEvent(part=TextPart(content=words)):
            return words
        case PartDeltaEvent(delta=TextPartDelta(content_delta=words)):
            return words
    return ""


def _note(error: BaseException, answer: Answer) -> None:
    trouble = next((word for kind, word in TROUBLES if isinstance(error, kind)), Trouble.GARBLED)
    # Whoever has begun to speak is not away: what they say is broken off.
    answer.trouble = Trouble.GARBLED if answer.text and trouble is Trouble.UNREACHABLE else trouble
    answer.retry_after = error.retry_after if isinstance(error, ModelAPIError) else None
    log.warning("language_model_trouble", trouble=str(answer.trouble), error=type(error).__name__)


# ---------------------------------------------------------------- the request


def _messages(question: Question) -> list[ModelRequest]:
    return [ModelRequest(parts=[SystemPromptPart(question.rules), UserPromptPart(question.request)])]


def _limits() -> ModelSettings:
    return ModelSettings(max_tokens=MOST_TOKENS, max_retries=0)  # retrying is ours, within our time


def _model(client: httpx2.AsyncClient) -> Model:
    provider, _, name = settings.LLM_MODEL.partition(":")
    address, key = settings.LLM_BASE_URL or None, settings.LLM_API_KEY or NO_KEY
    match provider:
        case "anthropic":
            from pydantic_ai.models.anthropic import AnthropicModel
            from pydantic_ai.providers.anthropic import AnthropicProvider

            theirs = AnthropicProvider(api_key=key, base_url=address, http_client=client)
            return AnthropicModel(name, provider=theirs)
        case "ollama":
            from pydantic_ai.models.ollama import OllamaModel
            from pydantic_ai.providers.ollama import OllamaProvider

            return OllamaModel(name, provider=OllamaProvider(address, key, http_client=client))
        case _:
            return _openai_model(provider, name, address, key, client)


def _openai_model(
    provider: str, name: str, address: str | None, key: str, client: httpx2.AsyncClient
) -> Model:
    from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    if provider == "openai":
        return OpenAIResponsesModel(name, provider=OpenAIProvider(address, key, http_client=client))
    theirs = (
        OpenAICompatibleProvider("compatible", base_url=address, api_key=key, http_client=client)
        if address
        else OpenAIProvider(api_key=key, http_client=client)
    )
    # Else half an answer, whose line was cut in good order, would pass for a whole one.
    strict = OpenAIModelProfile(openai_chat_streaming_requires_finish_reason=True)
    return OpenAIChatModel(name, provider=theirs, profile=strict)


# ---------------------------------------------------------------- the wire


def _client(patience: Patience) -> httpx2.AsyncClient:
    timeout = httpx2.Timeout(patience.whole, connect=min(CONNECT_SECONDS, patience.first_word))
    return httpx2.AsyncClient(timeout=timeout, event_hooks={"response": [_bound]})


async def _bound(response: httpx2.Response) -> None:
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _BoundedStream(response.stream)


class _BoundedStream(httpx2.AsyncByteStream):
    """A body that ends in `EndlessAnswer` where it, or a line of it, grows beyond all measure: the library reads lines
    whole before it says anything."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self.stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        line = total = 0
        async for piece in self.stream:
            total += len(piece)
            line = len(piece) - piece.rfind(b"\n") - 1 if b"\n" in piece else line + len(piece)
            if line > LINE_BYTES or total > ANSWER_BYTES:
                raise EndlessAnswer
            yield piece

    async def aclose(self) -> None:
        await self.stream.aclose()
