"""What a debrief is made from: a session with everything that was stored of it, read once."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from engine.call import Call
from engine.definition import Scenario
from engine.record import SaidMessage
from engine.scoring.note import NoteAnswer, read_note
from sessions_app.definitions import scenario_for, scenario_of
from sessions_app.models import CriterionResult, UserSession
from sessions_app.queries import call_record, tool_results
from sessions_app.results import FinalScores


@dataclass(frozen=True)
class Case:
    """A session that has ended; four queries, however long the call was."""

    session: UserSession
    scenario: Scenario
    call: Call
    criteria: tuple[CriterionResult, ...]
    tool_texts: dict[int, str]

    @classmethod
    def of(cls, session: UserSession) -> "Case":
        scenario = scenario_of(session)
        criteria = CriterionResult.objects.filter(session=session).order_by("position")
        shown = tool_results(session.pk, session.head_seq)
        return cls(
            session=session,
            scenario=scenario,
            call=Call(scenario, call_record(session)),
            criteria=tuple(criteria),
            tool_texts={frame["seq"]: frame["text"] for frame in shown},
        )

    @property
    def ended_at(self) -> dt.datetime:
        """When it ended; an abandoned session has an end as well."""
        return self.session.completed_at or self.session.started_at

    @cached_property
    def scores(self) -> FinalScores | None:
        """What it was worth; None for a session that was given up."""
        stored = self.session.final_scores
        return None if stored is None else FinalScores.model_validate(stored)

    @property
    def customer(self) -> str:
        """The name that the ticket gives; in quotation marks once it may be told that it was only claimed."""
        name = self.scenario.ticket.reported_by.name
        claimed = self.scores is not None and not self.scenario.caller.genuine
        return f"“{name}”" if claimed else name

    def after(self, at: dt.datetime) -> float:
        """Seconds since the ticket was taken."""
        return round(max(0.0, (at - self.session.started_at).total_seconds()), 1)

    def message_before(self, seq: int, *senders: str) -> SaidMessage | None:
        """The last message of one of these senders (default: the trainee) before a place in the sequence."""
        wanted = senders or ("trainee",)
        earlier = [said for said in self.call.messages if said.seq < seq and said.sender in wanted]
        return earlier[-1] if earlier else None

    @cached_property
    def note_answers(self) -> dict[str, NoteAnswer]:
        """Where the note answers the second line's questions."""
        chat = tuple(message.text for message in self.call.messages)
        return _read_note(self.session.scenario_version_id, self.session.seed, self.call.record.note, chat)


@lru_cache(maxsize=256)
def _read_note(version_id: UUID, seed: int, note: str, chat: tuple[str, ...]) -> dict[str, NoteAnswer]:
    """Read a note once: it takes longer than everything else of a debrief, and none of the four ever changes."""
    scenario = scenario_for(version_id, seed)
    return read_note(note, scenario.documentation, scenario, chat)
