"""The words of a debrief, in the reader's language: moods, endings, proofs, lengths of time."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from engine.vocabulary import Assurance, Dimension, Ending, IdentityField, Proof
from sessions_app.models import CriterionOutcome, DimensionName

type Words = str | Promise

MOOD_CAUSES: Mapping[str, Words] = {
    "introduced": gettext_lazy("You said who you are"),
    "cared": gettext_lazy("You showed that you care"),
    "took_ownership": gettext_lazy("You took it on"),
    "said_what_comes_next": gettext_lazy("You said what comes next"),
    "explained": gettext_lazy("You explained the cause"),
    "kept_promise": gettext_lazy("You kept your promise"),
    "broke_promise": gettext_lazy("You were back later than promised"),
    "fixed": gettext_lazy("It worked again"),
    "verified_kindly": gettext_lazy("You said that their details match"),
    "asked_again": gettext_lazy("You asked the same thing again"),
    "jargon": gettext_lazy("You used words of the trade"),
    "unclear": gettext_lazy("They could not follow you"),
    "answered": gettext_lazy("You answered their own question"),
    "passed_over": gettext_lazy("You left their question without an answer"),
    "contradicted": gettext_lazy("You took back what you had said"),
    "left_waiting": gettext_lazy("You left them waiting in silence"),
    "passed_on": gettext_lazy("You passed them on"),
    "held_off": gettext_lazy("You held to the rule"),
    "blamed": gettext_lazy("You blamed them"),
    "brushed_off": gettext_lazy("You brushed them off"),
    "asked_for_secret": gettext_lazy("You asked for a password or code"),
    "talked_past": gettext_lazy("You talked past them"),
}
"""Each rule that moves the mood, as what the trainee did."""

SATISFIED: Mapping[int, Words] = {
    1: gettext_lazy("Very dissatisfied"),
    2: gettext_lazy("Dissatisfied"),
    3: gettext_lazy("So-so"),
    4: gettext_lazy("Satisfied"),
    5: gettext_lazy("Very satisfied"),
}

FIELDS: Mapping[IdentityField, Words] = {
    IdentityField.NAME: gettext_lazy("name"),
    IdentityField.USERNAME: gettext_lazy("username"),
    IdentityField.ASSET_TAG: gettext_lazy("asset tag"),
}
PROOFS: Mapping[Proof, Words] = {
    Proof.CALL_BACK: gettext_lazy("Call back on the number on file"),
    Proof.PUSH: gettext_lazy("Push to the enrolled device"),
    Proof.MANAGER_APPROVAL: gettext_lazy("Manager's approval"),
}
ASSURED: Mapping[Assurance, Words] = {
    Assurance.NONE: gettext_lazy("nobody was identified"),
    Assurance.IDENTIFIED: gettext_lazy("the caller was identified, but had proven nothing"),
    Assurance.PROVEN: gettext_lazy("the caller was proven"),
}
RELEVANCE: Mapping[str, Words] = {
    "solves": gettext_lazy("Solves it"),
    "helps": gettext_lazy("Helps"),
    "distracts": gettext_lazy("Leads astray"),
    "wrong": gettext_lazy("Wrong"),
    "general": gettext_lazy("General"),
}
ENDINGS: Mapping[Ending, Words] = {
    Ending.RESOLVED: pgettext_lazy("how a call ends", "Resolved"),
    Ending.ESCALATED: pgettext_lazy("how a call ends", "Escalated"),
    Ending.REFUSED: pgettext_lazy("how a call ends", "Refused"),
}


def ending_words(ending: Ending, team: str | None) -> str:
    """“Escalated to Identity and Access”."""
    if ending is Ending.ESCALATED and team:
        return _("Escalated to %(team)s") % {"team": team}
    return str(ENDINGS[ending])


def dimension_label(dimension: Dimension) -> str:
    return str(DimensionName(dimension).label)


def result_label(result: str) -> str:
    return str(CriterionOutcome(result).label)


def span_words(seconds: float) -> str:
    """A length of time in the two largest units that tell something: “45 s”, “6 min 12 s”, “1 h 5 min”."""
    whole = round(seconds)
    if whole < 60:
        return _("%(seconds)s s") % {"seconds": whole}
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        if not rest:
            return _("%(minutes)s min") % {"minutes": minutes}
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
    hours, minutes = divmod(minutes, 60)
    if not minutes:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def listed(words: Iterable[Words]) -> str:
    """“a, b and c”."""
    each = [str(word) for word in words]
    if len(each) < 2:
        return "".join(each)
    return _("%(first)s and %(last)s") % {"first": ", ".join(each[:-1]), "last": each[-1]}


def excerpt(text: str, limit: int = 120) -> str:
    """The beginning of a text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return f"{line[:limit].rsplit(' ', 1)[0].rstrip(',;:.–—-')} …"


def lower_first(sentence: str) -> str:
    """For a sentence that goes on after a colon; names and quotations keep their capital."""
    if sentence[:4] in ("You ", "The ", "It n", "Half") or sentence.startswith(("At the ", "After ")):
        return sentence[0].lower() + sentence[1:]
    return sentence
