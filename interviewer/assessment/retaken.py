"""Answers that were taken again while the interview ran: both are told, one is scored. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.assessment.evidence import Quote
from interviewer.transcript import Transcript, Turn


@dataclass(frozen=True, slots=True)
class Retaken:
    """One answer that was taken again.

    Attributes:
        round: Id of its round.
        asked: What the examiner had said before the first.
        first: The answer that does not count, a whole turn.
        second: The answer that counts, a whole turn.
    """

    round: str
    asked: str
    first: Quote
    second: Quote


def retaken_in(transcript: Transcript) -> tuple[Retaken, ...]:
    """Return the answers of an interview that were taken again, in the order they were."""
    count = {id(turn) for turn in transcript.counted.turns}
    found = []
    asked = ""
    answers: dict[int | None, tuple[str, Turn]] = {}
    for turn in transcript.turns:
        if turn.by_examiner:
            asked = turn.content
        elif turn.by_candidate and turn.seq is not None:
            question, first = answers.get(turn.retakes, (asked, None))
            if first is not None and first.seq is not None and id(first) not in count:
                said = Quote(first.seq, first.content), Quote(turn.seq, turn.content)
                found.append(Retaken(turn.round or "", question, *said))
            answers[turn.seq] = (question, turn)
    return tuple(found)
