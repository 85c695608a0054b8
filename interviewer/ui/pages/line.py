"""A series of levels as a small line to look at, and in words for those who hear the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.assessment.progress.series import Point, Series
from interviewer.ui.words import Words, day

WIDTH, HEIGHT = 260, 72
_SIDE, _TOP = 12, 10


@dataclass(frozen=True, slots=True)
class Dot:
    """One interview: where it stands, and how it is drawn.

    Attributes:
        x: From the left.
        y: From the top; None for a gap.
        counted: Whether it is part of the line.
    """

    x: float
    y: float | None
    counted: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What is drawn.

    Attributes:
        dots: One an interview, oldest first.
        runs: Points of each unbroken piece of the line, as SVG takes them.
        required: Height of the level that is asked for, None where it is not known.
        told: The same in words.
    """

    dots: tuple[Dot, ...]
    runs: tuple[str, ...]
    required: float | None
    told: str


def line_of(series: Series, words: Words) -> Line:
    """Return a series as a line; what was not scored breaks it."""
    low, high = series.scale.min, series.scale.max
    room = WIDTH - 2 * _SIDE
    step = room / max(1, len(series.points) - 1)

    def height(level: float) -> float:
        return round(HEIGHT - _TOP - (level - low) / (high - low) * (HEIGHT - 2 * _TOP), 1)

    dots = tuple(
        Dot(
            x=round(_SIDE + place * step if len(series.points) > 1 else WIDTH / 2, 1),
            y=None if point.level is None else height(point.level),
            counted=point.counted,
        )
        for place, point in enumerate(series.points)
    )
    required = series.points[-1].required
    return Line(
        dots, _runs(dots), None if required is None else height(required), _told(series, words)
    )


def _runs(dots: Sequence[Dot]) -> tuple[str, ...]:
    pieces: list[list[str]] = [[]]
    for dot in dots:
        if dot.y is None:
            pieces.append([])
        elif dot.counted:
            pieces[-1].append(f"{dot.x},{dot.y}")
    return tuple(" ".join(piece) for piece in pieces if len(piece) > 1)


def _told(series: Series, words: Words) -> str:
    points = words["list_comma"].join(_point(point, words) for point in series.points)
    required = series.points[-1].required
    asked = words["progress_line_asked"].format(level=required) if required else ""
    return words["progress_line"].format(points=points) + asked


def _point(point: Point, words: Words) -> str:
    level = words["progress_gap"] if point.level is None else f"{point.level:.1f}"
    text = words["progress_point"].format(level=level, date=day(point.at, words))
    return text if point.counted or point.level is None else f"{text} ({words['progress_soon']})"
