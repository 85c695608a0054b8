"""What goes wrong with sound, as one word; `interviewer.audio.words` has the sentences."""

from __future__ import annotations


class AudioFault(Exception):
    """A recording cannot be used, was not understood, or no speech was made.

    Attributes:
        cause: One word for it.
    """

    def __init__(self, cause: str) -> None:
        """Keep the cause."""
        self.cause = cause
        super().__init__(cause)
