"""How often streamed replies are read."""

from __future__ import annotations

from dataclasses import dataclass

# Readings a second over all replies. With one on its way a piece waits for 2.5 ms, with fifty for
# 125 ms at most; a sentence takes longer to be written.
READINGS = 400
LONGEST_PAUSE = 0.25


@dataclass
class Pace:
    """What replies of all models share: the more are on their way, the less often each is read.

    Attributes:
        replies: How many are on their way.
    """

    replies: int = 0

    @property
    def pause(self) -> float:
        """Seconds between two readings of one reply."""
        return min(LONGEST_PAUSE, self.replies / READINGS)
