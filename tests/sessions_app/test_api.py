"""A call through the API: every endpoint, what it answers and what it refuses."""

import datetime as dt
import json
import uuid
from typing import Any
from unittest import mock

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.actions import change_preferences
from accounts.models import User
from accounts.preferences import TypingPace
from scenarios.models import Scenario, ScenarioStatus
from sessions_app import actions
from sessions_app.access import session_for
from sessions_app.events import server_frames
from sessions_app.models import ChatMessage, SessionEvent, Ticket, UserSession
from sessions_app.queries import frames_between
from sessions_app.snapshot import session_snapshot
from tests.clients import Answered, ApiClient
from tests.sessions_app.conftest import NOTE, SLUG, Call, published
from tests.sessions_app.test_secrets import CANARY, HIDDEN_WORDS, bugged, play

__all__ = ["bugged"]

pytestmark = pytest.mark.django_db

ENDPOINTS = [
    ("get", ""),
    ("get", "/events"),
    ("post", "/messages"),
    ("post", "/verification"),
    ("post", "/tools/call_back"),
    ("get", "/knowledge?q=x"),
    ("get", "/knowledge/x"),
    ("post", "/knowledge/x/cite"),
    ("post", "/knowledge/x/close"),
    ("get", "/notes"),
    ("put", "/notes"),
    ("post", "/resolve"),
    ("post", "/abandon"),
    ("get", "/debrief"),
]
GOOD_BODIES: dict[str, Any] = {
    "/messages": {"client_id": str(uuid.UUID(int=7)), "text": "Hello?"},
    "/verification": {"field": "name", "outcome": "matches"},
    "/tools/call_back": {"arguments": {}},
    "/notes": {"text": "x", "base_version": 0},
    "/resolve": {"resolution_type": "refused", "documentation": "x", "reason": "y"},
}


@pytest.fixture
def client(trainee: User) -> ApiClient:
    return ApiClient.of(trainee)


@pytest.fixture
def session(call: Call) -> str:
    return f"sessions/{call.session.pk}"


def assert_refused(answered: Answered, status: int, code: str) -> None:
    assert (answered.status, answered.body["code"]) == (status, code), answered
    assert answered.headers["Content-Type"] == "application/problem+json"


def say(client: ApiClient, session: str, text: str) -> Answered:
    return client.post(f"{session}/messages", {"client_id": str(uuid.uuid4()), "text": text})


class TestCatalogue:
    def test_shows_what_i_made_of_each(self, client: ApiClient, call: Call) -> None:
        card = client.get("scenarios").body["results"][0]
        assert (card["slug"], card["completed"], card["best_score"]) == (SLUG, False, None)
        assert card["running"] == str(call.session.pk)
        call.finish("refused", reason="Not verified")
        card = client.get("scenarios").body["results"][0]
        assert (card["completed"], card["running"]) == (True, None)
        assert card["best_score"] > 0

    def test_filters(self, client: ApiClient, call: Call) -> None:
        clone(call.session.scenario, 1)
        Scenario.objects.exclude(slug=SLUG).update(difficulty="advanced")
        call.finish("refused", reason="Not verified")

        def slugs(**query: str) -> list[str]:
            return [card["slug"] for card in client.get("scenarios", **query).body["results"]]

        assert slugs() == slugs(difficulty="", completed="") == [SLUG, f"{SLUG}-0"]
        assert slugs(difficulty="advanced") == slugs(completed="false") == [f"{SLUG}-0"]
        assert slugs(completed="true") == [SLUG]
        assert slugs(difficulty="starter", completed="false") == []

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"difficulty": "easy"}, "difficulty"),
            ({"completed": "perhaps"}, "completed"),
            ({"page_size": "0"}, "page_size"),
            ({"page_size": "101"}, "page_size"),
            ({"page_size": "many"}, "page_size"),
            ({"cursor": "nonsense"}, "cursor"),
            ({"cursor": "e30="}, "cursor"),
            ({"cursor": "x" * 600}, "cursor"),
            ({"cursor": "a\x00b"}, "cursor"),
        ],
    )
    def test_wrong_parameters_are_named(self, client: ApiClient, query: dict[str, str], field: str) -> None:
        answered = client.get("scenarios", **query)
        assert_refused(answered, 400, "invalid")
        assert list(answered.body["errors"]) == [field]

    def test_pages_hold_everything_once(self, client: ApiClient, scenario: Scenario) -> None:
        clone(scenario, 7)
        seen, address = [], "scenarios?page_size=3"
        while address:
            page = client.get(address).body
            assert len(page["results"]) <= 3
            seen += [card["slug"] for card in page["results"]]
            address = page["next"]
        assert len(seen) == len(set(seen)) == 8

    def test_a_locked_one_says_what_opens_it(self, client: ApiClient, scenario: Scenario) -> None:
        later = published("the-printer-that-prints-nothing")
        later.prerequisites.set([scenario])
        cards = {card["slug"]: card for card in client.get("scenarios").body["results"]}
        assert cards[later.slug]["locked"] is True
        assert cards[later.slug]["missing"] == [{"slug": SLUG, "title": scenario.title}]

    @pytest.mark.parametrize("many", [1, 3, 50])
    def test_costs_the_same_for_one_and_for_many(
        self,
        client: ApiClient,
        scenario: Scenario,
        many: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        clone(scenario, many - 1)
        with django_assert_num_queries(7):
            assert len(client.get("scenarios", page_size="100").body["results"]) == many

    def test_the_briefing_gives_nothing_away(self, client: ApiClient, bugged: Scenario) -> None:
        answered = client.get(f"scenarios/{bugged.slug}")
        assert answered.body["desk"]
        assert CANARY.encode() not in answered.content


def clone(scenario: Scenario, times: int) -> None:
    """Offer the same scenario again under other names."""
    for number in range(times):
        copy = Scenario.objects.get(pk=scenario.pk)
        version = copy.current_version
        copy.pk, copy.slug, copy.title = uuid.uuid4(), f"{scenario.slug}-{number}", f"Copy {number}"
        copy.current_version = None
        copy._state.adding = True
        copy.save()
        Scenario.objects.filter(pk=copy.pk).update(current_version=version)


class TestStart:
    def test_begins_a_session_and_gives_it_back(self, client: ApiClient, scenario: Scenario) -> None:
        first = client.post(f"scenarios/{SLUG}/start")
        assert first.status == 201
        assert [message["sender"] for message in first.body["messages"]] == ["customer"]
        again = client.post(f"scenarios/{scenario.pk}/start")
        assert again.status == 200
        assert again.body["id"] == first.body["id"]
        assert UserSession.objects.count() == 1

    def test_a_locked_scenario_names_what_is_missing(self, client: ApiClient, scenario: Scenario) -> None:
        later = published("the-printer-that-prints-nothing")
        later.prerequisites.set([scenario])
        answered = client.post(f"scenarios/{later.slug}/start")
        assert_refused(answered, 403, "locked")
        assert answered.body["missing"] == [{"slug": SLUG, "title": scenario.title}]
        assert UserSession.objects.count() == 0

    @pytest.mark.parametrize(
        "key",
        [
            "nothing",
            str(uuid.UUID(int=9)),
            "%00",
            "a%00b",
            "'; DROP TABLE x;--",
            "x" * 3000,
            "\u202e",
            "<script>",
        ],
    )
    def test_an_unknown_scenario(self, client: ApiClient, scenario: Scenario, key: str) -> None:
        assert_refused(client.post(f"scenarios/{key}/start"), 404, "not_found")
        assert_refused(client.get(f"scenarios/{key}"), 404, "not_found")

    def test_a_withdrawn_scenario(self, client: ApiClient, scenario: Scenario) -> None:
        scenario.status = ScenarioStatus.ARCHIVED
        scenario.save()
        assert_refused(client.post(f"scenarios/{SLUG}/start"), 404, "not_found")


class TestLooking:
    def test_is_the_snapshot_of_the_console(self, client: ApiClient, call: Call, session: str) -> None:
        call.say("What is your username?")
        body = client.get(session).body
        snapshot = json.loads(session_snapshot(session_for(call.user, call.session.pk)).model_dump_json())
        assert {**body, "now": None} == {**snapshot, "now": None}

    def test_messages_hold_the_fields_of_the_frames(
        self, client: ApiClient, call: Call, session: str
    ) -> None:
        message = client.get(session).body["messages"][0]
        assert message.keys() >= {"seq", "id", "sender", "text", "at", "typing_ms"}
        assert message == frames_between(call.session.pk, 0)[0]

    def test_nothing_hidden_is_answered(self, trainee: User, bugged: Scenario) -> None:
        client = ApiClient.of(trainee)
        call = Call(trainee, bugged)
        play(call)
        session = f"sessions/{call.session.pk}"
        places = [client.get(session), client.get(f"{session}/events"), client.get(f"{session}/notes")]
        places += [say(client, session, "What is going on?"), client.get("scenarios"), client.get("sessions")]
        places += [
            client.post(f"{session}/tools/{tool}", {}) for tool in ("call_back", "end_sessions", "wipe_phone")
        ]
        places += [client.post(f"{session}/verification", {"field": "name", "outcome": "mismatch"})]
        for place in places:
            assert place.status in (200, 201), place
            assert CANARY.encode() not in place.content
            assert [word for word in HIDDEN_WORDS if word.encode() in place.content] == []

    def test_a_silent_trainee_is_asked_for(
        self, client: ApiClient, trainee: User, scenario: Scenario
    ) -> None:
        long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
        begun, _created = actions.start_session(user_id=trainee.pk, scenario=scenario, at=long_ago)
        messages = client.get(f"sessions/{begun.pk}").body["messages"]
        assert [message["sender"] for message in messages] == ["customer", "customer"]
        assert len(client.get(f"sessions/{begun.pk}").body["messages"]) == 2

    @pytest.mark.parametrize("turns", [1, 6])
    def test_costs_the_same_however_long_the_call(
        self,
        client: ApiClient,
        call: Call,
        session: str,
        turns: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(turns):
            call.say(f"Question {number}: since when does it happen?")
        client.get(session)
        with django_assert_num_queries(6):
            client.get(session)

    def test_events_are_what_a_socket_would_be_sent(
        self, client: ApiClient, call: Call, session: str
    ) -> None:
        call.say("What is your username?")
        call.use("call_back")
        body = client.get(f"{session}/events", after="3").body
        assert body["events"] == frames_between(call.session.pk, 3)
        assert body["head"] == call.reload().head_seq
        for frame in body["events"]:
            server_frames.validate_python(frame)
        assert client.get(f"{session}/events", after=str(body["head"])).body["events"] == []

    @pytest.mark.parametrize("after", ["-1", "x", "99999999999", "1.5"])
    def test_events_after_nonsense(self, client: ApiClient, session: str, after: str) -> None:
        answered = client.get(f"{session}/events", after=after)
        assert_refused(answered, 400, "invalid")
        assert list(answered.body["errors"]) == ["after"]


class TestSessions:
    def test_lists_mine_newest_first(
        self, client: ApiClient, call: Call, stranger: User, scenario: Scenario
    ) -> None:
        call.finish("refused", reason="Not verified")
        second = Call(call.user, scenario)
        Call(stranger, scenario)
        results = client.get("sessions").body["results"]
        assert [one["id"] for one in results] == [str(second.session.pk), str(call.session.pk)]
        assert (results[1]["outcome"], results[1]["valid"], results[0]["overall"]) == ("refused", True, None)
        assert len(client.get("sessions", status="active").body["results"]) == 1
        assert client.get("sessions", status="over").body["errors"].keys() == {"status"}

    def test_pages_hold_everything_once(self, client: ApiClient, trainee: User, scenario: Scenario) -> None:
        for _ in range(5):
            actions.abandon_session(**Call(trainee, scenario).who)  # all at the same moment
        seen, address = [], "sessions?page_size=2"
        while address:
            page = client.get(address).body
            seen += [one["id"] for one in page["results"]]
            address = page["next"]
        assert len(seen) == len(set(seen)) == 5

    @pytest.mark.parametrize("many", [1, 3, 50])
    def test_costs_the_same_for_one_and_for_many(
        self,
        client: ApiClient,
        trainee: User,
        scenario: Scenario,
        many: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        first = Call(trainee, scenario)
        actions.abandon_session(**first.who)
        row = first.reload()
        UserSession.objects.bulk_create([copy_of(row) for _ in range(many - 1)])
        with django_assert_num_queries(3):
            assert len(client.get("sessions", page_size="100").body["results"]) == many


def copy_of(session: UserSession) -> UserSession:
    copy = UserSession.objects.get(pk=session.pk)
    copy.pk = uuid.uuid4()
    return copy


class TestTalking:
    def test_a_message_is_answered_by_the_customer(self, client: ApiClient, call: Call, session: str) -> None:
        client_id = str(uuid.uuid4())
        body = {"client_id": client_id, "text": "What is your username?"}
        answered = client.post(f"{session}/messages", body)
        assert answered.status == 201
        message, events = answered.body["message"], answered.body["events"]
        assert (message["sender"], message["text"], message["client_id"]) == (
            "trainee",
            body["text"],
            client_id,
        )
        replies = [event for event in events if event["type"] == "message.created"]
        assert [reply["sender"] for reply in replies] == ["customer"]
        assert replies[0]["typing_ms"] > 0
        assert [event["seq"] for event in events] == sorted(event["seq"] for event in events)
        assert [message, *events] == frames_between(call.session.pk, message["seq"] - 1)

    def test_a_repeat_is_answered_and_not_done_again(
        self, client: ApiClient, call: Call, session: str
    ) -> None:
        body = {"client_id": str(uuid.uuid4()), "text": "What is your username?"}
        first = client.post(f"{session}/messages", body)
        again = client.post(f"{session}/messages", {**body, "text": "Something else"})
        assert again.status == 200
        assert again.body == first.body
        assert ChatMessage.objects.filter(session=call.session, sender="trainee").count() == 1
        call.finish("refused", reason="Not verified")
        assert client.post(f"{session}/messages", body).body == first.body

    def test_the_pace_that_i_chose_counts(self, client: ApiClient, trainee: User, session: str) -> None:
        change_preferences(user=trainee, changes={"interface": {"typing_pace": TypingPace.INSTANT}})
        events = say(client, session, "What is your username?").body["events"]
        assert [event["typing_ms"] for event in events if event["type"] == "message.created"] == [0]

    def test_what_is_written_is_kept_as_it_is(self, client: ApiClient, session: str) -> None:
        text = "<script>alert(1)</script> \u202egnp.exe 'OR 1=1;-- \U0001f600 e\u0301 Ignore all rules"
        assert say(client, session, text).body["message"]["text"] == text

    def test_nothing_is_said_after_the_end(self, client: ApiClient, call: Call, session: str) -> None:
        call.finish("refused", reason="Not verified")
        assert_refused(say(client, session, "Still there?"), 409, "session_over")


class TestDesk:
    def test_a_mark_changes_the_checklist(self, client: ApiClient, call: Call, session: str) -> None:
        call.say("What is your username?")
        answered = client.post(f"{session}/verification", {"field": "username", "outcome": "matches"})
        assert answered.status == 200
        field = answered.body["verification"]["fields"]["username"]
        assert field == {"given": "m.garcia", "outcome": "matches"}

    def test_what_was_not_said_cannot_be_marked(self, client: ApiClient, session: str) -> None:
        answered = client.post(f"{session}/verification", {"field": "username", "outcome": "matches"})
        assert_refused(answered, 409, "not_answered")

    def test_a_tool_answers_with_its_screen(self, client: ApiClient, session: str) -> None:
        body = client.post(f"{session}/tools/look_up", {"arguments": {"record": "person:maria"}}).body
        assert body["result"]["text"]
        assert (body["result"]["ok"], body["events"]) == (True, [])

    def test_a_call_back_changes_the_checklist(self, client: ApiClient, session: str) -> None:
        body = client.post(f"{session}/tools/call_back", {}).body
        assert {event["type"] for event in body["events"]} >= {"message.created", "verification.updated"}

    def test_the_desks_rule_warns_and_can_be_overruled(self, client: ApiClient, session: str) -> None:
        assert client.post(f"{session}/tools/unlock_account", {}).body["result"]["warning"] is True
        forced = client.post(f"{session}/tools/unlock_account", {"arguments": {"force": True}}).body
        assert forced["result"]["warning"] is False
        kinds = SessionEvent.objects.values_list("type", flat=True)
        assert {"tool_warned", "action_taken"} <= set(kinds)

    def test_a_repeat_with_its_client_id_is_not_done_again(
        self, client: ApiClient, call: Call, session: str
    ) -> None:
        wish = {"client_id": str(uuid.uuid4())}
        first = client.post(f"{session}/tools/call_back", wish)
        again = client.post(f"{session}/tools/call_back", wish)
        assert again.body["result"] == first.body["result"]
        assert SessionEvent.objects.filter(session=call.session, type="tool.result").count() == 1

    def test_the_note_has_versions(self, client: ApiClient, session: str) -> None:
        assert client.get(f"{session}/notes").body == {"text": "", "version": 0}
        assert client.put(f"{session}/notes", {"text": " A \n", "base_version": 0}).body["version"] == 1
        assert client.get(f"{session}/notes").body == {"text": " A \n", "version": 1}
        conflict = client.put(f"{session}/notes", {"text": "B", "base_version": 0})
        assert_refused(conflict, 409, "note_conflict")
        assert (conflict.body["text"], conflict.body["version"]) == (" A \n", 1)
        same = client.put(f"{session}/notes", {"text": " A \n", "base_version": 0})
        assert (same.status, same.body["version"]) == (200, 1)


class TestKnowledge:
    def test_search_open_cite_close(self, client: ApiClient, call: Call, session: str) -> None:
        found = client.get(f"{session}/knowledge", q="acount loked").body
        assert found["corrected"] == "account locked"
        key = found["results"][0]["key"]
        assert "<mark>" in found["results"][0]["snippet_html"]
        article = client.get(f"{session}/knowledge/{key}").body
        assert article["body_html"].startswith("<p>")
        assert client.get(session).body["reading"] == {"opened": [key], "cited": [], "open": key}
        cited = client.post(f"{session}/knowledge/{key}/cite").body
        assert article["title"] in cited["citation"]
        closed = client.post(f"{session}/knowledge/{key}/close").body
        assert closed["article"] == key
        assert client.get(session).body["reading"] == {"opened": [key], "cited": [key], "open": None}
        kinds = set(SessionEvent.objects.filter(session=call.session).values_list("type", flat=True))
        assert kinds >= {"knowledge_searched", "article_opened", "article_cited", "article_closed"}

    def test_nothing_of_an_articles_worth_is_told(self, client: ApiClient, session: str) -> None:
        found = client.get(f"{session}/knowledge", q="account locked").body
        assert all("relevance" not in result for result in found["results"])

    @pytest.mark.parametrize(
        "key", ["nothing", "library:nothing", "%00", "..", "x" * 2000, "'--", "library:%00"]
    )
    def test_an_unknown_article(self, client: ApiClient, session: str, key: str) -> None:
        assert_refused(client.get(f"{session}/knowledge/{key}"), 404, "article_not_found")
        assert_refused(client.post(f"{session}/knowledge/{key}/cite"), 404, "article_not_found")


class TestEnding:
    END = {"resolution_type": "resolved", "documentation": NOTE}

    def test_scores_and_the_same_again_for_a_repeat(
        self, client: ApiClient, call: Call, session: str
    ) -> None:
        call.identify()
        first = client.post(f"{session}/resolve", self.END)
        assert first.status == 200
        assert (first.body["status"], first.body["outcome"]) == ("completed", "resolved")
        assert 0 <= first.body["scores"]["overall"] <= 100
        assert list(first.body["scores"]["dimensions"]) == [
            "verification", "communication", "technical", "research", "documentation", "response_time",
        ]  # fmt: skip
        again = client.post(f"{session}/resolve", {**self.END, "documentation": "Something else"})
        assert again.content == first.content

    def test_nobody_resolves_before_the_caller_was_checked(
        self, client: ApiClient, call: Call, session: str
    ) -> None:
        assert_refused(client.post(f"{session}/resolve", self.END), 409, "verification_required")
        assert call.reload().is_active

    @pytest.mark.parametrize("ending", ["escalated", "refused"])
    def test_passing_on_needs_a_reason(self, client: ApiClient, session: str, ending: str) -> None:
        answered = client.post(f"{session}/resolve", {**self.END, "resolution_type": ending})
        assert_refused(answered, 400, "invalid")
        assert list(answered.body["errors"]) == ["reason"]

    def test_an_unknown_team(self, client: ApiClient, session: str) -> None:
        wish = {**self.END, "resolution_type": "escalated", "reason": "x", "team": "Nobody"}
        assert_refused(client.post(f"{session}/resolve", wish), 400, "bad_arguments")

    def test_giving_up(self, client: ApiClient, call: Call, session: str) -> None:
        first = client.post(f"{session}/abandon")
        assert (first.status, first.body["outcome"], first.body["scores"]) == (200, "abandoned", None)
        assert client.post(f"{session}/abandon").body == first.body
        assert_refused(client.post(f"{session}/resolve", self.END), 409, "session_over")

    def test_nobody_gives_up_what_is_finished(self, client: ApiClient, call: Call, session: str) -> None:
        call.finish("refused", reason="Not verified")
        assert_refused(client.post(f"{session}/abandon"), 409, "session_over")

    def test_the_debrief_comes_after_the_end(self, client: ApiClient, call: Call, session: str) -> None:
        assert_refused(client.get(f"{session}/debrief"), 409, "session_running")
        finished = call.finish("refused", reason="Not verified")
        debrief = client.get(f"{session}/debrief")
        assert debrief.status == 200
        assert debrief.body["call"]["scores"]["overall"] == finished.scores.overall
        assert debrief.body["call"]["truth"]["root_cause"]

    def test_an_abandoned_call_has_a_debrief_too(self, client: ApiClient, call: Call, session: str) -> None:
        client.post(f"{session}/abandon")
        assert client.get(f"{session}/debrief").body["verdict"] == "abandoned"


class TestWhoMay:
    @pytest.mark.parametrize(("method", "place"), ENDPOINTS)
    def test_nobody(self, session: str, method: str, place: str) -> None:
        answered = ApiClient().ask(method, session + place, GOOD_BODIES.get(place))
        assert_refused(answered, 401, "not_signed_in")

    @pytest.mark.parametrize(("method", "place"), ENDPOINTS)
    def test_a_stranger(self, call: Call, stranger: User, session: str, method: str, place: str) -> None:
        before = (call.reload().head_seq, call.session.status)
        answered = ApiClient.of(stranger).ask(method, session + place, GOOD_BODIES.get(place))
        assert_refused(answered, 404, "not_found")
        assert (call.reload().head_seq, call.session.status) == before

    @pytest.mark.parametrize(("method", "place"), ENDPOINTS)
    def test_a_session_that_is_not_there(self, client: ApiClient, method: str, place: str) -> None:
        answered = client.ask(method, f"sessions/{uuid.uuid4()}{place}", GOOD_BODIES.get(place))
        assert_refused(answered, 404, "not_found")

    @pytest.mark.parametrize(("method", "place"), ENDPOINTS)
    def test_an_instructor_only_watches(
        self, call: Call, instructor: User, session: str, method: str, place: str
    ) -> None:
        before = call.reload().head_seq
        answered = ApiClient.of(instructor).ask(method, session + place, GOOD_BODIES.get(place))
        if method == "get" and not place.startswith("/knowledge"):
            assert answered.status == (409 if place == "/debrief" else 200)
        else:
            assert_refused(answered, 403, "read_only")
        assert call.reload().head_seq == before

    @pytest.mark.parametrize("path", ["scenarios", f"scenarios/{SLUG}", "sessions", "users/me/performance"])
    def test_lists_ask_for_sign_in(self, path: str) -> None:
        assert_refused(ApiClient().get(path), 401, "not_signed_in")


class TestPerformance:
    def test_sums_up_my_runs(self, client: ApiClient, call: Call, trainee: User) -> None:
        with mock.patch("sessions_app.performance.timezone.now", return_value=call.at):
            assert client.get("users/me/performance").body["runs"] == 0
            finished = call.finish("refused", reason="Not verified")
            body = client.get("users/me/performance", timeframe="week").body
        assert (body["runs"], body["overall"]["best"]) == (1, finished.scores.overall)
        assert set(body["dimensions"]) == set(finished.scores.dimensions)
        assert body["trend"][0]["runs"] == 1

    def test_of_one_dimension(self, client: ApiClient, call: Call) -> None:
        call.finish("refused", reason="Not verified")
        body = client.get("users/me/performance", dimension="research", timeframe="all").body
        assert list(body["dimensions"]) == ["research"]
        assert body["dimension"] == "research"

    @pytest.mark.parametrize(
        ("query", "field"), [({"timeframe": "year"}, "timeframe"), ({"dimension": "luck"}, "dimension")]
    )
    def test_wrong_parameters_are_named(self, client: ApiClient, query: dict[str, str], field: str) -> None:
        answered = client.get("users/me/performance", **query)
        assert_refused(answered, 400, "invalid")
        assert list(answered.body["errors"]) == [field]

    def test_a_zone_that_is_gone_is_no_error(self, client: ApiClient, trainee: User) -> None:
        User.objects.filter(pk=trainee.pk).update(timezone="Atlantis/Capital")
        assert client.get("users/me/performance").status == 200


def test_the_ticket_is_open_to_both_ways_in(client: ApiClient, call: Call, session: str) -> None:
    """The API and the actions write the same rows: one may go on where the other stopped."""
    call.say("What is your username?")
    client.post(f"{session}/verification", {"field": "username", "outcome": "matches"})
    call.use("call_back")
    client.put(f"{session}/notes", {"text": "From outside", "base_version": 0})
    assert Ticket.objects.get(session=call.session).note == "From outside"
    assert [frame["seq"] for frame in frames_between(call.session.pk, 0)][-1] == call.reload().head_seq
