"""Word documents: headings, paragraphs, lists and tables in their order."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from interviewer.research.parsing.office import check_parts
from interviewer.research.parsing.parsed import Parsed
from interviewer.research.parsing.tables import cell, table

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_HEADING = re.compile(r"(?:Heading|标题)\s*(\d)|^(Title)$", re.IGNORECASE)
_LIST = re.compile(r"List|列表", re.IGNORECASE)
_SMALLEST_PT = 2
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
            blocks.append(_table(block))
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


def _table(found: Table) -> str:
    rows = []
    for row in found.rows:
        # A merged cell is given once a column.
        texts: list[str] = []
        last = None
        for entry in row.cells:
            if entry._tc is not last:
                texts.append(cell(entry.text))
            last = entry._tc
        rows.append(texts)
    return table(rows)
