"""Takes in a new dispute: what may be disputed, what is answered, what is kept. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewer.assessment.afterwards import Afterwards
from interviewer.assessment.assess import assess
from interviewer.assessment.dispute import (
    MOST_DISPUTES,
    Dispute,
    Verdict,
    dispute_note,
    disputes_in,
    is_among,
)
from interviewer.assessment.findings import Assessment, CompetencyReport
from interviewer.assessment.pointed import LONGEST_POINTED
from interviewer.content.library import Library
from interviewer.errors import ConversationError, InputError
from interviewer.interview.annotations import Annotation
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes of a dispute.

    Attributes:
        verdict: What the assessor answers.
        note: What is to be kept, None where the same was disputed before.
        before: Level of the competency without it.
        after: Level with it.
    """

    verdict: Verdict
    note: Annotation | None
    before: float | None
    after: float | None


def answer_to(
    dispute: Dispute, transcript: Transcript, library: Library, after: Afterwards
) -> Answer:
    """Return what comes of a dispute, before it is kept.

    Args:
        dispute: What is disputed.
        transcript: The interview.
        library: Rubrics and points.
        after: What came after the interview so far.

    Raises:
        InputError: The report names no such gap, or the sentence is far too long.
        ConversationError: There were as many disputes as there may be.
    """
    if len(dispute.said) > LONGEST_POINTED:
        raise InputError(
            f"The sentence has more than {LONGEST_POINTED:,} characters. Quote what you mean."
        )
    before = assess(transcript, library, after=after)
    entry = _entry(before, dispute)
    earlier = disputes_in(after.said)
    known = is_among(dispute, earlier)
    if not known and dispute.part not in entry.disputable:
        named = ", ".join(entry.disputable) or "none"
        raise InputError(
            f"The report does not say that {dispute.part!r} is missing in {entry.id!r}. What can "
            f"be disputed there: {named}."
        )
    if not known and len(earlier) >= MOST_DISPUTES:
        raise ConversationError(
            f"{MOST_DISPUTES} points of this interview were disputed, and that is as many as "
            "there may be. Answer the question again instead: a new answer does more."
        )
    asked = Annotation("dispute", f"{dispute.round}/{dispute.competency}",
                       {"part": dispute.part, "said": dispute.said})  # fmt: skip
    said = after.said if known else (*after.said, asked)
    now = _entry(assess(transcript, library, after=replace(after, said=said)), dispute)
    verdict = next(v for v in now.verdicts if is_among(dispute, [v.dispute]))
    note = None if known else dispute_note(dispute, verdict)
    return Answer(verdict, note, entry.score.level, now.score.level)


def _entry(report: Assessment, dispute: Dispute) -> CompetencyReport:
    for part in report.rounds:
        for entry in part.competencies:
            if (part.id, entry.id) == (dispute.round, dispute.competency):
                return entry
    known = ", ".join(f"{p.id}/{c.id}" for p in report.rounds for c in p.competencies if c.answers)
    raise InputError(
        f"This interview has no competency {dispute.round}/{dispute.competency}. It has: "
        f"{known or 'none'}."
    )
