"""The only writes of practice."""

import datetime as dt
import uuid
from typing import Any

import pytest

from accounts.models import User
from engine.vocabulary import Ending, IdentityField, Outcome
from scenarios.models import Scenario, ScenarioStatus
from sessions_app import actions, errors
from sessions_app.models import (
    ChatMessage,
    CriterionResult,
    PerformanceMetric,
    SessionEvent,
    Ticket,
    UserSession,
)
from sessions_app.queries import call_record, frames_between
from tests.sessions_app.conftest import START, Call, published

pytestmark = pytest.mark.django_db


def seqs(call: Call) -> list[int]:
    rows = [
        *ChatMessage.objects.filter(session=call.session),
        *SessionEvent.objects.filter(session=call.session),
    ]
    return sorted(row.seq for row in rows)


class TestStart:
    def test_opens_a_ticket_and_the_customer_writes_first(self, call: Call, scenario: Scenario) -> None:
        session = call.reload()
        opening = ChatMessage.objects.get(session=session, seq=1)
        assert opening.sender == "customer"
        assert opening.metadata["typing_ms"] > 0
        assert session.scenario_version_id == scenario.current_version_id
        assert session.ticket.number.startswith("HV-1")
        assert session.ticket.first_response_due_at == START + dt.timedelta(minutes=5)
        assert session.engine_version

    def test_gives_back_the_running_session(self, call: Call, trainee: User, scenario: Scenario) -> None:
        session, created = actions.start_session(user_id=trainee.pk, scenario=scenario)
        assert (session.pk, created) == (call.session.pk, False)
        assert Ticket.objects.count() == 1

    def test_numbers_tickets_one_after_the_other(
        self, call: Call, stranger: User, scenario: Scenario
    ) -> None:
        other, _created = actions.start_session(user_id=stranger.pk, scenario=scenario)
        assert int(other.ticket.number[3:]) == int(call.session.ticket.number[3:]) + 1

    def test_a_locked_scenario_names_what_is_missing(self, trainee: User, scenario: Scenario) -> None:
        later = published("the-printer-that-prints-nothing")
        later.prerequisites.set([scenario])
        with pytest.raises(errors.Locked) as refusal:
            actions.start_session(user_id=trainee.pk, scenario=later)
        assert refusal.value.missing == [{"slug": scenario.slug, "title": scenario.title}]
        assert not UserSession.objects.exists()

    def test_a_completed_prerequisite_opens_the_next(self, call: Call, scenario: Scenario) -> None:
        later = published("the-printer-that-prints-nothing")
        later.prerequisites.set([scenario])
        call.say("Hello, what is the matter?")
        call.finish("escalated", reason="For End-User Devices")
        assert actions.start_session(user_id=call.user.pk, scenario=later)[1]

    def test_an_abandoned_prerequisite_opens_nothing(self, call: Call, scenario: Scenario) -> None:
        later = published("the-printer-that-prints-nothing")
        later.prerequisites.set([scenario])
        actions.abandon_session(**call.who)
        with pytest.raises(errors.Locked):
            actions.start_session(user_id=call.user.pk, scenario=later)

    @pytest.mark.parametrize("change", [{"status": ScenarioStatus.ARCHIVED}, {"is_active": False}])
    def test_what_is_not_offered_cannot_be_started(
        self, trainee: User, scenario: Scenario, change: dict[str, Any]
    ) -> None:
        for name, value in change.items():
            setattr(scenario, name, value)
        with pytest.raises(errors.ScenarioUnavailable):
            actions.start_session(user_id=trainee.pk, scenario=scenario)

    def test_the_trainees_pace_counts_from_the_first_message(self, trainee: User, scenario: Scenario) -> None:
        trainee.preferences = {"interface": {"typing_pace": "instant"}}
        trainee.save()
        call = Call(trainee, scenario)
        call.say("Hello, what is going on?")
        assert {message.metadata.get("typing_ms", 0) for message in ChatMessage.objects.all()} == {0}


class TestPost:
    def test_message_then_what_was_read_then_reply(self, call: Call) -> None:
        posted = call.say("What does the error message say exactly?")
        read = SessionEvent.objects.get(session=call.session, type="message_read")
        reply = posted.events[0]
        assert posted.created
        assert posted.message["seq"] < read.seq < reply["seq"]
        assert reply["sender"] == "customer"
        assert seqs(call) == list(range(1, call.reload().head_seq + 1))

    def test_a_repeat_gives_back_the_same_turn(self, call: Call) -> None:
        client_id = uuid.uuid4()
        first = call.say("What is going on?", client_id=client_id)
        call.say("And since when?")
        head = call.reload().head_seq
        again = call.say("What is going on?", client_id=client_id)
        assert not again.created
        assert (again.message, again.events) == (first.message, first.events)
        assert call.reload().head_seq == head

    def test_a_repeat_is_answered_after_the_end(self, call: Call) -> None:
        client_id = uuid.uuid4()
        first = call.say("What is going on?", client_id=client_id)
        actions.abandon_session(**call.who)
        assert call.say("What is going on?", client_id=client_id).message == first.message

    def test_the_first_message_takes_the_ticket_up(self, call: Call) -> None:
        call.say("Good morning!")
        ticket = Ticket.objects.get(session=call.session)
        assert (ticket.status, ticket.first_responded_at) == ("in_progress", call.at)

    @pytest.mark.parametrize("text", ["", "   \n", "x" * 4001, "nul \x00", "half \ud83d", None, 7, ["hi"]])
    def test_a_text_that_cannot_be_stored_changes_nothing(self, call: Call, text: Any) -> None:
        before = (call.session.head_seq, ChatMessage.objects.count())
        with pytest.raises(errors.InvalidText) as refusal:
            call.say(text)
        assert refusal.value.extra["field"] == "text"
        assert (call.reload().head_seq, ChatMessage.objects.count()) == before

    @pytest.mark.parametrize(
        "text",
        ["x" * 4000, "<script>alert(1)</script>", "\u202eright to left", "'; DROP TABLE x; --", "🙂" * 50],
    )
    def test_odd_texts_are_stored_as_they_are(self, call: Call, text: str) -> None:
        call.say(text)
        assert ChatMessage.objects.get(session=call.session, sender="trainee").text == text

    def test_nothing_is_said_after_the_end(self, call: Call) -> None:
        actions.abandon_session(**call.who)
        with pytest.raises(errors.SessionOver):
            call.say("Hello?")

    def test_nothing_is_said_to_a_customer_who_left(self, call: Call) -> None:
        session = call.reload()
        session.state["left"] = True
        session.save()
        with pytest.raises(errors.CallOver):
            call.say("Hello?")


class TestWonder:
    def test_asks_once_a_silence(self, call: Call) -> None:
        call.say("One moment, let me look.")
        assert actions.wonder(session_id=call.session.pk, at=call.tick(5)) is None
        batch = actions.wonder(session_id=call.session.pk, at=call.tick(600))
        assert batch is not None
        assert [frame["sender"] for frame in batch.frames] == ["customer"]
        assert actions.wonder(session_id=call.session.pk, at=call.tick(600)) is None

    def test_an_ended_session_is_left_alone(self, call: Call) -> None:
        actions.abandon_session(**call.who)
        assert actions.wonder(session_id=call.session.pk, at=call.tick(6000)) is None
        assert actions.wonder(session_id=uuid.uuid4()) is None


class TestDesk:
    def test_a_field_is_marked_only_after_the_caller_gave_it(self, call: Call) -> None:
        with pytest.raises(errors.NotAnswered):
            call.mark("username")
        assert call.reload().username_check == ""

    def test_three_marks_identify(self, call: Call) -> None:
        call.identify()
        session = call.reload()
        assert {session.name_check, session.username_check, session.asset_tag_check} == {"matches"}
        assert session.assurance == "identified"

    def test_a_mark_is_always_answered_and_repeated_alike(self, call: Call) -> None:
        call.say("What is your username?")
        client_id = uuid.uuid4()
        first = call.mark("username", client_id=client_id)
        head = call.reload().head_seq
        again = call.mark("username", client_id=client_id)
        assert first.frame["verification"]["fields"]["username"]["outcome"] == "matches"
        assert (again.created, again.frame, call.reload().head_seq) == (False, first.frame, head)
        assert call.mark("username").created

    def test_a_tools_result_is_stored_once(self, call: Call) -> None:
        client_id = uuid.uuid4()
        first = call.use("look_up", client_id, record="person:maria")
        again = call.use("look_up", client_id, record="person:maria")
        assert (first.created, again.created) == (True, False)
        assert again.frame == first.frame
        assert SessionEvent.objects.filter(type="record_looked_up").count() == 1

    def test_a_risky_tool_warns_and_force_is_a_breach(self, call: Call) -> None:
        warned = call.use("wipe_phone")
        forced = call.use("wipe_phone", force=True)
        assert (warned.frame["ok"], warned.frame["warning"]) == (False, True)
        assert forced.frame["ok"]
        assert SessionEvent.objects.get(type="action_taken").data["forced"]
        shown = [frame for frame in forced.events if frame["type"] == "estate.updated"]
        assert [record["id"] for record in shown[0]["records"]] == ["asset:maria_phone"]

    @pytest.mark.parametrize(
        ("tool", "arguments", "refusal"),
        [
            ("teleport", {}, errors.UnknownTool),
            ("look_up", {"record": "person:nobody"}, errors.BadArguments),
            ("look_up", {"path": "x"}, errors.BadArguments),
        ],
    )
    def test_a_wrong_use_changes_nothing(
        self, call: Call, tool: str, arguments: dict[str, Any], refusal: type[errors.SessionError]
    ) -> None:
        head = call.session.head_seq
        with pytest.raises(refusal):
            call.use(tool, **arguments)
        assert call.reload().head_seq == head


class TestNote:
    def save(self, call: Call, text: str, base: int, client_id: uuid.UUID | None = None) -> Any:
        return actions.save_note(
            **call.who, text=text, base_version=base, client_id=client_id, at=call.tick(1)
        )

    def test_versions_grow_and_their_history_is_kept(self, call: Call) -> None:
        assert self.save(call, "one", 0).frame["version"] == 1
        assert self.save(call, "two ", 1).frame["version"] == 2
        texts = (
            SessionEvent.objects.filter(type="note.saved")
            .order_by("seq")
            .values_list("data__text", flat=True)
        )
        assert list(texts) == ["one", "two "]
        assert Ticket.objects.get(session=call.session).note == "two "

    def test_an_old_base_is_a_conflict(self, call: Call) -> None:
        self.save(call, "one", 0)
        assert self.save(call, "other", 0) == actions.Conflict(text="one", version=1)
        assert Ticket.objects.get(session=call.session).note == "one"

    def test_the_same_text_is_never_a_conflict(self, call: Call) -> None:
        self.save(call, "one", 0)
        assert self.save(call, "one", 0).frame["version"] == 1

    def test_a_repeat_gives_back_its_own_version(self, call: Call) -> None:
        client_id = uuid.uuid4()
        first = self.save(call, "one", 0, client_id)
        self.save(call, "two", 1)
        assert self.save(call, "one", 0, client_id).frame == first.frame

    @pytest.mark.parametrize("text", ["x" * 20_001, "\x00", "\udc00"])
    def test_a_note_that_cannot_be_stored(self, call: Call, text: str) -> None:
        with pytest.raises(errors.InvalidText):
            self.save(call, text, 0)


class TestReading:
    def article(self, call: Call) -> str:
        results = actions.search_knowledge(**call.who, query="account locked", at=call.tick(1))
        return results.hits[0].key

    def test_a_search_is_recorded(self, call: Call) -> None:
        results = actions.search_knowledge(**call.who, query="account locked", at=call.tick(1))
        event = SessionEvent.objects.get(type="knowledge_searched")
        assert event.data == {"query": "account locked", "found": len(results.hits)}
        assert results.hits

    def test_the_server_measures_the_reading_time(self, call: Call) -> None:
        key = self.article(call)
        actions.open_article(**call.who, article=key, at=call.tick(1))
        actions.open_article(**call.who, article=key, at=call.tick(10))
        closed = actions.close_article(**call.who, at=call.tick(32.5))
        assert closed == actions.ClosedArticle(article=key, seconds=42.5)
        assert SessionEvent.objects.filter(type="article_opened").count() == 1
        assert actions.close_article(**call.who).article is None

    def test_opening_another_closes_the_first(self, call: Call) -> None:
        first, second = [hit.key for hit in actions.search_knowledge(**call.who, query="account").hits[:2]]
        actions.open_article(**call.who, article=first, at=call.tick(1))
        actions.open_article(**call.who, article=second, at=call.tick(9))
        event = SessionEvent.objects.get(type="article_closed")
        assert event.data == {"article": first, "seconds": 9.0}
        assert call.reload().reading_article == second

    def test_a_tab_left_open_is_not_read_for_hours(self, call: Call) -> None:
        actions.open_article(**call.who, article=self.article(call), at=call.tick(1))
        assert actions.close_article(**call.who, at=call.tick(7200)).seconds == 900

    def test_an_article_is_cited_once(self, call: Call) -> None:
        key = self.article(call)
        first = actions.cite_article(**call.who, article=key)
        assert actions.cite_article(**call.who, article=key) == first
        assert SessionEvent.objects.filter(type="article_cited").count() == 1

    @pytest.mark.parametrize("key", ["nothing", "library:nothing", "", "\x00", "x" * 500])
    def test_there_is_no_such_article(self, call: Call, key: str) -> None:
        for action in (actions.open_article, actions.cite_article):
            with pytest.raises(errors.ArticleNotFound):
                action(**call.who, article=key)


class TestFinish:
    def test_scores_are_stored_everywhere_alike(self, call: Call) -> None:
        call.identify()
        actions.open_article(**call.who, article=TestReading().article(call), at=call.tick(1))
        finished = call.finish()
        session = call.reload()
        metric = PerformanceMetric.objects.get(session=session)
        assert finished.created
        assert (session.status, session.resolution_type, session.validity) == (
            "completed",
            "resolved",
            "valid",
        )
        assert float(metric.overall) == finished.scores.overall
        assert metric.xp_earned == finished.scores.xp
        assert metric.completion_seconds == session.duration.total_seconds()
        assert session.final_scores == finished.scores.model_dump(mode="json")
        assert session.satisfaction == finished.scores.satisfaction
        assert session.reading_article == ""
        assert session.ticket.status == "resolved"
        assert session.ticket.waited_ms > 0
        assert CriterionResult.objects.filter(session=session).count() >= 12

    def test_the_stored_call_scores_the_same_again(self, call: Call) -> None:
        from engine.scoring import score
        from sessions_app.definitions import scenario_of

        call.identify()
        finished = call.finish()
        card = score(scenario_of(call.session), call_record(call.reload()))
        assert card.overall == finished.scores.overall
        results = CriterionResult.objects.filter(session=call.session)
        assert {row.criterion: row.result for row in results} == {
            c.criterion: c.result for c in card.criteria
        }

    def test_twice_is_once(self, call: Call) -> None:
        call.identify()
        first = call.finish()
        head = call.reload().head_seq
        again = call.finish("refused", documentation="Something else", reason="Changed my mind")
        assert not again.created
        assert again.scores == first.scores
        assert (call.reload().head_seq, call.session.resolution_type) == (head, "resolved")

    def test_resolving_needs_an_identified_caller(self, call: Call) -> None:
        with pytest.raises(errors.VerificationRequired) as refusal:
            call.finish()
        assert (refusal.value.code, refusal.value.status) == ("verification_required", 409)
        assert call.reload().is_active

    @pytest.mark.parametrize(
        ("ending", "changes", "field"),
        [
            ("resolved", {"documentation": "  "}, "documentation"),
            ("resolved", {"documentation": "x" * 20_001}, "documentation"),
            ("refused", {"reason": ""}, "reason"),
            ("escalated", {"reason": "\x00"}, "reason"),
            ("escalated", {"reason": "x" * 2001}, "reason"),
        ],
    )
    def test_what_is_missing_is_named(
        self, call: Call, ending: str, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(errors.InvalidText) as refusal:
            call.finish(ending, **changes)
        assert refusal.value.extra["field"] == field
        assert call.reload().is_active

    def test_a_refusal_needs_no_identity_and_closes_the_ticket(self, call: Call) -> None:
        finished = call.finish("refused", reason="The caller could not be verified.")
        assert finished.session.ticket.status == "closed"

    def test_an_escalation_finds_its_team_in_the_reason(self, call: Call) -> None:
        call.finish("escalated", reason="For network operations: the switch is dead.")
        assert call.reload().resolution_team == "Network Operations"

    def test_an_unknown_team_is_refused(self, call: Call) -> None:
        with pytest.raises(errors.BadArguments):
            call.finish("escalated", team="The Beatles", reason="Help")

    def test_a_void_run_leaves_no_grade(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        from sessions_app.actions import ending

        honest = ending.score
        spoilt = {"valid": False, "void_reasons": ("The customer contradicted the ticket.",)}
        monkeypatch.setattr(ending, "score", lambda *args: honest(*args).model_copy(update=spoilt))
        call.say("Hello?")
        finished = call.finish("refused", reason="Not sure who this is.")
        session = call.reload()
        assert (session.validity, session.void_reasons) == ("void", list(spoilt["void_reasons"]))
        assert finished.scores.xp == 0
        assert not PerformanceMetric.objects.exists()

    def test_giving_up_leaves_no_scores_and_frees_the_scenario(self, call: Call, scenario: Scenario) -> None:
        assert actions.abandon_session(**call.who).created
        assert not actions.abandon_session(**call.who).created
        session = call.reload()
        assert (session.status, session.final_scores) == ("abandoned", None)
        with pytest.raises(errors.SessionOver):
            call.finish("refused", reason="Too late")
        assert actions.start_session(user_id=call.user.pk, scenario=scenario)[1]

    def test_a_completed_session_cannot_be_given_up(self, call: Call) -> None:
        call.finish("refused", reason="Not verified")
        with pytest.raises(errors.SessionOver):
            actions.abandon_session(**call.who)


WISHES: dict[str, dict[str, Any]] = {
    "post_message": {"client_id": uuid.uuid4(), "text": "Hello"},
    "mark_verification": {"field": IdentityField.NAME, "outcome": Outcome.MATCHES},
    "run_tool": {"tool": "look_up", "arguments": {"record": "person:maria"}},
    "save_note": {"text": "mine", "base_version": 0},
    "search_knowledge": {"query": "account"},
    "open_article": {"article": "x"},
    "close_article": {},
    "cite_article": {"article": "x"},
    "finish_session": {"ending": Ending.REFUSED, "documentation": "d", "reason": "r"},
    "abandon_session": {},
}


@pytest.mark.parametrize("name", WISHES)
@pytest.mark.parametrize("who", ["stranger", "instructor"])
def test_nobody_acts_in_somebody_elses_session(
    call: Call, request: pytest.FixtureRequest, name: str, who: str
) -> None:
    other = request.getfixturevalue(who)
    before = frames_between(call.session.pk, 0), call.reload().head_seq
    with pytest.raises(errors.SessionNotFound):
        getattr(actions, name)(user_id=other.pk, session_id=call.session.pk, **WISHES[name])
    assert (frames_between(call.session.pk, 0), call.reload().head_seq) == before


def test_every_action_of_a_trainee_is_tried_on_strangers() -> None:
    system = {"start_session", "wonder", "abandon_idle_session", "settle_overdue"}
    system |= {"await_reply"}  # only for who has posted
    assert {name for name in actions.__all__ if name[0].islower()} - system == set(WISHES)


def test_a_stranger_does_not_learn_of_a_repeat(call: Call, stranger: User) -> None:
    client_id = uuid.uuid4()
    call.say("Hello", client_id=client_id)
    with pytest.raises(errors.SessionNotFound):
        actions.post_message(
            user_id=stranger.pk, session_id=call.session.pk, client_id=client_id, text="Hello"
        )


def test_idle_sessions_are_abandoned(call: Call) -> None:
    later = call.reload().updated_at + dt.timedelta(seconds=1)
    assert not actions.abandon_idle_session(
        session_id=call.session.pk, idle_since=later - dt.timedelta(days=1)
    )
    assert actions.abandon_idle_session(session_id=call.session.pk, idle_since=later)
    assert call.reload().status == "abandoned"
