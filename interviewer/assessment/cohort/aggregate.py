"""What may be told of a cohort without telling of anybody: counts of five and more.

A count of fewer than `FEWEST` is withheld, and so is one whose rest is fewer: who knows the rest
knows the count. (The minimum frequency rule of statistical disclosure control: Hundepool et al.
2012, Statistical Disclosure Control, ch. 4.) No name is in it and no day, only months.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from interviewer.assessment.cohort.heat_map import Column, HeatMap
from interviewer.assessment.cohort.score_sheet import ScoreSheet

FEWEST = 5


@dataclass(frozen=True, slots=True)
class AggregateRow:
    """One competency by one kind of question, over all candidates; None is withheld.

    Attributes:
        column: The competency and kind of question.
        asked: How many candidates were asked about it.
        scored: How many have a level.
        mean: Mean level of these, to a tenth.
        below: How many lie below what the post asks for.
        lacking: Parts that candidates' answers lacked, with in how many; those told only.
    """

    column: Column
    asked: int
    scored: int | None
    mean: float | None
    below: int | None
    lacking: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A cohort without anybody in it.

    Attributes:
        candidates: How many were looked at, None for fewer than `FEWEST`.
        months: First and last month of their interviews as `2026-11`, empty where withheld.
        rows: Competencies of which enough candidates were asked.
        withheld: How many competencies are left out because too few were asked.
    """

    candidates: int | None
    months: tuple[str, str]
    rows: tuple[AggregateRow, ...]
    withheld: int


def aggregate(found: HeatMap) -> Aggregate:
    """Return what may be told of a cohort."""
    sheets = [member.sheet for member, _ in found.rows if member.sheet]
    if len(sheets) < FEWEST:
        return Aggregate(None, ("", ""), (), len(found.columns))
    months = sorted(sheet.sitting.at[:7] for sheet in sheets)
    made = [_row(place, column, found) for place, column in enumerate(found.columns)]
    rows = tuple(row for row in made if row is not None)
    return Aggregate(len(sheets), (months[0], months[-1]), rows, len(made) - len(rows))


def _row(place: int, column: Column, found: HeatMap) -> AggregateRow | None:
    asked = [
        (member.sheet, cells[place])
        for member, cells in found.rows
        if member.sheet and cells[place].state != "not_asked"
    ]
    if len(asked) < FEWEST:
        return None
    levels = [cell.level for _, cell in asked if cell.level is not None]
    scored = len(levels)
    return AggregateRow(
        column,
        len(asked),
        scored if scored == len(asked) else _told(scored, len(asked)),
        round(fmean(levels), 1) if scored >= FEWEST else None,
        _told(sum(cell.below for _, cell in asked), scored),
        _lacking([sheet for sheet, _ in asked], column.key.competency),
    )


def _told(count: int, of: int) -> int | None:
    """Return a count, None where it or its rest is too small to be told."""
    return count if count >= FEWEST and of - count >= FEWEST else None


def _lacking(sheets: Sequence[ScoreSheet], competency: str) -> tuple[tuple[str, int], ...]:
    parts = Counter(part for sheet in sheets for part in sheet.missing(competency))
    told = [(part, n) for part, n in parts.items() if _told(n, len(sheets)) is not None]
    return tuple(sorted(told, key=lambda entry: (-entry[1], entry[0])))
