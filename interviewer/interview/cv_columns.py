"""The lines of a CV at their places; columns that stand side by side are taken apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.interview.cv_dates import find_span

_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_GAP = re.compile(r"(?<=\S)[ \t\u3000]{3,}(?=\S)")
# This many lines with a gap at one place, and as many again that begin there, make a column.
_LEAST = 4
_DEEP = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a column's part of one, at its place in the CV."""

    number: int
    start: int
    end: int
    indent: int
    after_gap: bool
    column: int


def pieces(text: str) -> list[Piece]:
    """Return the lines of a CV; columns that stand side by side one after the other."""
    lines: list[tuple[int, int, str]] = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        lines.append((number, start, line))
        start += len(line) + 1
    border = _border([line for _, _, line in lines])
    if border is None:
        return [*_side(lines, 0, None)]
    return [*_side(lines, 0, border), *_side(lines, border, None)]


def _side(lines: Sequence[tuple[int, int, str]], left: int, right: int | None) -> Iterator[Piece]:
    """Yield what stands between two borders of every line."""
    gap = False
    column = 0 if (left, right) == (0, None) else left + 1
    for number, start, line in lines:
        cut = line[left:right]
        said = cut.strip()
        if not said:
            gap = True
            continue
        if _TABLE_RULE.match(cut) or not any(c.isalnum() for c in said):
            continue
        indent = len(cut) - len(cut.lstrip())
        first = start + left + indent
        yield Piece(number, first, first + len(cut.strip()), indent, gap, column)
        gap = False


def _border(lines: Sequence[str]) -> int | None:
    """Return where a second column begins, None where there is one column only."""
    starts: Counter[int] = Counter()
    alone: Counter[int] = Counter()
    dated: Counter[int] = Counter()
    for line in lines:
        for match in _GAP.finditer(line):
            starts[match.end()] += 1
            dated[match.end()] += find_span(line[match.end() :]) is not None
        indent = len(line) - len(line.lstrip())
        if indent >= _DEEP and line.strip():
            alone[indent] += 1
    for place, count in starts.most_common(3):
        often = count >= _LEAST and count + alone[place] >= 2 * _LEAST
        if often and 2 * dated[place] < count and _is_clear(lines, place):
            return place
    return None


def _is_clear(lines: Sequence[str], place: int) -> bool:
    """Whether hardly any line runs across a border."""
    across = sum(
        len(line) > place and not line[place - 2 : place].isspace() for line in lines if line
    )
    return across * 5 <= sum(len(line) > place for line in lines)
