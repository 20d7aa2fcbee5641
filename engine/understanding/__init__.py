"""Understanding: a trainee's text to dialogue acts, values and the author's items."""

from engine.understanding.model import Understanding
from engine.understanding.reader import read_message
from engine.understanding.store import load_understanding

__all__ = ["Understanding", "load_understanding", "read_message"]
