"""What a text from outside may hold."""


def unstorable(text: str) -> str:
    """Say which character of `text` cannot be stored; empty when all can."""
    if "\x00" in text:
        return "a NUL character"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "half of a character (a lone surrogate)"
    return ""
