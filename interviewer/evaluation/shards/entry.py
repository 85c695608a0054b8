"""What was found of one transcript as a line of a part, and back, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from interviewer.evaluation.agreement.marks import Mark, Thing
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.running import Scored


def entry_line(entry: Scored) -> str:
    """Return what was found of a transcript as one line of JSON; half a surrogate is escaped."""
    document = [
        entry.where, entry.id, entry.fault, list(entry.notes),
        {str(seq): name for seq, name in entry.speakers.items()},
        {name: score_to_json(score) for name, score in entry.scores.items()},
    ]  # fmt: skip
    return json.dumps(document, separators=(",", ":")) + "\n"


def entry_of(line: str | bytes) -> Scored:
    """Return what a line holds."""
    where, name, fault, notes, speakers, scores = json.loads(line)
    return Scored(
        where, name, {metric: score_of(told) for metric, told in scores.items()}, fault,
        {int(seq): who for seq, who in speakers.items()}, tuple(notes),
    )  # fmt: skip


def score_to_json(score: Score) -> list[object]:
    """Return a score; what most have not is left out."""
    told: list[object] = [score.value, score.reason]
    if score.findings or score.observed:
        told.append([finding_to_list(finding) for finding in score.findings])
    if score.observed:
        told.append([[list(astuple(m.thing)), *astuple(m)[1:]] for m in score.observed])
    return told


def score_of(told: list[Any]) -> Score:
    """Return a score."""
    value, reason, *more = told
    findings = tuple(map(finding_of, more[0])) if more else ()
    observed = tuple(Mark(Thing(*m[0]), *m[1:]) for m in more[1]) if len(more) > 1 else ()
    return Score(value, reason, findings, observed)


def finding_to_list(finding: Finding) -> list[object]:
    """Return a finding."""
    return [
        finding.seq, finding.metric, finding.tag, finding.severity, finding.reason, finding.span,
        finding.evidence,
    ]  # fmt: skip


def finding_of(told: list[Any]) -> Finding:
    """Return a finding."""
    return Finding(*told)


def scores_to_json(scores: Mapping[str, Score]) -> dict[str, object]:
    """Return scores by where their transcripts lie."""
    return {where: score_to_json(score) for where, score in scores.items()}
