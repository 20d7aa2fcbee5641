"""What was understood of one message: its sentences, their exact places and their acts."""

from pydantic import BaseModel, ConfigDict, Field

from engine.understanding.acts import Act


class ActReading(BaseModel):
    """One act read in a sentence, with the probability (0-1) that the reading is right."""

    model_config = ConfigDict(frozen=True)

    act: Act
    confidence: float = Field(ge=0.0, le=1.0)


class SentenceReading(BaseModel):
    """One sentence: `text == message[start:end]`, and its acts, the surest first.

    No acts at all means that the sentence was not followed; `other` means that it clearly is no act.
    """

    model_config = ConfigDict(frozen=True)

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    acts: tuple[ActReading, ...] = ()

    def has(self, act: Act) -> bool:
        """Tell whether this sentence was read as `act`."""
        return any(reading.act == act for reading in self.acts)


class Reading(BaseModel):
    """A message as a list of sentences, in the order in which they were written."""

    model_config = ConfigDict(frozen=True)

    sentences: tuple[SentenceReading, ...] = ()

    @property
    def acts(self) -> tuple[Act, ...]:
        """All acts of the message, each once, in order of first appearance."""
        return tuple(dict.fromkeys(read.act for sentence in self.sentences for read in sentence.acts))

    @property
    def followed(self) -> bool:
        """Tell whether anything at all was understood."""
        return any(sentence.acts for sentence in self.sentences)

    def has(self, act: Act) -> bool:
        """Tell whether any sentence was read as `act`."""
        return any(sentence.has(act) for sentence in self.sentences)

    def spans(self, act: Act) -> tuple[tuple[int, int], ...]:
        """Character ranges (start, end) in the original message of the sentences read as `act`."""
        return tuple((s.start, s.end) for s in self.sentences if s.has(act))
