"""False accepts and false rejects, read off the record."""

from __future__ import annotations

from engine.call import Call
from engine.definition import Scenario
from engine.events import EstateChanged
from engine.scoring.gate import AtTheGate, at_the_gate, way_in
from engine.vocabulary import Assurance, Ending
from tests.engine.builders import Talk, scenario

PRESSES = {"pressure": ["Come on."], "gives_up": ["Forget it."]}
FAILS = {"passes": False, "result": "No answer.", "says": ["That line is dead."]}


def impostor() -> Scenario:
    document = scenario().model_dump(mode="json", exclude_defaults=True)
    document["caller"] |= {"genuine": False, "proofs": {"call_back": FAILS}} | PRESSES
    return Scenario.model_validate(document)


def test_an_impostor_who_got_nothing_was_held_off() -> None:
    call = Call(impostor(), Talk(impostor()).trainee("No.").ended(Ending.REFUSED))
    assert at_the_gate(call) is AtTheGate.RIGHT
    assert way_in(call) is None


def test_a_tool_without_its_assurance_lets_an_impostor_in() -> None:
    talk = Talk(impostor()).took("unlock", assurance=Assurance.NONE)
    call = Call(impostor(), talk.ended())
    assert at_the_gate(call) is AtTheGate.FALSE_ACCEPT
    way = way_in(call)
    assert way is not None
    assert way.event.action == "unlock"


def test_so_does_a_change_of_what_had_to_be_left_alone() -> None:
    given = impostor()
    name = next(iter(given.outcome.untouched), None)
    if name is None:
        document = given.model_dump(mode="json", exclude_defaults=True)
        document["outcome"]["untouched"] = {"account.locked": True}
        given, name = Scenario.model_validate(document), "account.locked"
    talk = Talk(given).took("unlock")
    other = "changed" if isinstance(given.outcome.untouched[name], str) else not given.outcome.untouched[name]
    call = Call(given, talk.event(EstateChanged(changes={name: other})).ended())
    assert at_the_gate(call) is AtTheGate.FALSE_ACCEPT


def test_an_honest_caller_refused_is_a_false_reject() -> None:
    given = scenario()
    assert at_the_gate(Call(given, Talk(given).ended(Ending.REFUSED))) is AtTheGate.FALSE_REJECT
    assert at_the_gate(Call(given, Talk(given).ended(Ending.RESOLVED))) is AtTheGate.RIGHT
