"""What a cohort most needs: competencies most often below or without a level, and what lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.assessment.cohort.heat_map import Column, HeatMap
from interviewer.assessment.cohort.score_sheet import ScoreSheet
from interviewer.assessment.feedback.anchors import step_up
from interviewer.content.library import Library

MOST_NEEDS = 6


@dataclass(frozen=True, slots=True)
class Need:
    """What candidates lack in one competency.

    Attributes:
        column: The competency and kind of question.
        asked: How many candidates were asked about it.
        below: How many of them lie below what the post asks for.
        unscored: How many have no level.
        lacking: The part of an answer that most of these lack, empty where none is told.
        lacking_in: In how many of them it lacks.
        asks: The level and the piece of the anchor that asks for that part, None where none does.
    """

    column: Column
    asked: int
    below: int
    unscored: int
    lacking: str
    lacking_in: int
    asks: tuple[int, str] | None

    @property
    def short(self) -> int:
        """How many lie below, or have no level."""
        return self.below + self.unscored


def needs_in(found: HeatMap, library: Library, language: str) -> tuple[Need, ...]:
    """Return what a cohort most needs, the largest share first; nothing where nobody lacks.

    Args:
        found: The cohort.
        library: Rubrics, for the anchors.
        language: That of the anchors.
    """
    made = [
        _need(place, column, found, library, language)
        for place, column in enumerate(found.columns)
    ]
    lacking = [need for need in made if need.short]
    lacking.sort(key=lambda need: (-need.short / need.asked, -need.asked))
    return tuple(lacking[:MOST_NEEDS])


def _need(place: int, column: Column, found: HeatMap, library: Library, language: str) -> Need:
    asked = [
        (member.sheet, cells[place])
        for member, cells in found.rows
        if member.sheet and cells[place].state != "not_asked"
    ]
    short = [sheet for sheet, cell in asked if cell.below or cell.level is None]
    competency = column.key.competency
    parts = Counter(part for sheet in short for part in sheet.missing(competency))
    part, number = min(parts.items(), key=lambda e: (-e[1], e[0]), default=("", 0))
    required = next((cell.required for _, cell in asked if cell.required is not None), None)
    return Need(
        column=column,
        asked=len(asked),
        below=sum(cell.below for _, cell in asked),
        unscored=sum(cell.level is None for _, cell in asked),
        lacking=part,
        lacking_in=number,
        asks=_asks(part, competency, short, required, library, language) if part else None,
    )


def _asks(
    part: str,
    competency: str,
    short: Sequence[ScoreSheet],
    required: int | None,
    library: Library,
    language: str,
) -> tuple[int, str] | None:
    """Return the piece of an anchor that asks for a part, from where most candidates stand."""
    anchors = Counter(sheet.anchor(competency) for sheet in short)
    usual = min(anchors, key=lambda anchor: (-anchors[anchor], anchor or 0))
    return step_up(library.rubrics.get(competency), usual, required, language).asks_for(part)
