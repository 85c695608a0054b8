"""What is known of a whole interview before any competency of it is scored. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.assessment.heights import Height, heights_in
from interviewer.content.library import Library
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.sealed import Points
from interviewer.interview.sealing import sealing
from interviewer.reading.tongue import has_chinese
from interviewer.research.sentences import sentences
from interviewer.transcript import Transcript, Turn

# A sentence that served so many questions is no answer to any of them.
_STOCK = 3
# What is shorter ("That was it, really") is said again by chance; characters, in Chinese or not.
_SHORTEST = {False: 24, True: 8}


@dataclass(frozen=True, slots=True)
class Judging:
    """What every competency of an interview is scored with.

    Turns of a file from elsewhere may share a number, so that they are told apart as objects.

    Attributes:
        language: Language of the interview.
        points: What good answers hold, by item.
        heights: How high each ladder was climbed, 0 to 1, by item.
        questions: What the candidate was asked before each turn: in the plan's words where it has
            them, so that a model's wording moves no level.
        repeated: What each of the candidate's turns says over again, word for word: sentences of
            an earlier answer, and those that served three questions or more and answer none.
    """

    language: str
    points: Mapping[str, Points]
    heights: Mapping[str, float]
    questions: Mapping[int, str]
    repeated: Mapping[int, tuple[str, ...]]

    def question_before(self, turn: Turn) -> str:
        """Return what the candidate was asked before a turn."""
        return self.questions[id(turn)]

    def repeated_in(self, turn: Turn) -> tuple[str, ...]:
        """Return the sentences of a turn that are no answer of their own."""
        return self.repeated.get(id(turn), ())


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
        questions=_questions(plan, transcript),
        repeated=_repeated(transcript),
    )


def _share(height: Height) -> float:
    steps = height.steps
    return (steps.index(height.reached) + 1) / len(steps) if height.reached in steps else 0.0


def _questions(plan: Plan, transcript: Transcript) -> dict[int, str]:
    items = {item.id: item for part in plan.rounds for item in part.items}
    found: dict[int, str] = {}
    last = ""
    for turn in transcript.turns:
        if turn.by_examiner:
            last = _planned_words(turn, items) or turn.content
        else:
            found[id(turn)] = last
    return found


def _planned_words(turn: Turn, items: Mapping[str, PlannedItem]) -> str:
    """Return the plan's words for what a turn asks, nothing where it has none."""
    move = turn.move
    item = items.get(move.item or "") if move is not None else None
    if move is None or item is None:
        return ""
    if move.kind == "ask":
        return item.text
    return " ".join(item.probes.get(move.slot or "", ()))


def _repeated(transcript: Transcript) -> dict[int, tuple[str, ...]]:
    """Return by turn what it says over again; more of the same question is not held against it."""
    language = transcript.interview.language or "en"
    said: list[tuple[int, str, str]] = []
    served: dict[str, list[str]] = {}
    asked = ""
    for turn in transcript.turns:
        if turn.by_examiner:
            asked = (turn.move.item if turn.move else None) or asked
            continue
        for sentence in sentences(turn.content, language):
            if len(sentence) >= _SHORTEST[has_chinese(sentence)]:
                said.append((id(turn), asked, sentence))
                questions = served.setdefault(_plainly(sentence), [])
                if asked not in questions:
                    questions.append(asked)
    found: dict[int, tuple[str, ...]] = {}
    for turn_id, question, sentence in said:
        questions = served[_plainly(sentence)]
        if questions[0] != question or len(questions) >= _STOCK:
            found[turn_id] = (*found.get(turn_id, ()), sentence)
    return found


def _plainly(sentence: str) -> str:
    return " ".join(sentence.lower().split())
