"""The debrief as a structure: told from real calls that bots have played through the actions."""

import json
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from engine.bots import BOTS
from sessions_app import actions
from sessions_app.access import session_for
from sessions_app.debrief import Debrief, debrief_of
from sessions_app.debrief.marking import cut
from sessions_app.debrief.model import Call
from sessions_app.debrief.words import excerpt, listed, span_words
from sessions_app.models import UserSession
from tests.factories import UserFactory
from tests.sessions_app.conftest import Call as DrivenCall
from tests.support.playing import IMPOSTOR, LOCKOUT, SLUGS, played_session

pytestmark = pytest.mark.django_db


def debriefed(user: User, slug: str, bot: str) -> Debrief:
    session = played_session(user, slug, bot)
    return debrief_of(session_for(user, session.pk))


def call_in(debrief: Debrief) -> Call:
    assert debrief.call is not None
    return debrief.call


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("bot", BOTS)
def test_every_call_has_a_whole_debrief(trainee: User, slug: str, bot: str) -> None:
    session = played_session(trainee, slug, bot)
    debrief = debrief_of(session_for(trainee, session.pk))
    call = call_in(debrief)
    assert debrief.headline
    assert debrief.lead
    assert_sums_hold(call)
    assert_quotes_lead_somewhere(debrief)
    assert len(call.changes) <= 2
    assert Debrief.model_validate(json.loads(debrief.model_dump_json())) == debrief
    assert debrief.headline in session.debrief_text.replace("\\", "")
    assert session.debrief_generated_at == session.completed_at


def assert_sums_hold(call: Call) -> None:
    """Anyone can do the sums again from what is shown."""
    scores = call.scores
    weighted = [
        (dimension.score * dimension.weight, dimension.weight)
        for dimension in scores.dimensions
        if dimension.score is not None and dimension.weight
    ]
    assert scores.weights == sum(weight for _, weight in weighted)
    assert scores.uncapped == pytest.approx(sum(part for part, _ in weighted) / scores.weights, abs=0.006)
    assert sum(dimension.points for dimension in scores.dimensions) == pytest.approx(
        scores.uncapped, abs=0.04
    )
    assert scores.overall == (min(scores.uncapped, scores.cap) if call.fatal else scores.uncapped)
    for dimension in scores.dimensions:
        if dimension.score is not None:
            assert dimension.score == pytest.approx(100 * dimension.earned / dimension.possible, abs=0.1)


def assert_quotes_lead_somewhere(debrief: Debrief) -> None:
    """Every quotation has its place: the very words in the transcript or the note, or a moment of the call."""
    call = call_in(debrief)
    places = {anchor: ("moment", 0) for moment in debrief.timeline for anchor in moment.anchors}
    texts = {}
    for said in debrief.transcript:
        text = "".join(piece.text for piece in said.pieces)
        texts |= {anchor: text for piece in said.pieces for anchor in piece.anchors}
    note = "".join(piece.text for piece in call.note.pieces)
    texts |= {anchor: note for piece in call.note.pieces for anchor in piece.anchors}
    for dimension in call.scores.dimensions:
        for quote in (quote for criterion in dimension.criteria for quote in criterion.quotes):
            if quote.kind == "event":
                assert quote.anchor in places
            else:
                start, end = map(int, quote.anchor.split("-")[-2:])
                assert texts[quote.anchor][start:end] == quote.text
    for asked in call.note.questions:
        assert not asked.answered or asked.anchor in texts


class TestVerdict:
    def test_a_good_call_is_said_to_be_one(self, trainee: User) -> None:
        debrief = debriefed(trainee, LOCKOUT, "expert")
        assert debrief.verdict == "passed"
        assert debrief.headline == "Passed: you checked who was calling, and it's solved."
        assert debrief.lead.startswith("Strong in everything")
        assert call_in(debrief).changes == ()

    def test_what_is_missing_is_said_first(self, trainee: User) -> None:
        debrief = debriefed(trainee, "the-printer-that-prints-nothing", "average")
        assert debrief.verdict == "not_passed"
        assert "Not passed yet: 65" in debrief.headline
        costs = [
            (1 - change.criterion.points) * change.criterion.weight for change in call_in(debrief).changes
        ]
        assert len(costs) == 2
        assert all(cost > 0 for cost in costs)

    def test_a_fatal_fault_is_told_first_and_apart(self, trainee: User) -> None:
        debrief = debriefed(trainee, "vpn-drops-every-ten-minutes", "reckless")
        call = call_in(debrief)
        assert debrief.headline.startswith("Not passed: you did “Issue a new device certificate")
        assert call.changes[0].criterion in call.fatal
        assert {criterion.id for criterion in call.fatal} <= {
            criterion.id
            for dimension in call.scores.dimensions
            for criterion in dimension.criteria
            if criterion.result == "missed"
        }

    def test_who_refused_an_impostor_is_praised(self, trainee: User) -> None:
        debrief = debriefed(trainee, IMPOSTOR, "expert")
        assert debrief.headline == (
            "Passed: the caller was not who they claimed to be, and you let nobody in."
        )
        assert "saw what did not fit" in debrief.lead
        assert "a proof that they could not give" in debrief.lead
        assert debrief.customer == "“Renata Osei”"
        truth = call_in(debrief).truth
        assert truth.impostor
        assert truth.let_in is None

    def test_who_let_an_impostor_in_is_told_when_and_how(self, trainee: User) -> None:
        debrief = debriefed(trainee, IMPOSTOR, "reckless")
        way = call_in(debrief).truth.let_in
        assert debrief.headline.endswith("and you let them in.")
        assert way is not None
        assert way.words == debrief.lead
        assert "“Enrol a new phone for approvals” against the warning" in way.words
        moment = next(moment for moment in debrief.timeline if way.anchor in moment.anchors)
        assert moment.seconds == way.seconds
        assert moment.tone == "bad"
        before = [said for said in debrief.transcript if said.sender == "customer" and said.seq < moment.seq]
        assert way.pressed == "".join(piece.text for piece in before[-1].pieces)

    def test_a_call_that_the_customer_spoilt_costs_nothing(self, trainee: User) -> None:
        session = played_session(trainee, LOCKOUT, "average")
        scores = session.final_scores | {"valid": False, "passed": False, "void_reasons": ["It broke."]}
        UserSession.objects.filter(pk=session.pk).update(final_scores=scores, validity="void")
        debrief = debrief_of(session_for(trainee, session.pk))
        assert debrief.verdict == "void"
        assert debrief.void_reasons == ("It broke.",)
        assert "our fault" in debrief.lead
        assert debrief.next[0].retry

    def test_a_call_that_was_left_gives_nothing_away(self, call: DrivenCall) -> None:
        call.say("Hello, this is Alex.")
        actions.abandon_session(**call.who, at=call.tick(5))
        debrief = debrief_of(session_for(call.user, call.session.pk))
        told = debrief.model_dump_json()
        assert debrief.verdict == "abandoned"
        assert debrief.call is None
        assert debrief.timeline == ()
        assert len(debrief.transcript) == 3
        assert "old password" not in told
        assert debrief.next[0].retry

    def test_a_running_call_has_no_debrief(self, call: DrivenCall) -> None:
        with pytest.raises(ValueError, match="still goes on"):
            debrief_of(session_for(call.user, call.session.pk))


class TestWhatWasBehindIt:
    def test_what_nobody_asked_is_told_with_the_question(self, trainee: User) -> None:
        call = call_in(debriefed(trainee, LOCKOUT, "average"))
        scenario_facts = len(call.untold) + call.told
        assert call.untold
        assert all(fact.question.strip() and fact.answer.strip() for fact in call.untold)
        assert call_in(debriefed(UserFactory(), LOCKOUT, "expert")).told == scenario_facts

    def test_satisfaction_is_the_sum_of_its_parts(self, trainee: User) -> None:
        view = call_in(debriefed(trainee, LOCKOUT, "average")).satisfaction
        assert view.value == min(5, int(sum(part.points for part in view.parts) + 0.5))
        assert view.words == "Very satisfied"

    def test_the_ending_is_compared_with_the_right_one(self, trainee: User) -> None:
        ending = call_in(debriefed(trainee, IMPOSTOR, "careless")).ending
        assert ending.right == "Refused"
        assert not ending.as_it_should
        assert ending.words == "The right ending was: Refused."

    def test_the_mood_is_a_line_whose_changes_add_up(self, trainee: User) -> None:
        mood = call_in(debriefed(trainee, "vpn-drops-every-ten-minutes", "average")).mood
        assert mood.start.cause == ""
        for before, after in pairwise(mood.points):
            assert after.seconds >= before.seconds
            assert after.change == pytest.approx(after.warmth - before.warmth, abs=0.25)
        assert "You left them waiting in silence" in {cause.words for cause in mood.cooled}
        assert "ended the call warmer" in mood.summary

    def test_an_impostor_s_mood_is_no_merit(self, trainee: User) -> None:
        assert "decided nothing" in call_in(debriefed(trainee, IMPOSTOR, "expert")).mood.summary


class TestCourse:
    def test_articles_carry_their_worth_and_the_time_on_them(self, trainee: User) -> None:
        research = call_in(debriefed(trainee, IMPOSTOR, "expert")).research
        assert {article.relevance for article in research.read} == {"solves", "helps"}
        assert all(article.seconds == 25 and article.cited for article in research.read)
        assert research.searches
        missed = call_in(debriefed(UserFactory(), IMPOSTOR, "reckless")).research
        assert missed.read == ()
        assert {article.relevance for article in missed.missed} == {"solves", "helps"}

    def test_the_timeline_is_in_order_and_tells_what_was_learned(self, trainee: User) -> None:
        timeline = debriefed(trainee, IMPOSTOR, "expert").timeline
        assert [moment.seq for moment in timeline] == sorted(moment.seq for moment in timeline)
        titles = [moment.title for moment in timeline]
        assert "You marked the asset tag as not matching the records" in titles
        assert "Push to the enrolled device: did not pass" in titles
        assert "You came back from the hold" in titles
        assert titles[-1] == "Refused"
        details = [moment.detail for moment in timeline]
        assert "Tells: What happened to the old phone" in details
        assert any("read for 25 s" in detail for detail in details)

    def test_times_are_held_against_the_targets(self, trainee: User) -> None:
        good = call_in(debriefed(trainee, LOCKOUT, "expert")).times
        assert all(target.kept for target in good.targets)
        assert good.slowest == max(reply.seconds for reply in good.replies)
        slow = call_in(debriefed(UserFactory(), LOCKOUT, "careless")).times
        assert slow.silences > 0
        assert slow.median is not None
        assert good.median is not None
        assert slow.median > good.median


class TestNote:
    def test_what_the_second_line_must_still_ask(self, trainee: User) -> None:
        note = call_in(debriefed(trainee, LOCKOUT, "average")).note
        assert note.answered == sum(asked.answered for asked in note.questions)
        assert 0 < note.answered < len(note.questions)


class TestReading:
    def test_the_number_of_queries_does_not_grow(self, trainee: User) -> None:
        counts = set()
        for bot in ("reckless", "expert"):
            played_session(trainee, IMPOSTOR, bot)
        for session in UserSession.objects.filter(user=trainee):
            stored = session_for(trainee, session.pk)
            debrief_of(stored)
            with CaptureQueriesContext(connection) as queries:
                debrief_of(session_for(trainee, session.pk))
            counts.add(len(queries))
        assert len(counts) == 1

    def test_words_are_translated_when_they_are_told(self, trainee: User) -> None:
        session = played_session(trainee, LOCKOUT, "average")
        with translation.override("en"):
            assert debrief_of(session_for(trainee, session.pk)).headline.startswith("Passed")

    def test_what_people_wrote_stays_text_in_the_stored_debrief(self, call: DrivenCall) -> None:
        call.identify()
        call.finish(documentation="# [click](javascript:alert(1)) <script>alert(1)</script>")
        text = call.reload().debrief_text
        assert "<script>" not in text.replace("\\<", "")
        assert "](javascript" not in text


def test_a_text_is_cut_where_quotations_begin_or_end() -> None:
    pieces = cut("Good morning, how are you?", [(0, 13), (5, 13), (14, 26), (99, 120)], prefix="said-3")
    assert [piece.text for piece in pieces] == ["Good ", "morning,", " ", "how are you?"]
    assert [piece.marked for piece in pieces] == [True, True, False, True]
    assert pieces[0].anchors == ("said-3-0-13",)
    assert pieces[1].anchors == ("said-3-5-13",)
    assert "".join(piece.text for piece in pieces) == "Good morning, how are you?"
    assert [(piece.start, piece.end) for piece in pieces] == [(0, 5), (5, 13), (13, 14), (14, 26)]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.4, "59 s"), (60, "1 min"), (372, "6 min 12 s"), (3600, "1 h"), (3900, "1 h 5 min")],
)
def test_lengths_of_time_are_said(seconds: float, words: str) -> None:
    assert span_words(seconds) == words


def test_words_are_put_together() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert excerpt("one  two\nthree", 40) == "one two three"
    assert excerpt("one two, three", 9) == "one two …"
