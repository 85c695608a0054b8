"""Which points of a good answer a candidate's answers to a board held, by name.

A board says nothing while it listens, so this is where a candidate learns what was missing. Points
are known by words: one that was told in other words is missed, and the report says so. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.assessment.evidence import answered_in
from interviewer.assessment.scoring.judged import judged_text
from interviewer.content.library import Library
from interviewer.interview.plan import Plan
from interviewer.reading.level import points_shown
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class PointsSeen:
    """What one answer held.

    Attributes:
        item: The question's place in the plan.
        text: The question.
        seq: Turn of the answer, of the first where there are several; None where it has no number.
        found: Names of the points that it showed.
        missed: Names of those it did not.
    """

    item: str
    text: str
    seq: int | None
    found: tuple[str, ...]
    missed: tuple[str, ...]


def points_seen(plan: Plan, transcript: Transcript, library: Library) -> tuple[PointsSeen, ...]:
    """Return what each answer held, in the order asked; nothing where no point has a name."""
    language = plan.language
    seen = []
    for part in plan.conversations:
        for answer in answered_in(part, transcript, language):
            rubric = library.rubrics.get(answer.item.competency or "")
            wanted = [
                (point.name[language], point.says[language])
                for point in (rubric.points if rubric else ())
                if language in point.name and language in point.says
            ]
            if not wanted:
                continue
            text = judged_text([turn.content for turn in answer.turns], language)
            shown = points_shown(text, [says for _, says in wanted], language)
            named = [(name, there) for (name, _), there in zip(wanted, shown, strict=True)]
            seen.append(
                PointsSeen(
                    item=answer.item.id,
                    text=answer.item.text,
                    seq=answer.turns[0].seq,
                    found=tuple(name for name, there in named if there),
                    missed=tuple(name for name, there in named if not there),
                )
            )
    return tuple(seen)
