"""The worker that lets a language model word a reply: asks without a transaction, shows what passed, stores the rest.

It lives in a thread of the server's process. If that dies, the turn's lease runs out and the built-in words are stored
by whoever looks next.
"""

import threading
import time
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection

from assistant.actions import record_call
from assistant.answers import Answer, Patience, Question
from assistant.models import Purpose
from assistant.providers import ask, usual_patience
from engine.definition import Scenario
from engine.state import CallState
from engine.voice import Reply
from engine.voice.brief import Brief, Heard, again
from engine.voice.check import Fault, faults_of
from engine.voice.sentences import whole_sentences
from engine.voice.wording import LONGEST_REPLY
from sessions_app.actions.replying import MODEL, Speaker, Why, built_in, store_reply
from sessions_app.definitions import scenario_of
from sessions_app.events import CustomerTyping, MessageDelta
from sessions_app.live import show
from sessions_app.models import PendingReply
from sessions_app.queries import heard_until

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 32
"""Replies for which one process asks at the same time; each has a thread that mostly waits."""
TRIES = 2
WORTH_ANOTHER_TRY = 0.1
"""Share of the time that must be left for one."""

_places = threading.BoundedSemaphore(MOST_AT_ONCE)


def begin_wording(session_id: UUID, owner: UUID) -> None:
    """Let a worker of this process word the reply that is pending; call it once the turn is committed."""
    show(session_id, CustomerTyping())
    if not _places.acquire(blocking=False):
        store_reply(session_id=session_id, owner=owner, text=None, speaker=built_in(Why.BUSY))
        return
    try:
        # A daemon: a server that stops does not wait for a model, and the lease sees to the reply.
        threading.Thread(target=_work, args=(session_id, owner), name="wording", daemon=True).start()
    except RuntimeError:  # no thread is to be had
        _places.release()
        store_reply(session_id=session_id, owner=owner, text=None, speaker=built_in(Why.BUSY))


def _work(session_id: UUID, owner: UUID) -> None:
    try:
        text, speaker = _worded(session_id, owner)
        store_reply(session_id=session_id, owner=owner, text=text, speaker=speaker)
    except Exception:
        # The lease runs out, and whoever looks then stores the built-in words.
        log.exception("wording_failed", session=str(session_id))
    finally:
        connection.close()
        _places.release()


def _worded(session_id: UUID, owner: UUID) -> tuple[str | None, Speaker]:
    """The model's words for a pending reply, or None for the built-in ones; and who speaks them."""
    try:
        task = _task_of(session_id, owner)
        if task is None:
            return None, built_in(Why.OVERTAKEN)
        return _ask(task, deadline=time.monotonic() + settings.LLM_ANSWER_SECONDS)
    except Exception:
        log.exception("wording_failed", session=str(session_id))
        return None, built_in(Why.LOST)


@dataclass(slots=True)
class Task:
    """What is to be worded; and of the text that comes, how many characters have passed and what is wrong with it."""

    session_id: UUID
    message_id: UUID
    scenario: Scenario
    state: CallState
    reply: Reply
    brief: Brief
    heard: list[Heard]
    shows: bool = True
    passed: int = 0
    faults: tuple[Fault, ...] = field(default_factory=tuple)

    def hear(self, text: str) -> bool:
        """Show the sentences that are whole, once all of the text up to there has passed; False at the first fault."""
        sentences = whole_sentences(text.lstrip())
        if len(text) > LONGEST_REPLY:
            self.check(text, whole=False)
        elif len(sentences) > self.passed:
            self.check(sentences, whole=False)
            self.passed = len(sentences)
            if self.shows and not self.faults:
                show(self.session_id, MessageDelta(id=self.message_id, text=sentences))
        return not self.faults

    def check(self, text: str, *, whole: bool) -> None:
        """Find what is wrong with a text."""
        self.faults = faults_of(text, self.scenario, self.state, self.reply.plan, self.heard, whole=whole)

    def try_again(self) -> None:
        """Name the faults to the model. Its second text is shown when it is whole: words were taken back already."""
        self.brief = again(self.brief, [fault.words for fault in self.faults])
        self.faults, self.passed, self.shows = (), 0, False


def _task_of(session_id: UUID, owner: UUID) -> Task | None:
    pending = (
        PendingReply.objects.select_related("session")
        .filter(session_id=session_id, lease_owner=owner)
        .first()
    )
    if pending is None:
        return None
    return Task(
        session_id=session_id,
        message_id=pending.pk,
        scenario=scenario_of(pending.session),
        state=CallState.model_validate(pending.state),
        reply=Reply.model_validate(pending.reply),
        brief=Brief.model_validate(pending.brief),
        heard=heard_until(session_id, pending.answers),
    )


def _ask(task: Task, *, deadline: float) -> tuple[str | None, Speaker]:
    for _ in range(TRIES):
        patience = _patience_until(deadline)
        if patience is None:
            break
        answer = _ask_once(task, patience)
        if answer.trouble is not None:
            return None, built_in(answer.trouble)
        text = answer.text.strip()
        if not answer.stopped:
            task.check(text, whole=True)
        if not task.faults:
            return text, MODEL
        log.warning(
            "wording_refused", session=str(task.session_id), flaws=[fault.flaw for fault in task.faults]
        )
        task.try_again()
    return None, built_in(Why.FAULTY)


def _ask_once(task: Task, patience: Patience) -> Answer:
    connection.close()  # back to the pool: nobody holds one while waiting for a model
    question = Question(rules=task.brief.rules, request=task.brief.request)
    answer = ask(question, hear=task.hear, patience=patience)
    record_call(purpose=Purpose.REPLY, session_id=task.session_id, answer=answer)
    return answer


def _patience_until(deadline: float) -> Patience | None:
    """What is left of the time; None where that is not worth asking."""
    usual, left = usual_patience(), deadline - time.monotonic()
    if left < usual.whole * WORTH_ANOTHER_TRY:
        return None
    return Patience(first_word=min(usual.first_word, left), whole=left)
