"""Points, boxes and matrices of a PDF page."""

from __future__ import annotations

Matrix = tuple[float, float, float, float, float, float]
# Left, bottom, right, top.
Box = tuple[float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)


def matrix_of(values: list[float]) -> Matrix:
    """Return six numbers as a matrix."""
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def times(one: Matrix, two: Matrix) -> Matrix:
    """Return a matrix that does what the first does, then the second."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def around(matrix: Matrix, box: Box) -> Box:
    """Return the box around a box that a matrix has turned."""
    corners = [applied(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def both(one: Box, two: Box) -> Box:
    """Return the box around two boxes."""
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])


def common(one: Box, two: Box) -> Box:
    """Return what two boxes have in common; its sides are crossed when that is nothing."""
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def is_empty(box: Box) -> bool:
    """Whether a box holds nothing."""
    return box[0] >= box[2] or box[1] >= box[3]
