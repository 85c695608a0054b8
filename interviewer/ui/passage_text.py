"""A passage as it is shown: paragraphs, headings and tables told apart, nothing rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"#{1,6} (.+)")
_RULE = re.compile(r"^\|?[\s:|-]*-[\s:|-]*\|?$")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a passage.

    Attributes:
        before: Text before what is marked.
        marked: Text that decides something, empty where none does.
        after: Text after it.
        rows: Cells of a table, row by row; empty for text.
        heading: The heading of what follows; nothing else is set then.
    """

    before: str = ""
    marked: str = ""
    after: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    heading: str = ""


def blocks_of(text: str, marked: str = "") -> tuple[Block, ...]:
    """Return the parts of a passage, with what decides something marked.

    Args:
        text: The passage.
        marked: An exact part of it; what is no part of it, or runs over several parts, is not
            marked.
    """
    return tuple(_block(part, marked) for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    """Yield paragraphs; lines of a table stay together and apart from others."""
    kept: list[str] = []
    for line in text.splitlines():
        in_table = line.lstrip().startswith("|")
        was_table = bool(kept) and kept[-1].lstrip().startswith("|")
        if kept and (not line.strip() or in_table != was_table):
            yield "\n".join(kept)
            kept = []
        if line.strip():
            kept.append(line)
    if kept:
        yield "\n".join(kept)


def _block(part: str, marked: str) -> Block:
    if part.lstrip().startswith("|"):
        lines = [line for line in part.splitlines() if not _RULE.match(line.strip())]
        return Block(rows=tuple(_cells(line) for line in lines))
    if heading := _HEADING.fullmatch(part):
        return Block(heading=heading[1])
    before, found, after = part.partition(marked) if marked else (part, "", "")
    return Block(before, found, after)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip().strip("|")))
