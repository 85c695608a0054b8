"""Word documents: headings, paragraphs, lists and tables in their order."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from interviewer.research.parsing.office import check_parts
from interviewer.research.parsing.parsed import Parsed
from interviewer.research.parsing.tables import cell, table
from interviewer.research.parsing.word_sight import Sight

if TYPE_CHECKING:
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_HEADING = re.compile(r"(?:Heading|标题)\s*(\d)|^(Title)$", re.IGNORECASE)
_LIST = re.compile(r"List|列表", re.IGNORECASE)
# A table with a cell of as many lines arranges text and holds no figures to be compared.
_LAYOUT = 3


def read_docx(data: bytes) -> Parsed:
    """Read a Word document; hidden, white and tiny text is kept apart."""
    check_parts(data)
    from docx import Document
    from docx.table import Table

    document = Document(io.BytesIO(data))
    blocks: list[str] = []
    sight = Sight(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks.append(_table(block, sight))
        else:
            blocks.append(_paragraph(block, sight))
    kept = [block for block in blocks if block]
    properties = document.core_properties
    modified = properties.modified
    return Parsed(
        _lines(kept),
        title=properties.title or None,
        date=modified.date().isoformat() if modified else None,
        hidden=tuple(sight.kept),
    )


def _lines(blocks: list[str]) -> str:
    text = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        together = before.startswith("- ") and block.startswith("- ")
        text += ("\n" if together else "\n\n") + block
    return text.strip()


def _paragraph(paragraph: Paragraph, sight: Sight) -> str:
    seen = ""
    unseen = ""
    for run in paragraph.runs:
        if sight.is_unseen(run, paragraph):
            unseen += run.text
        else:
            seen += run.text
    if unseen.strip():
        sight.kept.append(" ".join(unseen.split()))
        text = seen.strip()
    else:
        text = paragraph.text.strip()  # with the links, which are no runs
    if not text:
        return ""
    style = (paragraph.style.name if paragraph.style else "") or ""
    heading = _HEADING.search(style)
    if heading:
        return f"{'#' * min(int(heading[1] or 1), 6)} {' '.join(text.split())}"
    return f"- {' '.join(text.split())}" if _LIST.search(style) else text


def _table(found: Table, sight: Sight) -> str:
    rows = [_cells(row) for row in found.rows]
    first = sight.aside()
    if any(len(_cell_lines(entry, first)) >= _LAYOUT for row in rows for entry in row):
        return _lines([line for row in rows for line in _laid_out(row, sight)])
    if first.kept:
        return table([[cell(" ".join(_cell_lines(e, sight))) for e in row] for row in rows])
    return table([[cell(entry.text) for entry in row] for row in rows])


def _cells(row: _Row) -> list[_Cell]:
    """Return the cells of a row; a merged cell is given once a column and taken once."""
    found: list[_Cell] = []
    for entry in row.cells:
        if not found or entry._tc is not found[-1]._tc:
            found.append(entry)
    return found


def _laid_out(row: list[_Cell], sight: Sight) -> list[str]:
    """Return a row of a table that arranges text, as of a CV: a line a paragraph."""
    filled = [lines for entry in row if (lines := _cell_lines(entry, sight))]
    if all(len(lines) == 1 for lines in filled):
        return [" | ".join(lines[0] for lines in filled)]
    return [line for lines in filled for line in lines]


def _cell_lines(entry: _Cell, sight: Sight) -> list[str]:
    from docx.table import Table

    blocks = [
        _table(block, sight) if isinstance(block, Table) else _paragraph(block, sight)
        for block in entry.iter_inner_content()
    ]
    return [line for block in blocks for line in block.splitlines() if line.strip()]
