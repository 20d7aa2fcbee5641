"""The only writes of practice. Each locks the session's row, does one thing, stores it, and tells the open
sockets once it is committed. All take keywords; `at` is the server's clock and given only by tests and
replays.
"""

from sessions_app.actions.desk import Answered, Conflict, mark_verification, run_tool, save_note
from sessions_app.actions.ending import (
    Abandoned,
    Finished,
    abandon_idle_session,
    abandon_session,
    finish_session,
)
from sessions_app.actions.reading import (
    Citation,
    ClosedArticle,
    cite_article,
    close_article,
    open_article,
    search_knowledge,
)
from sessions_app.actions.replying import settle_overdue
from sessions_app.actions.starting import start_session
from sessions_app.actions.talking import Posted, await_reply, post_message, wonder

__all__ = [
    "Abandoned",
    "Answered",
    "Citation",
    "ClosedArticle",
    "Conflict",
    "Finished",
    "Posted",
    "abandon_idle_session",
    "abandon_session",
    "await_reply",
    "cite_article",
    "close_article",
    "finish_session",
    "mark_verification",
    "open_article",
    "post_message",
    "run_tool",
    "save_note",
    "search_knowledge",
    "settle_overdue",
    "start_session",
    "wonder",
]
