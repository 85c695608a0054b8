"""Candidates beside each other on parallel questions, in the order of the alphabet.

There is no other order: this is practice, and a list that can be sorted by a level is a ranking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from interviewer.assessment.cohort.score_sheet import ScoreSheet
from interviewer.assessment.progress.series import Key, Point, Series, series_in
from interviewer.content.rubric import Scale

CellState = Literal["level", "not_scored", "not_asked"]
STEPS = 5
"""How many shades a level is drawn in."""


@dataclass(frozen=True, slots=True)
class Member:
    """A candidate of a cohort.

    Attributes:
        id: Number of the candidate.
        name: Their name.
        sheet: Of the interview that is looked at, None where there is none to look at.
    """

    id: int
    name: str
    sheet: ScoreSheet | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one candidate shows of one competency.

    Attributes:
        state: A level, none although it was asked about, or not asked about.
        level: To a tenth, None without one.
        required: The level the post asks for, None where it is not known.
        step: The shade, 0 for the lowest level to `STEPS` - 1 for the highest.
        reason: Why there is no level, in words.
    """

    state: CellState
    level: float | None = None
    required: int | None = None
    step: int = 0
    reason: str = ""

    @property
    def below(self) -> bool:
        """Whether the level lies below what the post asks for."""
        return self.level is not None and self.required is not None and self.level < self.required


@dataclass(frozen=True, slots=True)
class Column:
    """What is compared: a competency by one kind of question.

    Attributes:
        key: What the levels have in common.
        name: The competency's name in the language of the interviews.
        scale: The levels there are.
    """

    key: Key
    name: str
    scale: Scale


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Levels of a cohort.

    Attributes:
        columns: In the order in which competencies came up.
        rows: Candidates by name, each with a cell a column.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Member, tuple[Cell, ...]], ...]


NOT_ASKED = Cell("not_asked")


def heat_map(members: Iterable[Member]) -> HeatMap:
    """Return candidates beside each other; those without an interview have no cells."""
    ordered = by_name(members)
    found = {m.id: {s.key: s for s in series_in([m.sheet.sitting])} for m in ordered if m.sheet}
    columns: dict[Key, Column] = {}
    for series in found.values():
        for key, one in series.items():
            if one.points[0].questions:
                columns.setdefault(key, Column(key, one.name, one.scale))
    grouped = _grouped(columns.values())
    rows = tuple(
        (member, tuple(_cell(found[member.id], column) for column in grouped))
        if member.id in found
        else (member, ())
        for member in ordered
    )
    return HeatMap(grouped, rows)


def by_name(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return candidates in the order of the alphabet, as every list of them stands."""
    return tuple(sorted(members, key=lambda member: (member.name.casefold(), member.name)))


def _grouped(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return columns so that those of one competency stand together, else as they came up."""
    held = list(columns)
    first = {name: n for n, name in enumerate(dict.fromkeys(c.key.competency for c in held))}
    return tuple(sorted(held, key=lambda column: first[column.key.competency]))


def _cell(series: Mapping[Key, Series], column: Column) -> Cell:
    one = series.get(column.key)
    if one is None or not one.points[0].questions:
        return NOT_ASKED
    point: Point = one.points[0]
    if point.level is None:
        return Cell("not_scored", required=point.required, reason=point.reason)
    low, high = column.scale.min, column.scale.max
    share = (point.level - low) / (high - low)
    step = min(STEPS - 1, max(0, round(share * (STEPS - 1))))
    return Cell("level", point.level, point.required, step)
