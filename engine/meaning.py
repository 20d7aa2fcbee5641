"""What a trainee's message means in this scenario: its acts, and which questions and instructions of the author's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.definition import Scenario
from engine.parts import Part
from engine.phrases import (
    ANSWERS,
    BEGINS_AS_QUESTION,
    FORBIDS,
    OWN_TAG,
    POINTS_BACK,
    REPORTS_BACK,
    SPEAKS_OF_SELF,
    STATES,
    TAKES_BACK,
    WORDS_OF_FIELD,
    WORDS_OF_PROOF,
)
from engine.understanding import read_message
from engine.understanding.acts import FAULTS, FINDING_OUT, Act
from engine.understanding.reader import as_answer
from engine.understanding.reading import ActReading, Reading, SentenceReading
from engine.vocabulary import IdentityField, Proof

QUESTION_MATCH = 0.5
"""Similarity from which a sentence means one of an author's questions or instructions."""
ASKED_MATCH = 0.42
"""Similarity from which a sentence that asks for something means one of the author's questions."""
SURE_MATCH = 0.75
"""Similarity that counts even where the sentence was not read as a question or an instruction."""
CERTAIN_MATCH = 0.9
"""Similarity that counts even where the sentence was read as something else."""
ACT_BONUS = 0.25
"""What it adds to a fact's similarity that the sentence does an act which asks for this fact."""

FEW_WORDS = 3
"""A single word is no instruction, whatever it is like."""
ABOUT_ELSE = 6
"""Words from which a sentence that is like none of the author's questions is about something else."""
SURE_ACT = 0.75
"""Confidence from which it asks for what its act asks for all the same."""
NEARLY = 0.15
"""By how much an instruction may be liker to a question and is still taken for the step."""
OWN_WORDING = 0.9
"""Similarity from which a sentence is one of the author's own wordings, which are no faults."""
SURE_FAULT = 0.65
"""Confidence from which a fault of tone counts: to be accused for nothing is worse than to get away once."""
LESS_THAN_A_QUESTION = frozenset({Act.CONFIRM_FIX, Act.OFFER_MORE_HELP, Act.ASK_PERMISSION})
"""What a sentence that is one of the author's questions is often taken for as well."""
SURE_BESIDES = 0.9
"""Confidence from which it is that besides."""
DOUBTFUL_FAULTS = frozenset({Act.BLAME, Act.DISMISS, Act.DISCLOSE_RECORD, Act.MANIPULATE})
"""Faults of tone, which a plain question can be mistaken for. Secrets are not among them: too much hangs on those."""

FIELD_BY_ACT = {
    Act.ASK_NAME: IdentityField.NAME,
    Act.ASK_USERNAME: IdentityField.USERNAME,
    Act.ASK_ASSET_TAG: IdentityField.ASSET_TAG,
}
UNDECIDED = frozenset({Act.ACKNOWLEDGE, Act.GREET, Act.OTHER, Act.REQUEST_HOLD})
"""Acts beside which a sentence in the words of an instruction may still be one."""
SHORT_ANSWER = 5
"""Words up to which a sentence that begins so answers the question that the customer asked."""


class Meaning(Part):
    """`facts`, `others` and `chores` are ids in the order in which they were asked for; `fields` likewise."""

    reading: Reading
    fields: tuple[IdentityField, ...] = ()
    hints: tuple[IdentityField, ...] = ()
    """Details of which the trainee said where to look."""
    facts: tuple[str, ...] = ()
    others: tuple[int, ...] = ()
    chores: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    open_question: bool = False
    """Asked what is wrong, without naming anything the author foresaw."""
    unanswerable: tuple[Act, ...] = ()
    """Questions that this scenario has no answer to."""
    unknown_instruction: bool = False
    forbidden: bool = False
    """Told to leave something alone, and nothing else."""
    sure: tuple[str, ...] = ()
    """Those of `facts` that were surely meant: only these can have been asked twice."""
    lost_question: bool = False
    """A question among the sentences was not understood at all."""

    @property
    def followed(self) -> bool:
        understood = set(self.reading.acts) - {Act.OTHER}
        return bool(understood or self.hints or self.facts or self.chores or self.others)

    def has(self, *acts: Act) -> bool:
        return any(self.reading.has(act) for act in acts)


def find_meaning(scenario: Scenario, text: str, *, said_last: str | None = None) -> Meaning:
    """Read `text` (a whole trainee message) against the scenario. Pure: the same text means the same.

    `said_last` is what the customer said just before: a bare "yes, of course" answers their question.
    """
    reading = _without_misread_faults(scenario, read_message(text, context=said_last))
    reading = Reading(sentences=tuple(as_answer(each, said_last) for each in reading.sentences))
    found = _Findings(scenario)
    for sentence in reading.sentences:
        if not _is_answer(sentence, said_last):
            found.add(sentence)
    if TAKES_BACK.search(text):
        found.chores.clear()
    return Meaning(
        reading=reading,
        fields=tuple(found.fields),
        hints=tuple(_hinted(scenario, reading)),
        facts=tuple(found.facts),
        others=tuple(found.others),
        chores=tuple(found.chores),
        proofs=tuple(found.proofs),
        open_question=found.open_question and not found.facts,
        unanswerable=tuple(found.unanswerable),
        unknown_instruction=found.unknown_instruction and not found.chores,
        forbidden=found.forbidden and not found.chores,
        sure=tuple(found.sure),
        lost_question=found.lost_question,
    )


def _hinted(scenario: Scenario, reading: Reading) -> Iterator[IdentityField]:
    for field, answer in scenario.caller.answers.items():
        likeness = (_best(scenario.hints[field].best(each.text))[1] for each in reading.sentences)
        if answer.finds_by and max(likeness, default=0.0) >= QUESTION_MATCH:
            yield field


def _is_answer(sentence: SentenceReading, said_last: str | None) -> bool:
    """Whether a few words answer what the customer asked: "On the iPhone." asks for nothing."""
    if any(sentence.has(act) for act in FIELD_BY_ACT):
        return False
    asked = said_last is not None and said_last.rstrip().endswith("?")
    short = len(sentence.text.split()) <= SHORT_ANSWER and "?" not in sentence.text
    return asked and short and ANSWERS.match(sentence.text) is not None


class _Sentence:
    """One sentence with the author's items that it comes closest to, each with its similarity from 0 to 1."""

    def __init__(self, scenario: Scenario, sentence: SentenceReading) -> None:
        self.text = sentence.text
        self.acts = {reading.act for reading in sentence.acts}
        self.sureness = max((reading.confidence for reading in sentence.acts), default=0.0)
        self.words = len(sentence.text.split())
        wanted = FORBIDS.sub("", sentence.text)
        self.forbids = wanted != sentence.text
        left = not self.forbids or len(wanted.split()) >= FEW_WORDS
        self.chore, self.as_chore = _best(scenario.instructions.best(wanted)) if left else ("", 0.0)
        told = "?" not in sentence.text
        self.speaks_of_self = told and SPEAKS_OF_SELF.match(sentence.text) is not None
        self.states = told and STATES.match(sentence.text) is not None
        self.questions = scenario.questions.best(sentence.text)
        _, self.as_question = _best(self.questions)
        self.other, self.as_other = _best(scenario.other_questions.best(sentence.text))

    @property
    def asks(self) -> set[Act]:
        return self.acts & (FINDING_OUT | {Act.ASK_OTHER_ID})

    @property
    def may_be_about_else(self) -> bool:
        """It is long, and what it does was not read surely: a question about things that nobody foresaw."""
        return self.words >= ABOUT_ELSE and self.sureness < SURE_ACT

    def asks_for_other(self) -> bool:
        """It wants one of the caller's other answers rather than a fact."""
        wanted = QUESTION_MATCH if Act.ASK_OTHER_ID in self.acts else SURE_MATCH
        return self.as_other >= max(wanted, self.as_question)

    def asks_for_chore(self) -> bool:
        """It wants the customer to do one of their actions, rather than to tell something."""
        if Act.INSTRUCT in self.acts and not self.asks:
            return self.as_chore >= max(QUESTION_MATCH, self.as_question - NEARLY)
        if self.acts & {Act.INSTRUCT, Act.CONFIRM_FIX}:
            return self.as_chore >= max(QUESTION_MATCH, self.as_question)
        if self.asks or self.acts & FIELD_BY_ACT.keys():
            return self.as_chore >= CERTAIN_MATCH and self.as_chore > self.as_question
        tells = self.speaks_of_self or self.states or self.acts - UNDECIDED
        return self.as_chore >= max(SURE_MATCH, self.as_question) and not tells and self.words >= FEW_WORDS

    def fields(self) -> list[IdentityField]:
        """The identity fields asked for; the label of some other thing that the author foresaw is none of them."""
        fields = [FIELD_BY_ACT[act] for act in sorted(self.acts & FIELD_BY_ACT.keys())]
        if fields:  # "your full name, login and the tag of the laptop?" asks for all that it lists
            fields += [field for field, words in WORDS_OF_FIELD.items() if words.search(self.text)]
            fields = list(dict.fromkeys(fields))
        other_label = self.as_question >= SURE_MATCH and not OWN_TAG.search(self.text)
        return [field for field in fields if field is not IdentityField.ASSET_TAG or not other_label]


def _without_misread_faults(scenario: Scenario, reading: Reading) -> Reading:
    """The reading, in which a question or instruction in the author's words is no fault of the trainee's.

    A message that is addressed to the simulation is that alone: nothing else in it is done for the customer.
    """
    sentences = tuple(_without_misreadings(scenario, each) for each in reading.sentences)
    if any(sentence.has(Act.MANIPULATE) for sentence in sentences):
        sentences = tuple(_only_faults(sentence) for sentence in sentences)
    return Reading(sentences=sentences)


def _only_faults(sentence: SentenceReading) -> SentenceReading:
    kept = tuple(reading for reading in sentence.acts if reading.act in FAULTS)
    return sentence.model_copy(update={"acts": kept})


def _without_misreadings(scenario: Scenario, sentence: SentenceReading) -> SentenceReading:
    if not any(reading.act in DOUBTFUL_FAULTS | LESS_THAN_A_QUESTION for reading in sentence.acts):
        return sentence
    as_question = _best(scenario.questions.best(sentence.text))[1]
    own = max(as_question, _best(scenario.instructions.best(sentence.text))[1]) >= OWN_WORDING

    def stands(reading: ActReading) -> bool:
        if reading.act in DOUBTFUL_FAULTS:
            return not own and reading.confidence >= SURE_FAULT
        if reading.act in LESS_THAN_A_QUESTION:
            return as_question < SURE_MATCH or reading.confidence >= SURE_BESIDES
        return True

    return sentence.model_copy(update={"acts": tuple(filter(stands, sentence.acts))})


class _Findings:
    """Goes through the sentences and collects what they ask for, each thing once."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.fields: dict[IdentityField, None] = {}
        self.facts: dict[str, None] = {}
        self.others: dict[int, None] = {}
        self.chores: dict[str, None] = {}
        self.proofs: dict[Proof, None] = {}
        self.unanswerable: dict[Act, None] = {}
        self.open_question = False
        self.unknown_instruction = False
        self.forbidden = False
        self.sure: dict[str, None] = {}
        self.lost_question = False

    def add(self, reading: SentenceReading) -> None:
        if reading.has(Act.MANIPULATE):
            return  # who speaks to the simulation asks the customer for nothing
        sentence = _Sentence(self.scenario, reading)
        points_back = bool(self.fields) and POINTS_BACK.search(sentence.text) is not None
        self.fields.update(dict.fromkeys(sentence.fields()))
        if Act.START_POSSESSION_CHECK in sentence.acts:
            self.proofs[_proof_meant(self.scenario, sentence.text)] = None
        if sentence.asks_for_other():
            self.others[int(sentence.other)] = None
        elif sentence.asks_for_chore():
            self.chores[sentence.chore] = None
        elif not (points_back and sentence.as_question < SURE_MATCH):
            self._note_instruction(sentence)
            self._add_facts(sentence)

    def _note_instruction(self, sentence: _Sentence) -> None:
        """An instruction that the author has not foreseen, or one to leave something alone."""
        if Act.INSTRUCT not in sentence.acts:
            return
        self.forbidden |= sentence.forbids
        told = sentence.forbids or sentence.speaks_of_self or sentence.states
        self.unknown_instruction |= not told and sentence.as_question < QUESTION_MATCH

    def _add_facts(self, sentence: _Sentence) -> None:
        """The fact that it asks for: by the author's wordings, and by acts that ask for that fact alone."""
        tells = sentence.acts and not sentence.asks and "?" not in sentence.text
        if tells or sentence.speaks_of_self or sentence.states or REPORTS_BACK.search(sentence.text):
            return
        fact, score = self._likeliest(sentence)
        if score >= self._needed(sentence):
            self.facts[fact] = None
            if sentence.as_question >= SURE_MATCH:
                self.sure[fact] = None
        elif Act.ASK_PROBLEM in sentence.asks:
            self.open_question = True
        else:
            self.unanswerable.update(dict.fromkeys(sorted(sentence.asks - {Act.ASK_PERMISSION})))
            self.lost_question |= "?" in sentence.text and not sentence.acts - {Act.SMALL_TALK, Act.OTHER}

    def _needed(self, sentence: _Sentence) -> float:
        """How like a question must be: the less its acts ask, the more."""
        if sentence.asks or (not sentence.acts and "?" in sentence.text):
            return ASKED_MATCH
        return QUESTION_MATCH if not sentence.acts and BEGINS_AS_QUESTION.match(sentence.text) else SURE_MATCH

    def _likeliest(self, sentence: _Sentence) -> tuple[str, float]:
        scores = dict.fromkeys(self.scenario.facts, 0.0) | dict(sentence.questions)
        if sentence.as_question >= OWN_WORDING:
            return sentence.questions[0]
        for name, fact in self.scenario.facts.items():
            if sentence.asks & set(fact.acts) and not (scores[name] < 0.1 and sentence.may_be_about_else):
                scores[name] = max(scores[name] + ACT_BONUS, ASKED_MATCH)
        best = max(scores, key=lambda name: scores[name])
        return best, scores[best]


def _best(matches: list[tuple[str, float]]) -> tuple[str, float]:
    return matches[0] if matches else ("", 0.0)


def _proof_meant(scenario: Scenario, text: str) -> Proof:
    """The proof that the most words point to; the manager's name points to the manager alone."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    hits = {proof: len(words & hints) for proof, hints in WORDS_OF_PROOF.items()}
    if words & set(scenario.claimed_person.manager.lower().split()):
        hits[Proof.MANAGER_APPROVAL] += len(words)
    offered = list(scenario.caller.proofs) or list(Proof)
    return max(offered, key=lambda proof: hits[proof])
