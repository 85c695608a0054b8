"""Which text of a PDF page is seen: its operators are followed, nothing is drawn.

Text counts as unseen where it is written without ink, too small, in white on white, beside the
page, outside of what it is clipped to, or below what is painted over it later. Letters have no
widths here, so a line's length is a guess; all bounds are taken generously.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interviewer.research.parsing.boxes import Box, common, is_empty
from interviewer.research.parsing.pen import Pen

_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_SMALLEST_PT = 2.0
# Comparisons of text with what is painted later; a drawing of thousands of shapes is left alone.
_MOST_COMPARED = 400_000

Operation = tuple[Any, bytes]


def divided(
    operations: list[Operation], page: Box, glass: Mapping[str, bool | None]
) -> tuple[list[Operation], list[Operation]]:
    """Divide a page's operations: all without the unseen text, and all with only that.

    Args:
        operations: Of the page, in order.
        page: What is shown of it, in its own points.
        glass: Whether what is painted in a state, by its name, lets through what is below, as a
            marker's yellow does; None where the state leaves that as it is.

    Returns:
        Two empty lists when all text is seen.
    """
    unseen = _unseen(operations, page, glass)
    if not unseen:
        return [], []
    shown = [one for place, one in enumerate(operations) if place not in unseen]
    other = [
        one
        for place, one in enumerate(operations)
        if one[1] not in _SHOWS or place in unseen
    ]  # fmt: skip
    return shown, other


def _unseen(
    operations: list[Operation], page: Box, glass: Mapping[str, bool | None]
) -> frozenset[int]:
    pen = Pen(glass)
    found: set[int] = set()
    boxes: dict[int, Box] = {}
    fills: list[tuple[int, Box]] = []
    for place, (operands, operator) in enumerate(operations):
        if operator not in _SHOWS:
            filled = pen.follow(operator, operands)
            if filled is not None:
                fills.append((place, filled))
            continue
        if operator in (b"'", b'"'):
            pen.follow(b"T*", [])
        box = boxes[place] = pen.box(operands)
        away = common(box, common(page, pen.state.clip))
        if (
            pen.state.mode in {3, 7}
            or pen.height() < _SMALLEST_PT
            or is_empty(away)
            or (pen.state.white and not pen.on_ground(box))
        ):
            found.add(place)
    return frozenset(found | _covered(boxes, fills))


def _covered(boxes: dict[int, Box], fills: list[tuple[int, Box]]) -> set[int]:
    """Return the text that something is painted over later."""
    if len(boxes) * len(fills) > _MOST_COMPARED:
        return set()
    return {
        place
        for place, box in boxes.items()
        if any(later > place and _holds(fill, box) for later, fill in fills)
    }


def _holds(outer: Box, box: Box) -> bool:
    """Whether a box lies in another, but for the last third of its length, which is a guess."""
    right = box[0] + (box[2] - box[0]) * 2 / 3
    low, high = box[1] + (box[3] - box[1]) * 0.25, box[3] - (box[3] - box[1]) * 0.1
    return outer[0] <= box[0] and outer[2] >= right and outer[1] <= low and outer[3] >= high
