"""What is remembered of an interview over all its rounds: a fold over the transcript."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewer.interview.heard import Heard
from interviewer.transcript import MoveRecord, Turn

# Names under which a move keeps which claims it put side by side, and which question it took up.
CONTRADICTION = "contradiction"
STILL_OPEN = "still_open"


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A question of the candidate's that an examiner could not answer.

    Attributes:
        seq: The candidate's turn.
        round: Its round.
        text: The question.
    """

    seq: int | None
    round: str
    text: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What one examiner leaves to the next.

    Attributes:
        heard: Every answer of the interview, oldest first.
        raised: Turns of the claims that were put side by side.
        open: Questions of the candidate's that are not answered yet.
    """

    heard: tuple[Heard, ...] = ()
    raised: tuple[tuple[int, int], ...] = ()
    open: tuple[LeftOpen, ...] = ()

    def listened(self, heard: Heard) -> Memory:
        """Return the memory with one more answer."""
        return replace(self, heard=(*self.heard, heard))

    def spoke(self, turn: Turn, move: MoveRecord) -> Memory:
        """Return the memory after a turn of an examiner."""
        match move.extra.get(CONTRADICTION):
            case {"before": int(before), "now": int(now)}:
                return replace(self, raised=(*self.raised, (before, now)))
        match move.extra.get(STILL_OPEN):
            case {"seq": int(seq)}:
                left = tuple(left for left in self.open if left.seq != seq)
                return replace(self, open=left) if turn.retrieved else self
        if move.kind == "answer" and not turn.retrieved and self.heard:
            last = self.heard[-1]
            asked = " ".join(last.reading.questions)
            if asked and not last.reading.gives_orders:
                return replace(self, open=(*self.open, LeftOpen(last.seq, last.round, asked)))
        return self


NOTHING_HEARD = Memory()
