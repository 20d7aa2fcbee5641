"""A small scenario and hand-made records of calls in it, so that a test says only what it is about."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from engine.definition import Scenario
from engine.events import (
    ActionTaken,
    ArticleOpened,
    Event,
    FactTold,
    HoldEnded,
    HoldStarted,
    MessageRead,
    SpanOfActs,
)
from engine.record import CallRecord, HappenedEvent, SaidMessage, Sender
from engine.scorecard import CriterionScore
from engine.scoring import score
from engine.state import CallState, first_state
from engine.understanding.acts import Act
from engine.vocabulary import Assurance, Ending

START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

SCENARIO: dict[str, Any] = {
    "format": 1,
    "slug": "locked-account",
    "title": "Locked account",
    "summary": "An account is locked again and again.",
    "difficulty": "starter",
    "estimated_minutes": 10,
    "xp_reward": 50,
    "skills": ["Account lockouts"],
    "briefing": "Identify every caller. Unlocking takes a proof.",
    "ticket": {
        "priority": "high",
        "category": "Access",
        "subject": "No sign-in",
        "description": "The customer reports that the laptop rejects the sign-in since early this morning.",
        "reported_by": {"name": "Ines Duarte", "contact": "Chat"},
        "sla": {"first_response_minutes": 5, "resolution_minutes": 60},
    },
    "desk": {"teams": ["Identity and Access", "Network Operations"]},
    "estate": {
        "people": {
            "ines": {
                "name": "Ines Duarte",
                "username": "i.duarte",
                "employee_number": "E-100",
                "department": "Sales",
                "job_title": "Seller",
                "manager": "Olu Balogun",
                "phone": "Desk 11",
                "location": "North wing",
                "enrolled_device": "Phone MB-1",
            }
        },
        "assets": {"ines_laptop": {"tag": "LT-100", "model": "Notebook", "owner": "ines"}},
        "services": {"mail": {"name": "Mail"}},
        "variables": {
            "account.locked": {"starts": True, "label": "Account lock", "shown_on": "person:ines"},
            "phone.password": {"starts": "old", "label": "Password on the phone"},
            "account.wiped": {"starts": False, "label": "Account wiped"},
        },
    },
    "caller": {
        "person": "ines",
        "proofs": {
            "call_back": {"passes": True, "result": "Answered.", "says": ["That was me on the phone."]}
        },
    },
    "persona": {
        "archetype": "office_worker",
        "background": "Sells things and is in a hurry.",
        "openings": ["Hello, I cannot get into my laptop.", "Hi, my laptop does not let me in."],
    },
    "facts": {
        "symptom": {
            "topic": "What happens",
            "acts": ["ask_symptom"],
            "asks": ["What happens when you sign in?"],
            "says": ["It throws me straight back out.", "I type it and am back at the start."],
        },
        "change": {
            "topic": "The new password",
            "acts": ["ask_recent_change"],
            "asks": ["Has anything changed lately?", "Did you set a new password?"],
            "says": ["I set a new one on Friday.", "Only the new one from Friday."],
            "kernel": ["Friday"],
        },
        "phone": {
            "topic": "The phone",
            "asks": ["Does a phone use your account as well?"],
            "says": ["My work phone does, and it keeps nagging me.", "Yes, the work phone, it nags."],
            "when": {"told.change": True},
            "not_yet": ["What has my phone to do with it?"],
        },
    },
    "actions": {
        "read_log": {
            "by": "agent",
            "label": "Read the log",
            "needs": "identified",
            "reports": [{"says": ["214 failed sign-ins from a phone."]}],
        },
        "unlock": {
            "by": "agent",
            "label": "Unlock the account",
            "needs": "proven",
            "when": {"phone.password": "new"},
            "otherwise": ["Locked again at once."],
            "effects": {"account.locked": False},
            "reports": [{"says": ["Unlocked."]}],
        },
        "wipe": {
            "by": "agent",
            "label": "Wipe the account",
            "needs": "proven",
            "effects": {"account.wiped": True},
            "reports": [{"says": ["Wiped."]}],
        },
        "update_phone": {
            "by": "customer",
            "label": "Enter the new password on the phone",
            "examples": [
                "Please enter the new password on your phone.",
                "Type your new password into the phone's settings.",
                "Could you update the password saved on the phone?",
            ],
            "effects": {"phone.password": "new"},
            "reports": [{"says": ["Done, the phone took it.", "It accepted the new one."]}],
        },
        "try_sign_in": {
            "by": "customer",
            "label": "Try to sign in",
            "examples": [
                "Please try to sign in now.",
                "Have another go at signing in.",
                "Could you log in again?",
            ],
            "reports": [
                {"when": {"account.locked": False}, "says": ["I am in!", "It let me in."]},
                {"says": ["Thrown out again.", "No, still out."]},
            ],
        },
    },
    "knowledge": {
        "locks_again": {
            "title": "Accounts that lock again",
            "body": "A device that still has the old password keeps trying it until the account locks.",
            "source": "Handbook",
            "credibility": "official",
            "published": "2025-01-01",
            "relevance": "solves",
        },
        "reset_all": {
            "title": "Just reset it",
            "body": "Reset everything at once.",
            "source": "Blog",
            "credibility": "unknown",
            "published": "2020-01-01",
            "relevance": "wrong",
        },
    },
    "documentation": {
        "why": {
            "question": "Why did it lock again?",
            "answered_by": [["phone", "mobile"], ["old password", "stale password"]],
        },
        "fix": {"question": "What was done?", "answered_by": [["unlocked"], ["account"]]},
        "check": {
            "question": "How was it checked?",
            "answered_by": [["signed in", "sign in"], ["confirmed", "tested"]],
        },
    },
    "outcome": {
        "ending": "resolved",
        "solved": {"account.locked": False},
        "untouched": {"account.wiped": False},
        "works": ["Yes, I am in.", "It works."],
        "still_broken": ["No, still locked out.", "Not yet."],
        "root_cause": "The phone kept trying the old password.",
        "lesson": "Find what keeps trying before you unlock.",
    },
    "rubric": {
        "weights": {"technical": 100},
        "criteria": {
            "greeted": {
                "dimension": "technical",
                "wording": "The customer was greeted.",
                "check": {"type": "act_present", "acts": ["greet"]},
                "why": "People like to be greeted.",
            }
        },
    },
    "walkthrough": {
        "note": "The phone kept trying the old password. I unlocked the account. She signed in and confirmed."
    },
}


def scenario(**parts: Any) -> Scenario:
    """The small scenario, with some of its parts replaced; `a__b=…` replaces a part within a part."""
    data = copy.deepcopy(SCENARIO)
    for path, value in parts.items():
        *above, last = path.split("__")
        target = data
        for key in above:
            target = target[key]
        target[last] = value
    return Scenario.model_validate(data)


def with_criteria(
    criteria: dict[str, dict[str, Any]], weights: dict[str, int] | None = None, **parts: Any
) -> Scenario:
    """The small scenario with these criteria; each needs a `check`, all else has a default."""
    full = {
        name: {"dimension": "technical", "wording": "It was done.", "why": "It matters.", **given}
        for name, given in criteria.items()
    }
    weights = weights or {given["dimension"]: 10 for given in full.values()}
    return scenario(rubric={"weights": weights, "criteria": full}, **parts)


def judged(check: dict[str, Any], record: CallRecord) -> CriterionScore:
    """What one check of the small scenario finds in a record."""
    return score(with_criteria({"it": {"check": check}}), record).criteria[0]


class Talk:
    """Writes a record line by line. Times are seconds after the ticket was taken, else ten more each time."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.messages: list[SaidMessage] = []
        self.events: list[HappenedEvent] = []
        self.state: CallState = first_state(scenario, seed=1, at=START)
        self.note = ""
        self._seq = 0
        self._clock = 0.0

    def trainee(
        self,
        text: str,
        *acts: Act | Iterable[Act],
        at: float | None = None,
        asked: tuple[str, ...] = (),
        instructed: tuple[str, ...] = (),
        followed: bool = True,
    ) -> Self:
        """A message of one sentence for each entry of `acts`; " | " ends a sentence and is not stored."""
        parts = text.split(" | ")
        whole = " ".join(parts)
        self._store("trainee", whole, at)
        spans, start = [], 0
        for index, part in enumerate(parts):
            given = acts[index] if index < len(acts) else ()
            each = (given,) if isinstance(given, Act) else tuple(given)
            spans.append(SpanOfActs(start=start, end=start + len(part), acts=each))
            start += len(part) + 1
        read = MessageRead(sentences=tuple(spans), asked=asked, instructed=instructed, followed=followed)
        return self.event(read, at=at)

    def customer(self, text: str, *, at: float | None = None, typing: float = 0) -> Self:
        self._store("customer", text, at, typing_ms=int(typing * 1000))
        return self

    def event(self, event: Event, *, at: float | None = None) -> Self:
        self._seq += 1
        moment = self._moment(at)
        self.events.append(HappenedEvent(id=f"e{self._seq}", seq=self._seq, at=moment, event=event))
        return self

    def told(self, fact: str, *, asked: bool = True) -> Self:
        return self.event(FactTold(fact=fact, asked=asked))

    def took(
        self,
        action: str,
        *,
        assurance: Assurance = Assurance.PROVEN,
        effective: bool = True,
        claimed: bool = False,
        forced: bool = False,
    ) -> Self:
        defined = self.scenario.actions[action]
        if effective:
            self.state = self.state.with_(
                values={**self.state.values, **defined.effects}, done={**self.state.done, action: 1}
            )
        return self.event(
            ActionTaken(
                action=action,
                by=defined.by,
                effective=effective,
                assurance=assurance,
                needed=defined.needs,
                claimed=claimed,
                forced=forced,
            )
        )

    def opened(self, article: str) -> Self:
        return self.event(ArticleOpened(article=article))

    def held(self, start: float, end: float) -> Self:
        self.event(HoldStarted(), at=start)
        return self.event(HoldEnded(seconds=end - start), at=end)

    def wrote(self, note: str) -> Self:
        self.note = note
        return self

    def ended(
        self, ending: Ending | None = Ending.RESOLVED, *, team: str | None = None, at: float | None = None
    ) -> CallRecord:
        return CallRecord(
            started_at=START,
            ended_at=self._moment(at) + dt.timedelta(seconds=60 if at is None else 0),
            messages=tuple(self.messages),
            events=tuple(self.events),
            state=self.state,
            note=self.note,
            ending=ending,
            team=team,
        )

    def _store(self, sender: Sender, text: str, at: float | None, typing_ms: int = 0) -> None:
        self._seq += 1
        self._clock = self._clock + 10 if at is None else at
        message = SaidMessage(
            id=f"m{self._seq}",
            seq=self._seq,
            sender=sender,
            text=text,
            at=self._moment(at),
            typing_ms=typing_ms,
        )
        self.messages.append(message)

    def _moment(self, at: float | None) -> dt.datetime:
        return START + dt.timedelta(seconds=self._clock if at is None else at)
