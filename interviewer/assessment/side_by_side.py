"""An answer and the same answer given again, side by side, by the same assessor. Pure.

Both are scored as in their own interviews, so the same words have the same level and bring nothing
new. What the second one tells beyond the first is told by name, and so is what it leaves out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.assessment.evidence import Answered, Quote, answered_in, quotes_from
from interviewer.assessment.judging import judging_of
from interviewer.assessment.scored import score_of
from interviewer.assessment.scoring.answer_score import SIGNS, AnswerScore
from interviewer.assessment.scoring.evidence_held import PARTS
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.redo import Redo
from interviewer.interview.session import plan_of
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Try:
    """One answer to an item, with all that was said to its probes.

    Attributes:
        session: Id of the interview.
        created: When that was made.
        score: What the answer is worth.
        said: The candidate's turns, each an exact turn of the interview.
        quotes: Their most telling sentences.
        missing: Parts that were not heard.
    """

    session: str
    created: str
    score: AnswerScore
    said: tuple[Quote, ...]
    quotes: tuple[Quote, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two tries at one item.

    Attributes:
        item: The item.
        round: Its round.
        first: The answer that was given first.
        second: The answer that was given again.
        new: What the second tells and the first did not, by part or sign.
        lost: What the first told and the second does not.
        lacking: What the second still lacks: parts, then what would lift it.
    """

    item: PlannedItem
    round: str
    first: Try
    second: Try
    new: tuple[str, ...]
    lost: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def gain(self) -> float | None:
        """How much higher the second is, to a tenth; None where one of them has no level."""
        before, after = self.first.score.level, self.second.score.level
        return None if before is None or after is None else round(after - before, 1)


def side_by_side(
    first: Transcript, second: Transcript, redo: Redo, library: Library
) -> SideBySide | None:
    """Return two tries at an item, None where it was not answered in one of the interviews.

    Args:
        first: The interview in which it was answered first.
        second: The interview in which it was answered again.
        redo: Which item.
        library: Rubrics and points.
    """
    before, after = _try(first, redo.item, library), _try(second, redo.item, library)
    if before is None or after is None:
        return None
    item, round_id, one = before
    _, _, two = after
    order = (*PARTS, *SIGNS)
    lacking = dict.fromkeys((*two.missing, *two.score.lifts))
    return SideBySide(
        item=item,
        round=round_id,
        first=one,
        second=two,
        new=tuple(n for n in order if n in two.score.held - one.score.held),
        lost=tuple(n for n in order if n in one.score.held - two.score.held),
        lacking=tuple(lacking),
    )


def _try(
    transcript: Transcript, item_id: str, library: Library
) -> tuple[PlannedItem, str, Try] | None:
    try:
        plan = plan_of(transcript)
    except InputError:
        return None
    transcript = transcript.counted
    for part in plan.conversations:
        answers = answered_in(part, transcript, plan.language)
        answer = next((entry for entry in answers if entry.item.id == item_id), None)
        if answer is None or answer.item.competency is None:
            continue
        own = [a for a in answers if a.item.competency == answer.item.competency]
        rubric = library.rubrics.get(answer.item.competency)
        judging = judging_of(plan, transcript, library)
        score = score_of(rubric, own, judging).answers[own.index(answer)]
        return answer.item, part.id, _told(transcript, plan, answer, score)
    return None


def _told(transcript: Transcript, plan: Plan, answer: Answered, score: AnswerScore) -> Try:
    return Try(
        session=transcript.id,
        created=transcript.interview.created or "",
        score=score,
        said=tuple(Quote(t.seq, t.content) for t in answer.turns if t.seq is not None),
        quotes=quotes_from([answer], plan.language),
        missing=answer.missing,
    )


def weakest(answers: Sequence[tuple[str, float | None]]) -> str | None:
    """Return the item whose answer is weakest: of those scored the lowest, else the first.

    What has no level is no low level, so it comes only where nothing was scored.

    Args:
        answers: Items with the level of their answers, in the order asked.
    """
    scored = [(level, place) for place, (_, level) in enumerate(answers) if level is not None]
    if scored:
        return answers[min(scored)[1]][0]
    return answers[0][0] if answers else None
