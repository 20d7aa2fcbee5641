"""Response times: from when the customer's words could be seen, holds left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.call import Call
from engine.events import CustomerWondered, HoldStarted
from engine.record import CallRecord
from engine.scoring.timing import reply_times
from engine.vocabulary import Ending
from tests.engine.builders import Talk, judged, scenario


def call() -> Talk:
    return Talk(scenario())


def seconds(record: CallRecord) -> list[float]:
    return [reply.seconds for reply in reply_times(Call(scenario(), record))]


class TestReplyTimes:
    def test_typing_is_not_waiting(self) -> None:
        record = call().customer("Hello.", at=0, typing=8).trainee("Hi.", at=20).ended()
        assert seconds(record) == [12]

    def test_it_counts_from_the_first_thing_left_unanswered(self) -> None:
        record = (
            call().customer("Hello.", at=0).customer("Anyone there?", at=80).trainee("Hi.", at=100).ended()
        )
        assert seconds(record) == [100]

    def test_a_reply_stored_at_the_same_moment_comes_after_what_it_answers(self) -> None:
        talk = (
            call()
            .customer("Hello.", at=0)
            .trainee("Hi.", at=10)
            .customer("So?", at=10)
            .trainee("Well.", at=35)
        )
        assert seconds(talk.ended()) == [10, 25]

    def test_what_could_not_be_seen_yet_is_not_answered(self) -> None:
        record = (
            call().customer("Hello.", at=0, typing=30).trainee("Hi.", at=10).trainee("There?", at=40).ended()
        )
        assert seconds(record) == [10]

    def test_an_announced_hold_does_not_count(self) -> None:
        record = call().customer("Sure, take your time.", at=10).held(5, 190).trainee("Back.", at=200).ended()
        assert seconds(record) == [10]

    def test_a_hold_that_never_ended_lasts_to_the_end(self) -> None:
        talk = call().customer("Sure.", at=10).event(HoldStarted(), at=5).trainee("Back.", at=200)
        assert seconds(talk.ended(at=300)) == [0]

    @given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60)), max_size=8), st.integers(0, 300))
    def test_never_negative_and_never_longer_than_the_call(
        self, turns: list[tuple[int, int]], hold: int
    ) -> None:
        talk, clock = call(), 0.0
        for wait, typing in turns:
            talk.customer("Line.", at=clock, typing=typing)
            clock += wait
            talk.trainee("Answer.", at=clock)
        talk.held(clock / 2, clock / 2 + hold)
        assert all(0 <= each <= clock for each in seconds(talk.ended(at=clock)))


class TestTimeWithin:
    @pytest.mark.parametrize(("at", "result"), [(60, "met"), (120, "partly"), (121, "missed")])
    def test_first_reply_within_the_limit_or_twice_it(self, at: float, result: str) -> None:
        record = call().customer("Hello.", at=0).trainee("Hi.", at=at).ended()
        found = judged({"type": "time_within", "what": "first_reply", "seconds": 60}, record)
        assert (found.result, found.evidence[0].quote) == (result, "Hi.")

    def test_first_reply_that_never_came(self) -> None:
        check = {"type": "time_within", "what": "first_reply", "seconds": 60}
        assert judged(check, call().customer("Hello.").ended()).result == "missed"

    def test_reply_is_the_median_and_quotes_the_slowest(self) -> None:
        talk, clock = call(), 0.0
        for wait in (10, 20, 600):
            talk.customer("Line.", at=clock)
            clock += wait
            talk.trainee(f"After {wait}.", at=clock)
        found = judged({"type": "time_within", "what": "reply", "seconds": 20}, talk.ended())
        assert (found.result, found.evidence[0].quote) == ("met", "After 600.")

    def test_reply_cannot_be_assessed_without_any(self) -> None:
        check = {"type": "time_within", "what": "reply", "seconds": 20}
        assert judged(check, call().ended()).result == "cannot_assess"

    def test_ending_and_a_call_that_was_left(self) -> None:
        check = {"type": "time_within", "what": "ending", "seconds": 100}
        assert judged(check, call().ended(at=100)).result == "met"
        assert judged(check, call().ended(at=150)).result == "partly"
        assert judged(check, call().ended(at=300)).result == "missed"
        assert judged(check, call().ended(None, at=10)).result == "missed"
        assert judged(check, call().ended(Ending.REFUSED, at=10)).result == "met"


@pytest.mark.parametrize(("times", "result"), [(0, "met"), (1, "partly"), (2, "missed")])
def test_no_silence(times: int, result: str) -> None:
    talk = call().trainee("Hi.")
    for _ in range(times):
        talk.event(CustomerWondered(seconds=95))
    found = judged({"type": "no_silence"}, talk.ended())
    assert (found.result, len(found.evidence)) == (result, times)


def test_no_silence_cannot_be_assessed_where_nothing_was_written() -> None:
    assert judged({"type": "no_silence"}, call().ended()).result == "cannot_assess"
