"""Template tags that every page may use: ``{% load interface %}``."""

from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField, CheckboxInput, PasswordInput, RadioSelect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_MESSAGE_ICONS = {"success": "check", "warning": "alert", "error": "alert"}


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """Draw one symbol of ``static/img/icons.svg``; it is decoration, the words stand beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {css_class}" if css_class else "",
        static("img/icons.svg"),
        name,
    )


@register.filter
def message_icon(message: Message) -> str:
    """Name the symbol that goes with the level of a message."""
    return _MESSAGE_ICONS.get(message.level_tag, "info")


@register.filter
def kind(field: BoundField) -> str:
    """Say how a form field is drawn: ``check``, ``choices``, ``secret`` or ``plain``."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, RadioSelect):
        return "choices"
    return "secret" if isinstance(widget, PasswordInput) else "plain"


@register.filter
def initials(user: Any) -> str:
    """Return one or two letters that stand for a person."""
    letters = [name[0] for name in (user.first_name, user.last_name) if name]
    return "".join(letters).upper() or user.display_name[:1].upper()


@register.simple_tag
def drawing_url(name: str) -> str:
    """Return the address of a drawing in ``static/img``, such as ``empty-list``."""
    return static(f"img/{name}.svg")
