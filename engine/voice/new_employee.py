"""Wordings of this kind of person."""

LINES: dict[str, tuple[str, ...]] = {}
