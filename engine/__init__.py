"""The simulated customer and the scoring: pure Python, no Django, no clock, no global randomness."""

ENGINE_VERSION = "2"
"""Stored with every score card: scores of one version can be compared and computed again."""
