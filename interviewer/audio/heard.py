"""The two halves of voice: what hears an answer, and what reads a question aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from interviewer.audio.recording import Recording


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word that was recognised.

    Attributes:
        text: The word.
        start: When it began, in seconds from the beginning of the recording.
        end: When it ended.
    """

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What was recognised in a recording.

    Attributes:
        text: The words; they are a proposal, which the candidate corrects before sending it.
        words: The same one by one with their times, empty where the recogniser gives none.
        seconds: Length of the recording.
    """

    text: str
    words: tuple[HeardWord, ...]
    seconds: float

    @property
    def spoken_seconds(self) -> float:
        """From the first word to the last where times are known, else the whole recording."""
        if not self.words:
            return self.seconds
        return max(word.end for word in self.words) - min(word.start for word in self.words)


@dataclass(frozen=True, slots=True)
class Sound:
    """Speech that was made.

    Attributes:
        content: The file.
        kind: Its media type.
    """

    content: bytes
    kind: str


class Hears(Protocol):
    """Recognises what somebody said."""

    @property
    def name(self) -> str:
        """What a page calls it."""
        ...

    async def hear(self, recording: Recording, language: str) -> Heard:
        """Return what was said.

        Args:
            recording: One answer.
            language: The language it is meant to be in, `en` or `zh`.

        Raises:
            AudioFault: It cannot be understood now.
        """
        ...


class Speaks(Protocol):
    """Reads text aloud."""

    @property
    def name(self) -> str:
        """What a page calls it."""
        ...

    async def speak(self, text: str, language: str) -> Sound:
        """Return a text as speech.

        Raises:
            AudioFault: It cannot be spoken now.
        """
        ...
