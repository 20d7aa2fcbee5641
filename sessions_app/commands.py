"""A client's commands, each carried out by one action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import UUID

from engine.vocabulary import Ending
from sessions_app import actions, events
from sessions_app.live import Batch
from sessions_app.queries import finished_frame


class Who(TypedDict):
    """Whose command it is, and in which session."""

    user_id: UUID
    session_id: UUID


@dataclass(frozen=True, slots=True)
class Answer:
    """`frames` go to the sender alone and first; then the `batch`, which everybody gets."""

    frames: tuple[dict[str, Any], ...] = ()
    batch: Batch | None = None


def carry_out(user_id: UUID, session_id: UUID, command: events.Command) -> Answer:
    """Do what a trainee wishes in their session.

    Raises:
        SessionError: with what the action refuses.
    """
    return HANDLERS[type(command)]({"user_id": user_id, "session_id": session_id}, command)


def _send_message(who: Who, command: events.SendMessage) -> Answer:
    posted = actions.post_message(**who, client_id=command.client_id, text=command.text)
    ack = events.MessageAck(client_id=command.client_id, seq=posted.message["seq"])
    return Answer((_dump(ack),), posted.batch)


def _save_note(who: Who, command: events.SaveNote) -> Answer:
    saved = actions.save_note(
        **who, text=command.text, base_version=command.base_version, client_id=command.client_id
    )
    if isinstance(saved, actions.Conflict):
        conflict = events.NoteConflict(client_id=command.client_id, text=saved.text, version=saved.version)
        return Answer((_dump(conflict),))
    return _answered(saved)


def _mark_verification(who: Who, command: events.MarkVerification) -> Answer:
    return _answered(
        actions.mark_verification(
            **who, field=command.field, outcome=command.outcome, client_id=command.client_id
        )
    )


def _run_tool(who: Who, command: events.RunTool) -> Answer:
    return _answered(
        actions.run_tool(
            **who, tool=command.tool, arguments=dict(command.arguments), client_id=command.client_id
        )
    )


def _answered(answered: actions.Answered) -> Answer:
    """The sender of a repeat gets the stored frame again; otherwise it comes with the batch."""
    return Answer(batch=answered.batch) if answered.created else Answer((answered.frame,))


def _search_knowledge(who: Who, command: events.SearchKnowledge) -> Answer:
    results = actions.search_knowledge(**who, query=command.query)
    found = events.KnowledgeFound(
        client_id=command.client_id,
        query=results.query,
        corrected=results.corrected,
        results=tuple(events.FoundArticle.model_validate(hit) for hit in results.hits),
    )
    return Answer((_dump(found),))


def _open_article(who: Who, command: events.OpenArticle) -> Answer:
    view = actions.open_article(**who, article=command.article)
    article = events.OpenedArticle.model_validate(view)
    return Answer((_dump(events.ArticleOpened(client_id=command.client_id, article=article)),))


def _close_article(who: Who, command: events.CloseArticle) -> Answer:
    closed = actions.close_article(**who)
    frame = events.ArticleClosed(client_id=command.client_id, article=closed.article, seconds=closed.seconds)
    return Answer((_dump(frame),))


def _cite_article(who: Who, command: events.CiteArticle) -> Answer:
    cited = actions.cite_article(**who, article=command.article)
    frame = events.ArticleCited(client_id=command.client_id, article=cited.article, citation=cited.text)
    return Answer((_dump(frame),))


def _end_session(who: Who, command: events.EndSession) -> Answer:
    finished = actions.finish_session(
        **who,
        ending=Ending(command.resolution_type),
        documentation=command.documentation,
        team=command.team,
        reason=command.reason,
        client_id=command.client_id,
    )
    return _ended(finished, who["session_id"])


def _abandon_session(who: Who, command: events.AbandonSession) -> Answer:
    return _ended(actions.abandon_session(**who, client_id=command.client_id), who["session_id"])


def _ended(ended: actions.Finished | actions.Abandoned, session_id: UUID) -> Answer:
    return Answer(batch=ended.batch) if ended.created else Answer((finished_frame(session_id),))


def _dump(frame: events.Frame) -> dict[str, Any]:
    return frame.model_dump(mode="json")


HANDLERS: dict[type[events.Command], Callable[[Who, Any], Answer]] = {
    events.SendMessage: _send_message,
    events.SaveNote: _save_note,
    events.MarkVerification: _mark_verification,
    events.RunTool: _run_tool,
    events.SearchKnowledge: _search_knowledge,
    events.OpenArticle: _open_article,
    events.CloseArticle: _close_article,
    events.CiteArticle: _cite_article,
    events.EndSession: _end_session,
    events.AbandonSession: _abandon_session,
}
