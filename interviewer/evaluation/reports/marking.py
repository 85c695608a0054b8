"""A turn's text in pieces: which words findings are about, and signs nobody would see.

What was said may hold characters that turn the direction of a line, or show nothing at all. They
are shown by their numbers, so that a reader sees what a model saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Controls, direction signs, and the tags of Unicode that carry text nobody sees.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text.

    Attributes:
        text: The part; of a sign nobody would see its number, such as U+202E.
        marks: The findings whose words it belongs to.
        unseen: Whether it stands for such a sign.
    """

    text: str
    marks: tuple[int, ...] = ()
    unseen: bool = False


def pieces(text: str, spans: Iterable[tuple[int, str]] = ()) -> tuple[Piece, ...]:
    """Return a text in pieces.

    Args:
        text: What was said.
        spans: Findings, each with its words; words that are not in the text mark nothing.
    """
    places = [
        (start, start + len(span), number)
        for number, span in spans
        if span and (start := text.find(span)) >= 0
    ]
    edges = sorted({0, len(text), *(edge for low, high, _ in places for edge in (low, high))})
    found: list[Piece] = []
    for low, high in pairwise(edges):
        marks = tuple(number for start, end, number in places if start <= low and high <= end)
        found += _seen(text[low:high], marks)
    return tuple(found)


def _seen(text: str, marks: Sequence[int]) -> list[Piece]:
    """Return a part of a text with the signs nobody would see apart."""
    found: list[Piece] = []
    at = 0
    for match in _UNSEEN.finditer(text):
        if match.start() > at:
            found.append(Piece(text[at : match.start()], tuple(marks)))
        found.append(Piece(f"U+{ord(match[0]):04X}", tuple(marks), unseen=True))
        at = match.end()
    if at < len(text):
        found.append(Piece(text[at:], tuple(marks)))
    return found


def visible(text: str) -> str:
    """Return a text in which signs nobody would see stand as their numbers."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)
