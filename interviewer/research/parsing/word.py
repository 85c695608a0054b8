"""Word documents: headings, paragraphs, lists and tables in their order."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from interviewer.research.parsing.office import check_parts
from interviewer.research.parsing.parsed import Parsed
from interviewer.research.parsing.tables import cell, table

if TYPE_CHECKING:
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_HEADING = re.compile(r"(?:Heading|标题)\s*(\d)|^(Title)$", re.IGNORECASE)
_LIST = re.compile(r"List|列表", re.IGNORECASE)
_SMALLEST_PT = 2
# A table with a cell of as many lines arranges text and holds no figures to be compared.
_LAYOUT = 3
_WHITE = "FFFFFF"


def read_docx(data: bytes) -> Parsed:
    """Read a Word document; hidden, white and tiny text is kept apart."""
    check_parts(data)
    from docx import Document
    from docx.table import Table

    document = Document(io.BytesIO(data))
    blocks: list[str] = []
    hidden: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks.append(_table(block, hidden))
        else:
            blocks.append(_paragraph(block, hidden))
    kept = [block for block in blocks if block]
    properties = document.core_properties
    modified = properties.modified
    return Parsed(
        _lines(kept),
        title=properties.title or None,
        date=modified.date().isoformat() if modified else None,
        hidden=tuple(hidden),
    )


def _lines(blocks: list[str]) -> str:
    text = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        together = before.startswith("- ") and block.startswith("- ")
        text += ("\n" if together else "\n\n") + block
    return text.strip()


def _paragraph(paragraph: Paragraph, hidden: list[str]) -> str:
    seen = ""
    unseen = ""
    for run in paragraph.runs:
        if _is_hidden(run):
            unseen += run.text
        else:
            seen += run.text
    if unseen.strip():
        hidden.append(" ".join(unseen.split()))
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


def _is_hidden(run: object) -> bool:
    font = run.font  # type: ignore[attr-defined]
    if font.hidden:
        return True
    if font.size is not None and font.size.pt < _SMALLEST_PT:
        return True
    if font.color is None or font.color.rgb is None or str(font.color.rgb) != _WHITE:
        return False
    # White on a shade of its own is a design, white on the page is not there.
    marks = run._r.xpath("./w:rPr/w:shd | ./w:rPr/w:highlight | ancestor::w:p/w:pPr/w:shd")  # type: ignore[attr-defined]
    return not marks


def _table(found: Table, hidden: list[str]) -> str:
    rows = [_cells(row) for row in found.rows]
    if any(len(_cell_lines(entry, [])) >= _LAYOUT for row in rows for entry in row):
        return _lines([line for row in rows for line in _laid_out(row, hidden)])
    return table([[cell(entry.text) for entry in row] for row in rows])


def _cells(row: _Row) -> list[_Cell]:
    """Return the cells of a row; a merged cell is given once a column and taken once."""
    found: list[_Cell] = []
    for entry in row.cells:
        if not found or entry._tc is not found[-1]._tc:
            found.append(entry)
    return found


def _laid_out(row: list[_Cell], hidden: list[str]) -> list[str]:
    """Return a row of a table that arranges text, as of a CV: a line a paragraph."""
    filled = [lines for entry in row if (lines := _cell_lines(entry, hidden))]
    if all(len(lines) == 1 for lines in filled):
        return [" | ".join(lines[0] for lines in filled)]
    return [line for lines in filled for line in lines]


def _cell_lines(entry: _Cell, hidden: list[str]) -> list[str]:
    from docx.table import Table

    blocks = [
        _table(block, hidden) if isinstance(block, Table) else _paragraph(block, hidden)
        for block in entry.iter_inner_content()
    ]
    return [line for block in blocks for line in block.splitlines() if line.strip()]
