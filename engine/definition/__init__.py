"""A scenario, as data: what is true, who is on the line, what they know, and how the call is judged.

Every part is a frozen pydantic model; an unknown field is an error. Whether names refer to things that exist is
checked by `engine.references`, whether the scenario can be played well by `engine.lint`. The format is told to
authors in docs/scenario-format.md.
"""

from engine.definition.caller import Answer, Caller, OtherAnswer, Persona, ProofResult, Style, Traits
from engine.definition.conduct import Action, Fact, Report, Slip
from engine.definition.estate import Asset, Estate, Person, Service, Variable
from engine.definition.judgement import Article, Conclusion, Criterion, NoteQuestion, Rubric, Walkthrough
from engine.definition.scenario import Scenario
from engine.definition.ticket import Desk, Reporter, Sla, Ticket

__all__ = [
    "Action",
    "Answer",
    "Article",
    "Asset",
    "Caller",
    "Conclusion",
    "Criterion",
    "Desk",
    "Estate",
    "Fact",
    "NoteQuestion",
    "OtherAnswer",
    "Person",
    "Persona",
    "ProofResult",
    "Report",
    "Reporter",
    "Rubric",
    "Scenario",
    "Service",
    "Sla",
    "Slip",
    "Style",
    "Ticket",
    "Traits",
    "Variable",
    "Walkthrough",
]
