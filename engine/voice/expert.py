"""Somebody who knows it all, or thinks so: has a theory, skips steps, comes round when shown."""

LINES: dict[str, tuple[str, ...]] = {}
