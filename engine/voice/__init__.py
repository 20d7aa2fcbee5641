"""The built-in voice: puts words on what the customer conveys. It knows nothing that the moves do not hold.

Wordings come from the author where a move brings them, else from the persona's archetype, else from the common
bank. No line comes twice in a call: when the fresh ones are used up, a line returns behind a lead-in ("As I said: …").
"""

from engine.voice.reply import Reply, Worded
from engine.voice.wording import word

__all__ = ["Reply", "Worded", "word"]
