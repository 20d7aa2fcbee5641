"""Somebody who fears to have broken something: asks twice, apologises, is grateful for every clear word."""

LINES: dict[str, tuple[str, ...]] = {}
