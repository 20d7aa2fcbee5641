"""What a text from outside may be before anything else sees it."""

from accounts.texts import unstorable
from sessions_app.errors import InvalidText

__all__ = ["clean_text", "unstorable"]


def clean_text(value: object, *, field: str, limit: int, required: bool = True, trim: bool = True) -> str:
    """Return `value` fit to be stored, or raise `InvalidText` naming `field`.

    A text has at most `limit` characters and no NUL or lone surrogate, which PostgreSQL cannot store. Blank
    is refused where `required`.
    """
    if not isinstance(value, str):
        raise InvalidText(field, f"`{field}` must be a text.")
    text = value.strip() if trim else value
    if required and not text.strip():
        raise InvalidText(field, f"`{field}` is empty. Write something first.")
    if len(text) > limit:
        raise InvalidText(field, f"`{field}` has {len(text):,} characters; {limit:,} is the most.")
    if problem := unstorable(text):
        raise InvalidText(field, f"`{field}` holds {problem}. Remove it and send it again.")
    return text
