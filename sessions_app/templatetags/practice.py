"""Template tags for pages about practice: ``{% load practice %}``."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sessions_app.debrief.words import span_words

register = template.Library()

_RESULTS = {
    "met": ("check", "good"),
    "partly": ("half", "warn"),
    "missed": ("cross", "bad"),
    "cannot_assess": ("info", "line"),
}


@register.filter
def span(seconds: float | None) -> str:
    """Say a length of time: “6 min 12 s”; a dash where there is none."""
    return "–" if seconds is None else span_words(seconds)


@register.filter
def clock(seconds: float) -> str:
    """Write a moment of the call as minutes and seconds: “6:12”."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


@register.filter
def points(score: float | None) -> str:
    """Write a score without needless decimals: “100”, “67.82”; a dash where there is none."""
    if score is None:
        return "–"
    rounded = round(float(score), 2)
    decimals = 0 if rounded == int(rounded) else 2
    return number_format(rounded, decimal_pos=decimals)


@register.filter
def signed(number: float) -> str:
    """Write a change with its sign: “+6”, “−3”, “±0”."""
    whole = round(number)
    if whole == 0:
        return "±0"
    return f"{'+' if whole > 0 else '−'}{number_format(abs(whole))}"


@register.filter
def result_icon(result: str) -> str:
    """Name the symbol of what came of a criterion."""
    return _RESULTS[result][0]


@register.filter
def result_tone(result: str) -> str:
    """Name the tone of what came of a criterion, as chips have it."""
    return _RESULTS[result][1]


@register.filter
def heat(score: float | None) -> str:
    """Name the step of a heat map that a score falls into, from ``heat-1`` (low) to ``heat-5``."""
    if score is None:
        return "heat-none"
    steps = (50, 70, 80, 90)
    return f"heat-{1 + sum(score >= step for step in steps)}"


@register.filter
def heat_words(score: float | None) -> str:
    """Say the step of a heat map in a word."""
    words = {
        "heat-none": _("not assessed"),
        "heat-1": _("weak"),
        "heat-2": _("below the mark"),
        "heat-3": _("fair"),
        "heat-4": _("good"),
        "heat-5": _("strong"),
    }
    return words[heat(score)]
