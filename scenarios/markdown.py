"""Markdown of scenarios and articles, as HTML that fits under the headings of a page."""

import re

from django.utils.safestring import SafeString, mark_safe

from accounts.rendering import render_markdown

_HEADING = re.compile(r"(</?h)([1-6])(>)")


def render_body(text: str, *, top: int = 3) -> SafeString:
    """Return safe HTML whose highest headings are `<h{top}>`, so that a page's outline stays whole."""
    html = render_markdown(text)
    levels = [int(match[2]) for match in _HEADING.finditer(html)]
    if not levels:
        return html
    lower_by = top - min(levels)
    # Attributes were cleaned away, so a heading's tag is nothing but its name.
    moved = _HEADING.sub(lambda tag: f"{tag[1]}{min(6, int(tag[2]) + lower_by)}{tag[3]}", html)
    return mark_safe(moved)  # noqa: S308 (only levels changed)
