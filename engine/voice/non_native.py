"""Somebody who writes English as a later language: short, plain sentences, asks for plain words, never silly."""

LINES: dict[str, tuple[str, ...]] = {}
