"""What is known of a whole interview before any competency of it is scored. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.assessment.heights import Height, heights_in
from interviewer.content.library import Library
from interviewer.interview.plan import Plan
from interviewer.interview.sealed import Points
from interviewer.interview.sealing import sealing
from interviewer.transcript import Transcript, Turn


@dataclass(frozen=True, slots=True)
class Judging:
    """What every competency of an interview is scored with.

    Turns of a file from elsewhere may share a number, so that they are told apart as objects.

    Attributes:
        language: Language of the interview.
        points: What good answers hold, by item.
        heights: How high each ladder was climbed, 0 to 1, by item.
        questions: What the examiner said before each turn of the candidate.
        repeated: The candidate's turns that repeat an earlier one word for word, to any question.
    """

    language: str
    points: Mapping[str, Points]
    heights: Mapping[str, float]
    questions: Mapping[int, str]
    repeated: frozenset[int]

    def question_before(self, turn: Turn) -> str:
        """Return what the examiner said before a turn of the candidate."""
        return self.questions[id(turn)]

    def is_repeated(self, turn: Turn) -> bool:
        """Whether a turn was said before, word for word."""
        return id(turn) in self.repeated


def judging_of(plan: Plan, transcript: Transcript, library: Library) -> Judging:
    """Return what an interview is judged with.

    The value holds as long as the transcript it was made of.
    """
    return Judging(
        language=transcript.interview.language or "en",
        points=sealing(library)(plan).points,
        heights={
            height.item: _share(height)
            for part in plan.rounds
            for height in heights_in(part, transcript)
        },
        questions=_questions(transcript),
        repeated=_repeated(transcript),
    )


def _share(height: Height) -> float:
    steps = height.steps
    return (steps.index(height.reached) + 1) / len(steps) if height.reached in steps else 0.0


def _questions(transcript: Transcript) -> dict[int, str]:
    found: dict[int, str] = {}
    last = ""
    for turn in transcript.turns:
        if turn.by_examiner:
            last = turn.content
        else:
            found[id(turn)] = last
    return found


def _repeated(transcript: Transcript) -> frozenset[int]:
    found: set[int] = set()
    seen: set[str] = set()
    for turn in transcript.turns:
        if turn.by_candidate:
            words = " ".join(turn.content.lower().split())
            if words in seen:
                found.add(id(turn))
            seen.add(words)
    return frozenset(found)
