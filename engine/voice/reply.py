"""What the customer writes."""

from engine.parts import Part


class Reply(Part):
    """`typing_ms`: how long the customer is shown typing before the text appears. `moves`: what it conveys, for the
    audit, such as `tell:error_text`."""

    text: str
    typing_ms: int
    moves: tuple[str, ...]
