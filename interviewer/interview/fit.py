"""What a post asks for against what a CV shows: evidence quoted, gaps named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.interview.profile import signs_of
from interviewer.reading.cues import cues_for

Advice = Literal["tell", "figure", "bridge", "learn"]
_BULLET = re.compile(r"^\s*(?:[-*•·●▪]|\d+[.)、])\s+")
_LONGEST_LINE = 300
# A line that holds fewer of a requirement's words than this speaks of something else.
_LEAST = 0.33


@dataclass(frozen=True, slots=True)
class FitRow:
    """One requirement.

    Attributes:
        requirement: As the post or the advert says it.
        must: Whether the post insists on it.
        evidence: The line of the CV that shows it best, an exact part of it; None is a gap.
        advice: How to speak to it: `tell` the occasion, add a `figure`, build a `bridge` from
            what is nearest, or say how one would `learn` it.
    """

    requirement: str
    must: bool
    evidence: str | None
    advice: Advice


def fit_table(
    cv: str, requirements: Sequence[tuple[str, bool]], language: str
) -> tuple[FitRow, ...]:
    """Return a row a requirement, gaps last.

    Args:
        cv: Text of the CV.
        requirements: Text, and whether it is a must.
        language: Of the interview, for what counts as private.
    """
    lines = _lines(cv, language)
    rows = []
    for requirement, must in requirements:
        evidence = _evidence(lines, requirement)
        rows.append(FitRow(requirement, must, evidence, _advice(evidence, must)))
    return tuple(sorted(rows, key=lambda row: row.evidence is None))


def _lines(cv: str, language: str) -> tuple[str, ...]:
    private = cues_for(language).patterns["cv_private"]
    found = (_BULLET.sub("", line).strip() for line in cv[:60_000].splitlines())
    return tuple(
        line
        for line in found
        if line and not line.startswith("#") and len(line) <= _LONGEST_LINE
        and not private.search(line)
    )  # fmt: skip


def _evidence(lines: Sequence[str], requirement: str) -> str | None:
    """Return the line with most of a requirement's telling words, figures breaking ties."""
    signs = signs_of(requirement)
    best: tuple[int, bool, int] = (0, False, 0)
    chosen = None
    for place, line in enumerate(lines):
        lower = line.lower()
        rank = sum(sign in lower for sign in signs), bool(re.search(r"\d", line)), -place
        if rank[0] >= _LEAST * len(signs) and rank > best:
            best, chosen = rank, line
    return chosen


def _advice(evidence: str | None, must: bool) -> Advice:
    if evidence is None:
        return "bridge" if must else "learn"
    return "tell" if re.search(r"\d", evidence) else "figure"
