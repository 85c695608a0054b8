"""Takes what came after an interview into its report: disputes, answers given again. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interviewer.assessment.afterwards import Afterwards
from interviewer.assessment.aloud import spoken_in
from interviewer.assessment.dispute import Verdict
from interviewer.assessment.findings import Assessment, CompetencyReport
from interviewer.assessment.self_rating import with_own_levels
from interviewer.assessment.side_by_side import SideBySide, side_by_side
from interviewer.content.library import Library
from interviewer.interview.redo import redo_in
from interviewer.transcript import Transcript


def with_afterwards(
    report: Assessment,
    verdicts: Sequence[Verdict],
    transcript: Transcript,
    library: Library,
    after: Afterwards,
) -> Assessment:
    """Return a report with what came after the interview.

    Args:
        report: The report, with what was conceded counted already.
        verdicts: What the assessor answered to each dispute.
        transcript: The interview.
        library: Rubrics and points.
        after: What came after it.
    """
    again = _tries(transcript, after, library)
    rounds = tuple(
        replace(
            part,
            competencies=tuple(
                _with_both(entry, part.id, verdicts, again) for entry in part.competencies
            ),
        )
        for part in report.rounds
    )
    redo, both = redo_in(transcript.interview), None
    if redo is not None and after.first is not None:
        both = side_by_side(after.first, transcript, redo, library)
    aloud = spoken_in(after.said, transcript)
    report = replace(report, rounds=rounds, redo=redo, side_by_side=both, aloud=aloud)
    return with_own_levels(report, after.said)


def _tries(transcript: Transcript, after: Afterwards, library: Library) -> tuple[SideBySide, ...]:
    found = []
    for second in after.again:
        redo = redo_in(second.interview)
        both = side_by_side(transcript, second, redo, library) if redo else None
        if both is not None:
            found.append(both)
    return tuple(found)


def _with_both(
    entry: CompetencyReport,
    round_id: str,
    verdicts: Sequence[Verdict],
    again: Sequence[SideBySide],
) -> CompetencyReport:
    mine = tuple(
        v for v in verdicts if (v.dispute.round, v.dispute.competency) == (round_id, entry.id)
    )
    items = {item for item, _ in entry.items}
    tries = tuple(both for both in again if both.round == round_id and both.item.id in items)
    return replace(entry, verdicts=mine, again=tries)
