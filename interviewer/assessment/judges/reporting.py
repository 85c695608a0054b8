"""A report with a judge's levels in it, those of the rules beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from interviewer.assessment.assess import plan_scored_by
from interviewer.assessment.board import BoardReport, board_report
from interviewer.assessment.findings import Assessment, CompetencyReport
from interviewer.assessment.judges.case import Case
from interviewer.assessment.judges.sampling import Judgement
from interviewer.assessment.judges.settling import Judged, held_level
from interviewer.assessment.practised import interview_alone
from interviewer.assessment.scoring.scales import anchor_for
from interviewer.assessment.with_feedback import told_again
from interviewer.assessment.words import ReportWords
from interviewer.content.library import Library
from interviewer.transcript import Transcript


def with_judgement(
    assessment: Assessment,
    judgement: Judgement,
    cases: Sequence[Case],
    transcript: Transcript,
    library: Library,
) -> Assessment:
    """Return a report with a judge's levels.

    Where not one verdict could be read the levels of the rules stay, and a note says why.

    Args:
        assessment: The report by rules.
        judgement: What the judge made of the cases.
        cases: What it was asked about.
        transcript: The interview.
        library: Where a board's elements stand.
    """
    words, transcript = assessment.words, interview_alone(transcript)
    if judgement.silent:
        note = words.sentences["judge_silent"].format(
            judge=judgement.judge, why=" ".join(judgement.failed)
        )
        return replace(assessment, notes=(*assessment.notes, note.strip()), judgement=judgement)
    by_key = {case.key: case for case in cases}
    rounds = tuple(
        replace(
            part,
            competencies=tuple(
                _judged(entry, by_key.get((part.id, entry.id)), judgement, words)
                for entry in part.competencies
            ),
        )
        for part in assessment.rounds
    )
    told = words.sentences["judged"].format(judge=judgement.judge, samples=judgement.samples)
    usual = words.sentences["levels"]
    notes = tuple(told if note == usual else note for note in assessment.notes)
    found = replace(
        assessment,
        rounds=rounds,
        notes=notes if told in notes else (*notes, told),
        judgement=judgement,
    )
    plan = plan_scored_by(transcript, None, None)
    if plan is not None:
        found = told_again(found, plan, transcript, library)
    return replace(found, board=_board(found, judgement, by_key, transcript, library))


def _judged(
    entry: CompetencyReport, case: Case | None, judgement: Judgement, words: ReportWords
) -> CompetencyReport:
    found = judgement.by.get(case.key) if case else None
    if case is None or found is None:
        return entry
    score = replace(
        entry.score,
        level=found.level,
        spread=found.spread,
        anchor=None if found.level is None else anchor_for(case.rubric, found.level),
    )
    return replace(
        entry,
        score=score,
        reason=_reason(found, words),
        quotes=found.quotes or entry.quotes,
        judged=found,
    )


def _reason(found: Judged, words: ReportWords) -> str:
    if found.reason is None:
        return ""
    others = (sample for sample in found.samples if sample.level is None)
    faults = dict.fromkeys(sample.fault or "no_evidence" for sample in others)
    return words.judging[found.reason].format(
        counted=len(found.levels),
        samples=len(found.samples),
        faults="; ".join(words.judging[fault] for fault in faults),
    )


def _board(
    found: Assessment,
    judgement: Judgement,
    by_key: Mapping[tuple[str, str], Case],
    transcript: Transcript,
    library: Library,
) -> BoardReport | None:
    """Return a board's table with samples for raters: the first of each competency that count.

    Whichever sample of one competency goes with whichever of another, they know nothing of each
    other. There are as many raters as every scored competency has samples, and at most the
    format's own number.
    """
    plan = plan_scored_by(transcript, None, None)
    held = library.formats.get(plan.format) if plan is not None else None
    if found.board is None or plan is None or held is None:
        return found.board
    given = {
        key: [held_level(by_key[key], float(level))[0] for level in judged.levels]
        for key, judged in judgement.by.items()
        if judged.level is not None
    }
    raters = min([held.raters, *map(len, given.values())]) if given else 0
    levels = [
        {competency: told[place] for (_, competency), told in given.items()}
        for place in range(raters)
    ]
    return board_report(plan, transcript, library, found.words, levels, judgement.judge)
