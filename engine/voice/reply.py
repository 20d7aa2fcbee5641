"""What the customer writes."""

from engine.parts import Part


class Worded(Part):
    """One thing that was conveyed: the move, such as `tell:error_text`, and the line that the voice chose for it."""

    move: str
    line: str


class Reply(Part):
    """`typing_ms`: how long the customer is shown typing before the text appears. `moves`: what it conveys, for the
    audit, such as `tell:error_text`. `plan`: the same with the lines chosen, before they were joined and styled; moves
    that were left for another turn are not in it."""

    text: str
    typing_ms: int
    moves: tuple[str, ...]
    plan: tuple[Worded, ...] = ()
