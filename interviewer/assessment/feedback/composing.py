"""One feedback item in words: every sentence of it a file's or the candidate's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from interviewer.assessment.feedback.anchors import Step
from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.item import Confidence, FeedbackItem
from interviewer.assessment.feedback.lacking import came_late
from interviewer.assessment.feedback.model_line import model_line, outline
from interviewer.assessment.feedback.quoting import Evidence
from interviewer.assessment.feedback.words import FeedbackWords, feedback_words, filled
from interviewer.assessment.scoring.competency_score import Score

# An answer of less weight is a short one.
_SHORT = 0.5
_ENOUGH_ANSWERS = 2
_AGREE = 1.0


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """How often something was told before, which its words depend on.

    Attributes:
        ever: How often each lack was told in the report so far.
        here: How often in this round.
    """

    ever: Counter[str]
    here: Counter[str]


@dataclass(frozen=True, slots=True)
class About:
    """Which competency an item is about.

    Attributes:
        round: Round id.
        id: Rubric id.
        name: Its name.
        required: The level the post asks for.
        score: What it was scored.
        step: From its anchor to the next.
        last: Whether no round follows.
    """

    round: str
    id: str
    name: str
    required: int | None
    score: Score
    step: Step
    last: bool


def item_of(
    lack: str, heard: Heard, evidence: Evidence, about: About, told: SaidBefore, language: str
) -> FeedbackItem | None:
    """Return an item, None when its quote does not stand in the turn it names."""
    words = feedback_words(language)
    turns = {turn.seq: turn.content for turn in heard.answer.turns if turn.seq is not None}
    silent = evidence.seq not in turns
    if not silent and evidence.quote not in turns[evidence.seq]:
        return None
    drill = words.drills[lack]
    level, rests_on = _rests_on(about.score, words)
    return FeedbackItem(
        round=about.round,
        competency=about.id,
        name=about.name,
        item=heard.answer.item.id,
        turns=tuple(turns),
        lack=lack,
        level=about.score.level,
        required=about.required,
        spread=about.score.spread,
        confidence=level,
        rests_on=rests_on,
        seq=evidence.seq,
        evidence_quote=evidence.quote,
        said_by="examiner" if silent else "candidate",
        anchor_matched=about.step.matched,
        anchor_next=about.step.next,
        gap=_gap(lack, heard, about.step, told, words),
        question_to_you=_question("silent" if silent else lack, evidence, told.ever[lack], words),
        drill=drill.text,
        minutes=drill.minutes,
        when=words.labels["before_next_interview" if about.last else "before_next_round"],
        again=told.here[lack] > 0,
        model_line=model_line(heard) if about.score.level is not None else None,
        outline=outline(heard, lack),
    )


def _gap(lack: str, heard: Heard, step: Step, told: SaidBefore, words: FeedbackWords) -> str:
    ways = words.gaps[lack]
    late = came_late(heard)
    part = words.parts[late[0]] if lack == "late" and late else ""
    gap = filled(ways[told.ever[lack] % len(ways)], part=part)
    if told.here[lack]:
        gap = filled(words.labels["again"], gap=gap)
    asked = step.asks_for(lack)
    if asked is None:
        return gap
    level, clause = asked
    higher = filled(words.labels["one_up"], level=str(level), clause=clause)
    return words.joins["sentence"].join((gap, higher))


def _question(lack: str, evidence: Evidence, before: int, words: FeedbackWords) -> str:
    ways = [way for way in words.questions[lack] if evidence.asked or "{asked}" not in way]
    chosen = ways[before % len(ways)]
    return filled(chosen, quote=evidence.words, asked=evidence.asked)


def _rests_on(score: Score, words: FeedbackWords) -> tuple[Confidence, str]:
    """Return how much a level rests on: how many answers, how long, how much alike."""
    weights = [answer.weight for answer in score.answers if answer.level is not None]
    if not weights:
        return "low", words.rests_on["none"]
    count = str(len(weights))
    if len(weights) < _ENOUGH_ANSWERS:
        short = weights[0] < _SHORT
        return ("low", words.rests_on["short"]) if short else ("medium", words.rests_on["one"])
    if (score.spread or 0.0) > _AGREE:
        return "medium", filled(words.rests_on["apart"], count=count, spread=f"{score.spread:g}")
    return "high", filled(words.rests_on["alike"], count=count)
