"""The second-line reader: honest notes are understood however they are written, heaps of words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scoring.note import read_note
from engine.scoring.stemming import one_edit_apart, same_word, stem, tokens
from tests.engine.builders import Talk, judged, scenario

SCENARIO = scenario(
    documentation={
        "who": {
            "question": "Who called, and how was it proven?",
            "answered_by": [
                ["ines", "duarte", "i.duarte", "caller"],
                ["call back", "called back", "rang", "push"],
            ],
        },
        "why": {
            "question": "Why did it lock again?",
            "answered_by": [["phone", "mobile"], ["old password", "stale password", "previous password"]],
        },
        "fix": {
            "question": "What was done?",
            "answered_by": [["unlocked", "lock lifted"], ["new password", "updated", "replaced"]],
        },
        "check": {
            "question": "How was it checked?",
            "answered_by": [["signed in", "sign-in works", "back in"], ["confirmed", "tested", "checked"]],
        },
    }
)


def answered(note: str, chat: tuple[str, ...] = ()) -> set[str]:
    return set(read_note(note, SCENARIO.documentation, SCENARIO, chat))


ALL = {"who", "why", "fix", "check"}

HONEST = {
    "prose": (
        "The caller was Ines Duarte; I rang her on the number on file and she picked up. Her account kept locking "
        "because her work phone still tried the old password. She typed the new password into the phone and I "
        "unlocked the account. She signed in afterwards and confirmed that it holds."
    ),
    "labels": (
        "Caller: Ines Duarte (i.duarte), LT-100, proven by call back\n"
        "Cause: company phone still had the old password\n"
        "Done: user updated the phone, then I unlocked the account\n"
        "Check: user signed in and confirmed"
    ),
    "terse": (
        "I. Duarte verified, rang desk 11. Mobile had stale password. Updated phone, unlocked acct in AD. "
        "Back in, tested OK."
    ),
    "bullets": (
        "- caller proven (called back on file number)\n"
        "- root cause: old password on mobile\n"
        "- updated the phone, unlocked the account\n"
        "- user is back in, tested twice"
    ),
    "typing errors": (
        "Caller rang back and proven. The phone still used the old pasword. Unlockd the account after the user "
        "replacd it. User signed in, confrimed."
    ),
    "wrapped lines": (
        "The caller was proven by a push to the enrolled device, and all else was compared\n"
        "with the records. The reason for the lock that came back was the phone, which still had the\n"
        "old password saved. It was updated, and after that the account was\n"
        "unlocked. Ines signed in and\nconfirmed."
    ),
}


@pytest.mark.parametrize("note", HONEST.values(), ids=HONEST.keys())
def test_an_honest_note_answers_everything(note: str) -> None:
    assert answered(note) == ALL


STUFFED = {
    "words in a row": (
        "ines duarte caller call back push phone mobile old password stale password unlocked lock lifted "
        "new password updated signed in back in confirmed tested checked"
    ),
    "commas": (
        "ines, duarte, call back, phone, mobile, old password, unlocked, new password, signed in, confirmed"
    ),
    "one a line": "ines\nduarte\ncall back\nphone\nold password\nunlocked\nnew password\nsigned in\nconfirmed",
    "joined by and": (
        "ines and call back and phone and old password and unlocked and updated and signed in and confirmed"
    ),
    "slashes": "ines/call back/phone/old password/unlocked/updated/signed in/confirmed/tested/mobile",
    "sentences of heaps": (
        "ines duarte call back push rang. phone mobile old password stale password. "
        "unlocked lock lifted new password updated. signed in back in confirmed tested."
    ),
    "articles between": (
        "the ines the call back the phone the old password the unlocked the updated the signed in the confirmed"
    ),
}


@pytest.mark.parametrize("note", STUFFED.values(), ids=STUFFED.keys())
def test_a_heap_of_words_answers_nothing(note: str) -> None:
    assert answered(note) == set()


def test_an_honest_sentence_beside_a_heap_still_counts() -> None:
    honest = "Her phone still tried the old password."
    assert answered(f"{honest}\n\n{STUFFED['commas']}") == {"why"}


def test_a_list_of_what_was_ruled_out_is_no_heap() -> None:
    note = "Checked cable, dock, Wi-Fi, router, keyboard, screen: all fine. Cause: old password on the phone."
    assert answered(note) == {"why"}


class TestCopies:
    TICKET = "Since this morning my phone tells me about the old password and I cannot do anything at all."

    def reader(self, note: str, chat: tuple[str, ...] = ()) -> set[str]:
        copied_from = SCENARIO.model_copy(
            update={"ticket": SCENARIO.ticket.model_copy(update={"description": self.TICKET})}
        )
        return set(read_note(note, copied_from.documentation, copied_from, chat))

    def test_the_ticket_again_is_no_note(self) -> None:
        assert self.reader(self.TICKET) == set()
        assert self.reader(self.TICKET.upper()) == set()

    def test_own_words_about_the_same_count(self) -> None:
        assert self.reader("It was the phone, it still had the old password.") == {"why"}

    def test_the_pasted_chat_is_no_note_but_a_quotation_is_fine(self) -> None:
        said = "I found out that my phone still has the old password saved in it."
        assert self.reader(said, (said,)) == set()
        own = "The account locked again and again. She told me in the chat, and I saw it in the sign-in log:"
        assert self.reader(f"{own} {said}", (said,)) == {"why"}


def test_words_far_apart_are_no_answer() -> None:
    assert (
        answered("The phone was asked about. Nothing came of it. There is an old password policy.") == set()
    )
    assert answered("The phone was asked about. It still had the old password.") == {"why"}


@pytest.mark.parametrize("note", ["", "   \n ", "?!", "ok", "done"])
def test_a_note_that_says_nothing_answers_nothing(note: str) -> None:
    assert answered(note) == set()


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_answers_lie_within_it(note: str) -> None:
    for answer in read_note(note, SCENARIO.documentation, SCENARIO).values():
        assert 0 <= answer.start < answer.end <= len(note)


@given(st.permutations(tokens(STUFFED["words in a row"])))
def test_no_order_of_the_looked_for_words_answers_anything(words: list[str]) -> None:
    assert answered(" ".join(words)) == set()


class TestWords:
    @pytest.mark.parametrize(
        ("one", "other"),
        [("locked", "locking"), ("unlock", "unlocked"), ("reply", "replies"), ("replied", "reply"), ("use", "using"),
         ("stop", "stopped"), ("phones", "phone"), ("change", "changed"), ("reset", "resets")],
    )  # fmt: skip
    def test_inflections_have_one_stem(self, one: str, other: str) -> None:
        assert stem(one) == stem(other)

    @pytest.mark.parametrize(("one", "other"), [("press", "pres"), ("red", "reed"), ("bring", "bred")])
    def test_different_words_do_not(self, one: str, other: str) -> None:
        assert stem(one) != stem(other)

    @pytest.mark.parametrize(
        ("wanted", "written", "same"),
        [
            ("password", "pasword", True),
            ("password", "passwrod", True),
            ("confirmed", "confrimed", True),
            ("unlocked", "unlokced", True),
            ("locked", "looked", False),
            ("called", "caller", False),
            ("phone", "phony", False),
            ("lt-20417", "lt-20418", False),
            ("20417", "20418", False),
        ],
    )
    def test_one_slip_in_a_long_word(self, wanted: str, written: str, same: bool) -> None:
        pairs = zip(tokens(wanted), tokens(written), strict=True)
        assert all(same_word(one, other) for one, other in pairs) is same

    def test_accents_case_and_apostrophes_do_not_matter(self) -> None:
        assert tokens("María's Büro, LT-20417") == ["marias", "buro", "lt", "20417"]

    @given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
    def test_one_edit_is_symmetric(self, one: str, other: str) -> None:
        assert one_edit_apart(one, other) == one_edit_apart(other, one)


class TestNoteAnswers:
    CHECK = {"type": "note_answers", "questions": ["why", "fix"]}

    def test_met_quotes_the_note(self) -> None:
        note = "It was the phone with its old password. I unlocked the account."
        result = judged(self.CHECK, Talk(scenario()).wrote(note).ended())
        assert result.result == "met"
        assert all(note[piece.start : piece.end] == piece.quote for piece in result.evidence)
        assert {piece.kind for piece in result.evidence} == {"note"}

    def test_partly_names_what_is_still_open(self) -> None:
        result = judged(self.CHECK, Talk(scenario()).wrote("I unlocked the account for her.").ended())
        assert (result.result, result.points) == ("partly", 0.5)
        assert "Why did it lock again?" in result.reason

    @pytest.mark.parametrize("note", ["", "done", "The laptop was fine."])
    def test_missed(self, note: str) -> None:
        assert judged(self.CHECK, Talk(scenario()).wrote(note).ended()).result == "missed"
