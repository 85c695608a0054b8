"""What a post asks for against what a candidate shows: evidence quoted, gaps named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.interview.cv_dates import without_dates
from interviewer.interview.cv_lines import CvLine, cv_lines
from interviewer.interview.requirements import (
    Requirement,
    Unit,
    alternatives,
    has_sign,
    units_of,
)
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.research.sentences import sentences

Advice = Literal["tell", "figure", "occasion", "bridge", "learn"]
Witness = Literal["cv", "self"]
# Which of a candidate's own words can speak for a requirement; wishes and weaknesses cannot.
_OWN = ("abilities", "specialities", "strengths", "personality", "interests")
# A line that holds less of a requirement's words than this, the rare ones counting more, speaks
# of something else.
_LEAST = 0.4
# A word that as many further lines have tells half as much.
_COMMON = 4
_NEAR = 0.2
_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class FitRow:
    """One requirement.

    Attributes:
        requirement: As the post or the advert says it.
        must: Whether it is insisted on.
        evidence: What shows it best, an exact part of the CV or of the self-assessment; None is
            a gap.
        advice: How to speak to it: `tell` the occasion, add a `figure`, find an `occasion` for
            one's own word, build a `bridge` from what is nearest, or say how one would `learn` it.
        origin: Whether the `post` or the `advert` asks for it.
        witness: Whose word the evidence is: the `cv`, or `self`, one's own word alone; None for
            a gap.
        line: The line of the CV the evidence begins on, from 1.
        nearest: For a gap, the line of the CV that comes nearest, an exact part of it; None where
            nothing does.
    """

    requirement: str
    must: bool
    evidence: str | None
    advice: Advice
    origin: str = "post"
    witness: Witness | None = None
    line: int | None = None
    nearest: str | None = None

    @property
    def gap(self) -> bool:
        """Whether nothing shows it."""
        return self.evidence is None


@dataclass(frozen=True, slots=True)
class _Told:
    """Something a candidate says: where it stands, and in small letters."""

    quote: str
    lower: str
    line: int | None = None


def fit_table(
    cv: str, requirements: Sequence[Requirement], language: str, own: SelfAssessment | None = None
) -> tuple[FitRow, ...]:
    """Return a row a requirement: what the CV shows, then what is one's own word, gaps last.

    Args:
        cv: Text of the CV; private lines in it are no evidence.
        requirements: Of the post and the advert.
        language: Of the interview.
        own: What the candidate says of themselves; speaks where the CV is silent.
    """
    shown = [_Told(_quote(line), line.text.lower(), line.number) for line in _lines(cv)]
    said = list(_own_sentences(own or SelfAssessment(), language))
    rows = [_row(requirement, shown, said) for requirement in requirements]
    order: dict[Witness | None, int] = {"cv": 0, "self": 1, None: 2}
    return tuple(sorted(rows, key=lambda row: order[row.witness]))


def is_shown(cv: str, requirement: str) -> bool:
    """Whether a line of a CV shows a requirement; one without telling words is always shown."""
    shown = [_Told(_quote(line), line.text.lower(), line.number) for line in _lines(cv)]
    return not units_of(requirement) or _best(requirement, shown)[0] >= _LEAST


def _row(requirement: Requirement, shown: Sequence[_Told], said: Sequence[_Told]) -> FitRow:
    text, must, origin = requirement.text, requirement.must, requirement.origin
    share, told = _best(text, shown)
    if told is not None and share >= _LEAST:
        figure = re.search(r"\d", without_dates(told.quote))
        advice: Advice = "tell" if figure else "figure"
        return FitRow(text, must, told.quote, advice, origin, "cv", told.line)
    own_share, own = _best(text, said)
    if own is not None and own_share >= _LEAST:
        return FitRow(text, must, own.quote, "occasion", origin, "self")
    nearest = told.quote if told and share >= _NEAR else None
    return FitRow(text, must, None, "bridge" if must else "learn", origin, nearest=nearest)


def _best(requirement: str, told: Sequence[_Told]) -> tuple[float, _Told | None]:
    """Return the share of a requirement in the line that shows most of it, and the line.

    A word that many lines have tells less; of equal lines one with a figure goes first.
    """
    best: tuple[float, bool, int] = (0.0, False, 0)
    chosen = None
    for units in alternatives(requirement):
        signs = {sign for unit in units for sign in unit.signs}
        hits = {sign: [has_sign(entry.lower, sign) for entry in told] for sign in signs}
        rarity = {s: 1.0 / (1.0 + max(0, sum(h) - 1) / _COMMON) for s, h in hits.items()}
        for place, entry in enumerate(told):
            here = {sign for sign in signs if hits[sign][place]}
            rank = _share(units, here, rarity), bool(re.search(r"\d", entry.quote)), -place
            if rank[0] and rank > best:
                best, chosen = rank, entry
    return best[0], chosen


def _share(units: Sequence[Unit], here: set[str], rarity: Mapping[str, float]) -> float:
    found = whole = 0.0
    for unit in units:
        shown = [rarity[sign] for sign in unit.signs if sign in here]
        found += unit.weight * max(shown, default=0.0)
        whole += unit.weight * (max(shown) if shown else max(rarity[s] for s in unit.signs))
    return found / whole if whole else 0.0


def _lines(cv: str) -> list[CvLine]:
    return [line for line in cv_lines(cv) if line.kind != "heading" and not line.private]


def _quote(line: CvLine) -> str:
    return line.quote if len(line.quote) <= _LONGEST_QUOTE else line.quote.split("\n")[0]


def _own_sentences(own: SelfAssessment, language: str) -> Sequence[_Told]:
    texts = (getattr(own, name) for name in _OWN)
    found = (sentence.strip() for text in texts for sentence in sentences(text, language))
    return [_Told(sentence, sentence.lower()) for sentence in found if sentence]
