"""What a question is compared with inside a passage: its sentences, and the rows of its tables.

A passage of several sentences is near to many questions and very near to none; the one sentence
that answers is. What it is about often stands above it, in a heading or at the head of a column,
so a unit is embedded with that. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.research.sections import Block, sections
from interviewer.research.sentences import sentences
from interviewer.transcript import Passage

_ROW = re.compile(r"\s*\|")
_RULE = re.compile(r"[\s|:\-]+")
_ARROW = " › "
# A small table is a unit as a whole too: "which is the largest" is answered by no single row.
_SMALL_TABLE = 12
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence or row of a passage.

    Attributes:
        text: An exact substring of the passage's text.
        about: What is embedded: the nearest heading, a row's column heads, and the text.
        is_row: Whether it is part of a table.
    """

    text: str
    about: str
    is_row: bool


def units_of(passage: Passage) -> tuple[Unit, ...]:
    """Return the units of a passage in order, at least one."""
    top = passage.heading.rpartition(_ARROW)[2]
    found: list[Unit] = []
    for section in sections(passage.text, passage.language):
        heading = section.path[-1] if section.path else top
        for block in section.blocks:
            found.extend(_of_block(block, heading, passage.language))
    text = passage.text.strip()
    return tuple(found) or (Unit(text, _under(top, text), is_row=False),)


def _of_block(block: Block, heading: str, language: str) -> Iterator[Unit]:
    lines = block.text.strip().splitlines()
    if len(lines) > 1 and all(_ROW.match(line) for line in lines):
        yield from _of_table(lines, heading)
        return
    for sentence in sentences(block.text, language):
        yield Unit(sentence, _under(heading, sentence), is_row=sentence.startswith("|"))


def _of_table(lines: list[str], heading: str) -> Iterator[Unit]:
    heads = _cells(lines[0])
    rows = [line for line in lines[1:] if not _RULE.fullmatch(line)]
    for line in rows:
        named = zip(heads, _cells(line), strict=False)
        body = "; ".join(f"{head}: {cell}" if head else cell for head, cell in named if cell)
        yield Unit(line.strip(), _under(heading, body), is_row=True)
    if len(lines) <= _SMALL_TABLE:
        body = "; ".join(" ".join(_cells(line)) for line in (lines[0], *rows))[:_LONGEST]
        yield Unit(lines[0].strip(), _under(heading, body), is_row=True)


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("*") for cell in line.strip().strip("|").split("|")]


def _under(heading: str, text: str) -> str:
    return f"{heading}: {text}" if heading else text
