"""What a trainee's message means in this scenario: its acts, and which questions and instructions of the author's."""

from __future__ import annotations

from engine.definition import Scenario
from engine.parts import Part
from engine.understanding import read_message
from engine.understanding.acts import FINDING_OUT, Act
from engine.understanding.reading import Reading, SentenceReading
from engine.vocabulary import IdentityField, Proof

QUESTION_MATCH = 0.5
"""Similarity from which a sentence means one of an author's questions or instructions."""
SURE_MATCH = 0.75
"""Similarity that counts even where the sentence was not read as a question or an instruction."""
ACT_BONUS = 0.25
"""What it adds to a fact's similarity that the sentence does an act which asks for this fact."""

FIELD_BY_ACT = {
    Act.ASK_NAME: IdentityField.NAME,
    Act.ASK_USERNAME: IdentityField.USERNAME,
    Act.ASK_ASSET_TAG: IdentityField.ASSET_TAG,
}
WORDS_OF_PROOF = {
    Proof.CALL_BACK: ("call", "ring", "phone", "number", "dial"),
    Proof.PUSH: ("push", "prompt", "notification", "authenticator", "app", "approve", "code", "device"),
    Proof.MANAGER_APPROVAL: ("manager", "supervisor", "boss"),
}


class Meaning(Part):
    """`facts`, `others` and `chores` are ids in the order in which they were asked for; `fields` likewise."""

    reading: Reading
    fields: tuple[IdentityField, ...] = ()
    facts: tuple[str, ...] = ()
    others: tuple[int, ...] = ()
    chores: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    open_question: bool = False
    """Asked what is wrong, without naming anything the author foresaw."""
    unanswerable: tuple[Act, ...] = ()
    """Questions that this scenario has no answer to."""
    unknown_instruction: bool = False

    @property
    def followed(self) -> bool:
        understood = set(self.reading.acts) - {Act.OTHER}
        return bool(understood or self.facts or self.chores or self.others)

    def has(self, *acts: Act) -> bool:
        return any(self.reading.has(act) for act in acts)


def find_meaning(scenario: Scenario, text: str) -> Meaning:
    """Read `text` (a whole trainee message) against the scenario. Pure: the same text means the same."""
    reading = read_message(text)
    found = _Findings(scenario)
    for sentence in reading.sentences:
        found.add(sentence)
    return Meaning(
        reading=reading,
        fields=tuple(found.fields),
        facts=tuple(found.facts),
        others=tuple(found.others),
        chores=tuple(found.chores),
        proofs=tuple(found.proofs),
        open_question=found.open_question and not found.facts,
        unanswerable=tuple(found.unanswerable),
        unknown_instruction=found.unknown_instruction and not found.chores,
    )


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

    def add(self, sentence: SentenceReading) -> None:
        acts = {reading.act for reading in sentence.acts}
        for act in acts & FIELD_BY_ACT.keys():
            self.fields[FIELD_BY_ACT[act]] = None
        if Act.START_POSSESSION_CHECK in acts:
            self.proofs[_proof_meant(self.scenario, sentence.text)] = None
        if Act.ASK_OTHER_ID in acts and self._add_other(sentence):
            return
        if self._add_chore(sentence, acts):
            return
        self._add_facts(sentence, acts)

    def _add_other(self, sentence: SentenceReading) -> bool:
        """Whether the sentence asks for one of the caller's other answers, rather than for a fact."""
        key, score = _best(self.scenario.other_questions.best(sentence.text))
        _, as_question = _best(self.scenario.questions.best(sentence.text))
        if score < QUESTION_MATCH or as_question > score:
            return False
        self.others[int(key)] = None
        return True

    def _add_chore(self, sentence: SentenceReading, acts: set[Act]) -> bool:
        """Whether the sentence asks for one of the customer's actions, rather than for a fact."""
        chore, score = _best(self.scenario.instructions.best(sentence.text))
        _, as_question = _best(self.scenario.questions.best(sentence.text))
        told_to = bool(acts & {Act.INSTRUCT, Act.CONFIRM_FIX})
        asks = bool(acts & (FINDING_OUT | FIELD_BY_ACT.keys()))
        meant = score >= (QUESTION_MATCH if told_to else SURE_MATCH) and not (asks and as_question >= score)
        if meant and not (asks and not told_to):
            self.chores[chore] = None
            return True
        self.unknown_instruction |= Act.INSTRUCT in acts and as_question < QUESTION_MATCH
        return False

    def _add_facts(self, sentence: SentenceReading, acts: set[Act]) -> None:
        """The fact that the sentence asks for: by the author's wordings, and by acts that ask for that fact alone."""
        asks = acts & (FINDING_OUT | {Act.ASK_OTHER_ID})
        if acts and not asks and "?" not in sentence.text:
            return
        fact, score = self._likeliest(sentence.text, asks)
        if score >= (QUESTION_MATCH if asks or not acts else SURE_MATCH):
            self.facts[fact] = None
        elif Act.ASK_PROBLEM in asks:
            self.open_question = True
        else:
            self.unanswerable.update(dict.fromkeys(sorted(asks - {Act.ASK_PERMISSION})))

    def _likeliest(self, text: str, asks: set[Act]) -> tuple[str, float]:
        scores = dict.fromkeys(self.scenario.facts, 0.0) | dict(self.scenario.questions.best(text))
        for name, fact in self.scenario.facts.items():
            if asks & set(fact.acts):
                scores[name] = max(scores[name] + ACT_BONUS, QUESTION_MATCH)
        best = max(scores, key=lambda name: scores[name])
        return best, scores[best]


def _best(matches: list[tuple[str, float]]) -> tuple[str, float]:
    return matches[0] if matches else ("", 0.0)


def _proof_meant(scenario: Scenario, text: str) -> Proof:
    words = text.lower()
    hits = {proof: sum(word in words for word in hints) for proof, hints in WORDS_OF_PROOF.items()}
    if any(part in words.split() for part in scenario.claimed_person.manager.lower().split()):
        hits[Proof.MANAGER_APPROVAL] += len(Proof)
    offered = list(scenario.caller.proofs) or list(Proof)
    return max(offered, key=lambda proof: hits[proof])
