"""What a finished session was worth: every criterion with its evidence, six dimensions, one score."""

from engine.scoring.card import FATAL_CAP, score
from engine.scoring.evidence import EvidenceMismatch

__all__ = ["FATAL_CAP", "EvidenceMismatch", "score"]
