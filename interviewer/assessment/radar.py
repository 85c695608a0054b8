"""The shape of a radar: levels of several competencies at a glance. Pure geometry, without words.

An axis goes from the middle to the highest level. What was not scored has no place on it: the line
is broken there, since joining its neighbours, or dropping to the middle, would show a level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 448, 316
RADIUS = 102.0
LEAST_AXES = 3
_LABEL = 14.0
_LINE = 15.0
# Characters of a label's line; a Chinese one is as wide as two Latin ones.
_LONGEST = 14

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """One competency.

    Attributes:
        name: As it is written beside the axis.
        level: Its level, None where it is not scored.
        required: The level asked for, None where none is known.
        before: Its level of last time, None where there is none.
        lowest: The lowest level of its scale.
        highest: The highest.
    """

    name: str
    level: float | None
    required: float | None = None
    before: float | None = None
    lowest: float = 1.0
    highest: float = 5.0


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands: the first line's place, how it is aligned, and its lines."""

    x: float
    y: float
    anchor: str
    lines: tuple[tuple[float, str], ...]
    scored: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """One line around the middle.

    Attributes:
        path: SVG path data; only between neighbours that both have a value.
        whole: Whether every axis has a value, so that the line encloses an area.
        points: Where the values are.
    """

    path: str
    whole: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """All that is drawn.

    Attributes:
        rings: Path data of one ring a level, the lowest first.
        spokes: Outer ends of the axes.
        labels: Names.
        required: What is asked for.
        before: Last time.
        level: This time.
    """

    rings: tuple[str, ...]
    spokes: tuple[Point, ...]
    labels: tuple[Label, ...]
    required: Trace
    before: Trace
    level: Trace
    width: int = WIDTH
    height: int = HEIGHT
    middle: Point = (WIDTH / 2, HEIGHT / 2)


def radar(axes: Sequence[Axis]) -> Radar | None:
    """Return the drawing; None for fewer than three axes or where nothing is scored.

    Args:
        axes: In the order they stand around the middle, clockwise from above.
    """
    if len(axes) < LEAST_AXES or all(axis.level is None for axis in axes):
        return None
    count = len(axes)
    levels = max(round(axis.highest - axis.lowest) + 1 for axis in axes)
    rings = (
        [_at(place, count, (ring + 1) / levels) for place in range(count)]
        for ring in range(levels)
    )
    return Radar(
        rings=tuple(_path([*ring]) for ring in rings),
        spokes=tuple(_at(place, count, 1.0) for place in range(count)),
        labels=tuple(_label(axis, place, count) for place, axis in enumerate(axes)),
        required=_trace(axes, [axis.required for axis in axes]),
        before=_trace(axes, [axis.before for axis in axes]),
        level=_trace(axes, [axis.level for axis in axes]),
    )


def share(value: float, lowest: float, highest: float) -> float:
    """Return how far out a level stands, 0 to 1; the lowest level is not the middle."""
    within = min(max(value, lowest), highest)
    return (within - lowest + 1) / (highest - lowest + 1)


def _trace(axes: Sequence[Axis], values: Sequence[float | None]) -> Trace:
    places = [
        None if value is None else _at(n, len(axes), share(value, axis.lowest, axis.highest))
        for n, (axis, value) in enumerate(zip(axes, values, strict=True))
    ]
    points = tuple(place for place in places if place is not None)
    if len(points) == len(places):
        return Trace(_path([*points]), True, points)
    lines = [
        f"M{_pair(here)}L{_pair(there)}"
        for here, there in zip(places, [*places[1:], places[0]], strict=True)
        if here is not None and there is not None
    ]
    return Trace("".join(lines), False, points)


def _at(place: int, count: int, far: float) -> Point:
    angle = 2 * math.pi * place / count - math.pi / 2
    x, y = WIDTH / 2 + RADIUS * far * math.cos(angle), HEIGHT / 2 + RADIUS * far * math.sin(angle)
    return round(x, 1), round(y, 1)


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(_pair(point) for point in points) + "Z"


def _pair(point: Point) -> str:
    return f"{point[0]:g},{point[1]:g}"


def _label(axis: Axis, place: int, count: int) -> Label:
    x, y = _at(place, count, 1 + _LABEL / RADIUS)
    lines = _lines(axis.name)
    side = x - WIDTH / 2
    anchor = "middle" if abs(side) < RADIUS / 4 else "start" if side > 0 else "end"
    # Above the middle a name grows upwards, below it downwards, beside it both ways.
    height = (len(lines) - 1) * _LINE
    upwards = (HEIGHT / 2 + RADIUS + _LABEL - y) / (2 * (RADIUS + _LABEL))
    first = y + _LINE / 3 - height * upwards
    placed = tuple((round(first + n * _LINE, 1), line) for n, line in enumerate(lines))
    return Label(x, placed[0][0], anchor, placed, axis.level is not None)


def _lines(name: str) -> tuple[str, ...]:
    """Return a name in lines of about one length; Chinese is cut anywhere."""
    words, gap = (name.split(), " ") if name.isascii() else ([*name], "")
    count = -(-_wide(name) // _LONGEST)
    longest = max([-(-_wide(name) // count), *map(_wide, words)]) if words else _LONGEST
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]}{gap}{word}" if lines else word
        if lines and _wide(longer) <= longest + len(gap) * 2:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines) or ("",)


def _wide(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
