"""Rows of cells as Markdown tables that are short enough to be found as one passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MOST_COLUMNS = 40
MOST_CELL = 400
# Rows of one table go together up to here; the header is repeated on top of the next piece.
_MOST_WORDS = 180


def cell(value: object) -> str:
    """Return a cell's text on one line, without bars."""
    text = "" if value is None else " ".join(str(value).split())
    return text.replace("|", "/")[:MOST_CELL]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table, the first as header; empty where there is nothing."""
    filled = [tuple(row[:MOST_COLUMNS]) for row in rows if any(row)]
    if not filled:
        return ""
    width = max(len(row) for row in filled)
    wide = [(*row, *("",) * (width - len(row))) for row in filled]
    lines = [_line(wide[0]), _line(("---",) * width), *(_line(row) for row in wide[1:])]
    return "\n".join(lines)


def pieces(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """Cut a long table into tables with the same header.

    Yields:
        Number of the first and of the last row of the piece, from 1 for the first row below the
        header, and the piece.
    """
    filled = [row for row in rows if any(row)]
    if not filled:
        return
    header, body = filled[0], filled[1:]
    start, words = 0, 0
    for place, row in enumerate(body):
        length = sum(max(1, len(text) // 6) for text in row if text)
        if place > start and words + length > _MOST_WORDS:
            yield start + 1, place, table([header, *body[start:place]])
            start, words = place, 0
        words += length
    yield start + 1, len(body), table([header, *body[start:]])


def _line(row: Sequence[str]) -> str:
    return "| " + " | ".join(row) + " |"
