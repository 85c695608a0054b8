"""Where the operators of a PDF page have got to, as far as it decides whether text is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from interviewer.research.parsing.boxes import (
    EVERYWHERE,
    SAME,
    Box,
    Matrix,
    applied,
    around,
    both,
    common,
    is_empty,
    matrix_of,
    times,
)

_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_ENDS_PATH = _FILLS | {b"n", b"S", b"s"}
_PICTURES = frozenset({b"Do", b"BI", b"INLINE IMAGE", b"sh"})
_PATH = frozenset({b"re", b"m", b"l", b"c", b"v", b"y"})
_TEXT = frozenset({b"BT", b"Tm", b"Td", b"TD", b"T*"})
_WHITE = 0.97
# A letter is about half as wide as it is high.
_WIDTH = 0.5
_MOST_GROUNDS = 300


@dataclass(frozen=True, slots=True)
class State:
    """What is kept and restored with the graphics state."""

    mode: int = 0
    size: float = 12.0
    leading: float = 0.0
    matrix: Matrix = SAME
    white: bool = False
    glassy: bool = False
    clip: Box = EVERYWHERE


@dataclass
class Pen:
    """Where the page's operators have got to."""

    glass: Mapping[str, bool | None]
    state: State = field(default_factory=State)
    kept: list[State] = field(default_factory=list)
    text: Matrix = SAME
    letters: int = 0
    path: Box | None = None
    drawn: list[bytes] = field(default_factory=list)
    clips: bool = False
    grounds: list[Box] = field(default_factory=list)

    def follow(self, operator: bytes, operands: list[Any]) -> Box | None:
        """Take note of an operator; return what it has filled with an opaque colour, if anything.

        One whose operands are not what they should be is passed over, as viewers do.
        """
        try:
            return self._followed(operator, operands)
        except (ValueError, TypeError, IndexError):
            return None

    def _followed(self, operator: bytes, operands: list[Any]) -> Box | None:
        if operator in _PICTURES:
            self.grounds.append(self.state.clip)  # anywhere, as far as is known
        elif operator in _ENDS_PATH:
            return self._painted(operator)
        elif operator in (b"W", b"W*"):
            self.clips = True
        elif operator in _PATH:
            self._extend(operator, [float(value) for value in operands])
        elif operator in _TEXT:
            self._place(operator, operands)
        else:
            self._set(operator, operands)
        return None

    def box(self, operands: list[Any]) -> Box:
        """Return about where text stands on the page, from where its line was begun."""
        self.letters += _letters(operands)
        high = self.state.size
        wide = _WIDTH * high * max(1, self.letters)
        whole = times(self.text, self.state.matrix)
        return around(whole, (0.0, -0.2 * high, wide, 0.7 * high))

    def on_ground(self, box: Box) -> bool:
        """Whether something that is not white, or may not be, lies below a box."""
        grounds = self.grounds[-_MOST_GROUNDS:]
        return len(self.grounds) > len(grounds) or any(
            not is_empty(common(ground, box)) for ground in grounds
        )

    def height(self) -> float:
        """Return how high the letters are, in points."""
        whole = times(self.text, self.state.matrix)
        return abs(self.state.size) * max(abs(whole[2]), abs(whole[3]))

    def _painted(self, operator: bytes) -> Box | None:
        path, self.path = self.path, None
        drawn, self.drawn = self.drawn, []
        if self.clips and path is not None:
            self.state = replace(self.state, clip=common(self.state.clip, path))
        self.clips = False
        if path is None or operator not in _FILLS:
            return None
        filled = common(path, self.state.clip)
        if not self.state.white:
            self.grounds.append(filled)
        # Of any other shape than one rectangle it is not known what it leaves open.
        return None if self.state.glassy or drawn != [b"re"] else filled

    def _extend(self, operator: bytes, values: list[float]) -> None:
        self.drawn.append(operator)
        if operator == b"re":
            x, y, wide, high = values
            points = [(x, y), (x + wide, y + high), (x + wide, y), (x, y + high)]
        else:
            points = list(zip(values[::2], values[1::2], strict=True))
        for point in points:
            x, y = applied(self.state.matrix, *point)
            here = (x, y, x, y)
            self.path = here if self.path is None else both(self.path, here)

    def _place(self, operator: bytes, operands: list[Any]) -> None:
        values = [float(value) for value in operands]
        self.letters = 0
        if operator == b"BT":
            self.text = SAME
            return
        if operator == b"Tm":
            self.text = matrix_of(values)
            return
        if operator == b"TD":
            self.state = replace(self.state, leading=-values[1])
        down = (0.0, -self.state.leading) if operator == b"T*" else (values[0], values[1])
        self.text = times((1.0, 0.0, 0.0, 1.0, *down), self.text)

    def _set(self, operator: bytes, operands: list[Any]) -> None:
        state = self.state
        if operator == b"q":
            self.kept.append(state)
        elif operator == b"Q" and self.kept:
            self.state = self.kept.pop()
        elif operator == b"cm":
            matrix = times(matrix_of([float(value) for value in operands]), state.matrix)
            self.state = replace(state, matrix=matrix)
        elif operator == b"Tr":
            self.state = replace(state, mode=int(operands[0]))
        elif operator == b"Tf":
            self.state = replace(state, size=float(operands[1]))
        elif operator == b"TL":
            self.state = replace(state, leading=float(operands[0]))
        elif operator == b"gs":
            glassy = self.glass.get(str(operands[0]), True)
            self.state = replace(state, glassy=state.glassy if glassy is None else glassy)
        elif operator in (b"g", b"rg", b"sc", b"scn", b"k"):
            self.state = replace(state, white=_is_white(operator, operands))


def _letters(operands: list[Any]) -> int:
    """Return how many letters are shown, counting two bytes of a wide font twice at most."""
    pieces = operands[-1] if operands else ""
    pieces = pieces if isinstance(pieces, list) else [pieces]
    return sum(len(piece) for piece in pieces if isinstance(piece, str | bytes))


def _is_white(operator: bytes, operands: list[Any]) -> bool:
    values = [float(value) for value in operands if _is_number(value)]
    if operator == b"k":
        return max(values) <= 1 - _WHITE
    return bool(values) and len(values) != 4 and min(values) >= _WHITE


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True
