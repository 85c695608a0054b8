"""What a coach sees beside the report: the answers behind each level, how the plan went. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from interviewer.assessment.assess import plan_in
from interviewer.assessment.evidence import Answered, answered_in
from interviewer.assessment.findings import Assessment, CompetencyReport
from interviewer.assessment.practised import interview_alone
from interviewer.assessment.scoring.answer_score import AnswerScore
from interviewer.assessment.words import ReportWords
from interviewer.content.rubric import Cap
from interviewer.interview.plan import Plan, PlannedItem, PlannedRound
from interviewer.interview.progress import follow, spoken_minutes
from interviewer.transcript import Transcript

# What stands among the lifts of an answer because it holds the level down.
HOLDING = frozenset({*get_args(Cap), "withdrawn"})
SILENCE = "the candidate says nothing more"


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of the candidate."""

    seq: int | None
    text: str


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """One answer, and what it is worth.

    Attributes:
        question: The question as it was asked first.
        turns: All that was said to it, oldest first; what follows the first came after probes.
        before: Its level before any probe.
        level: Its level with them.
        weight: How much it counts, 0 to 1.
        reason: Why it has no level, in words.
        caps: What held the level down, in words.
        lifts: What would lift it besides, in words.
    """

    question: str
    turns: tuple[Said, ...]
    before: float | None
    level: float | None
    weight: float
    reason: str
    caps: tuple[str, ...]
    lifts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenCompetency:
    """The answers behind one level."""

    id: str
    name: str
    level: float | None
    answers: tuple[SeenAnswer, ...]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A planned question nobody asked.

    Attributes:
        text: Its words, or its kind where the phrasebook has them.
        reason: Why not, in words.
    """

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class SeenRound:
    """One round as it went.

    Attributes:
        name: Its name.
        planned: Minutes it may take.
        spoken: Minutes that were spoken, by the usual rate of speech.
        asked: Planned items that were asked.
        items: Planned items.
        manner: The examiner's manner, empty for the persona's own.
        competencies: The answers by competency.
        not_asked: Questions that were left out.
    """

    id: str
    name: str
    planned: float
    spoken: float
    asked: int
    items: int
    manner: str
    competencies: tuple[SeenCompetency, ...]
    not_asked: tuple[NotAsked, ...]


@dataclass(frozen=True, slots=True)
class CoachView:
    """What a coach needs to go through an interview with somebody.

    Attributes:
        seed: The plan's seed: with it the same plan is made again.
        hash: The plan's hash.
        difficulty: Its difficulty.
        probing: Whether examiners probe.
        practice: Whether hints may be given.
        rounds: As they went.
        notes: What could not be planned.
    """

    seed: int
    hash: str
    difficulty: str
    probing: str
    practice: bool
    rounds: tuple[SeenRound, ...]
    notes: tuple[str, ...]


def coach_view(assessment: Assessment, transcript: Transcript) -> CoachView | None:
    """Return what a coach sees of the same record, None where it was not scored by a plan."""
    plan = plan_in(transcript)
    if plan is None or assessment.words.sentences["by_rubric"] in assessment.notes:
        return None
    transcript = interview_alone(transcript)
    seen = (_round(part, plan, assessment, transcript) for part in plan.conversations)
    return CoachView(
        seed=plan.seed,
        hash=str(transcript.interview.plan.get("hash") or ""),
        difficulty=plan.difficulty,
        probing=plan.probing,
        practice=plan.practice,
        rounds=tuple(seen),
        notes=plan.notes,
    )


def _round(
    part: PlannedRound, plan: Plan, assessment: Assessment, transcript: Transcript
) -> SeenRound:
    words = assessment.words
    report = next((entry for entry in assessment.rounds if entry.id == part.id), None)
    answers = answered_in(part, transcript, plan.language)
    said = [turn for turn in transcript.turns if turn.round == part.id]
    asked = {turn.move.item for turn in said if turn.by_examiner and turn.move}
    left = [item for item in part.items if item.id not in asked]
    reason = words.coach[_why_left(part, plan, transcript)]
    return SeenRound(
        id=part.id,
        name=report.name if report else part.title,
        planned=part.minutes,
        spoken=round(sum(spoken_minutes(turn.content, plan.language) for turn in said), 1),
        asked=len(part.items) - len(left),
        items=len(part.items),
        manner=part.manner,
        competencies=tuple(
            _competency(entry, answers, transcript, words)
            for entry in (report.competencies if report else ())
        ),
        not_asked=tuple(NotAsked(_text(item, words), reason) for item in left),
    )


def _why_left(part: PlannedRound, plan: Plan, transcript: Transcript) -> str:
    """Return why questions of a round were left out: a name of `[coach]`."""
    closes = [
        turn.move.reason
        for turn in transcript.turns
        if turn.round == part.id and turn.move is not None and turn.move.kind == "close"
    ]
    if closes:
        return "left_silence" if closes[-1] == SILENCE else "left_time"
    reached = follow(plan, transcript).round
    return "left_open" if reached == part else "left_not_begun"


def _text(item: PlannedItem, words: ReportWords) -> str:
    return item.text or words.coach[f"item_{item.kind}"]


def _competency(
    entry: CompetencyReport,
    answers: Sequence[Answered],
    transcript: Transcript,
    words: ReportWords,
) -> SeenCompetency:
    own = [answer for answer in answers if answer.item.competency == entry.id]
    seen = tuple(
        _answer(answer, worth, transcript, words)
        for answer, worth in zip(own, entry.score.answers, strict=True)
    )
    return SeenCompetency(entry.id, entry.name, entry.score.level, seen)


def _answer(
    answer: Answered, worth: AnswerScore, transcript: Transcript, words: ReportWords
) -> SeenAnswer:
    asked = (
        turn.content
        for turn in transcript.turns
        if turn.by_examiner and turn.move is not None and turn.move.item == answer.item.id
    )
    return SeenAnswer(
        question=answer.item.text or next(asked),
        turns=tuple(Said(turn.seq, turn.content) for turn in answer.turns),
        before=_tenth(worth.before_probes),
        level=_tenth(worth.level),
        weight=round(worth.weight, 2),
        reason=words.unscored[worth.reason] if worth.reason else "",
        caps=tuple(words.lifts[name] for name in worth.lifts if name in HOLDING),
        lifts=tuple(words.lifts[name] for name in worth.lifts if name not in HOLDING),
    )


def _tenth(level: float | None) -> float | None:
    return None if level is None else round(level, 1)
