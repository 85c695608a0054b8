"""Which cells of a sheet are seen: rows and columns that are hidden, letters without colour."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from interviewer.research.parsing.tables import MOST_COLUMNS

_TAG = re.compile(rb"<(?:\w+:)?(row|col)\b([^>]*)>")
_NUMBER = re.compile(rb"\b(r|min|max)=[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_WHITE = frozenset({"FFFFFFFF", "00FFFFFF"})
_NOTHING = ";;;"  # the number format that shows no value


@dataclass(frozen=True, slots=True)
class Hidden:
    """Numbers of the rows and columns that are not shown, from 1."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


@dataclass
class Sight:
    """Takes what is not seen out of rows, and keeps it.

    Attributes:
        hidden: Rows and columns that are not shown.
        kept: Where the text goes that is taken out.
    """

    hidden: Hidden
    kept: list[str]
    _unseen: dict[tuple[int, ...], bool] = field(default_factory=dict)
    _row: int = 0

    def seen(self, row: Sequence[Any]) -> tuple[object, ...]:
        """Return the values of the next row that are seen, None for the others."""
        self._row += 1
        away = self._row in self.hidden.rows
        values: list[object] = []
        taken: list[str] = []
        for number, cell in enumerate(row[:MOST_COLUMNS], 1):
            value = cell.value
            if value is None:
                values.append(None)
            elif away or number in self.hidden.columns or self._is_blank(cell):
                taken.append(" ".join(str(value).split()))
                values.append(None)
            else:
                values.append(value)
        if taken:
            self.kept.append(" | ".join(taken))
        return tuple(values)

    def _is_blank(self, cell: Any) -> bool:
        """Whether a cell's style shows nothing; looked up once for each style."""
        style = cell.style_array
        key = style.fontId, style.fillId, style.numFmtId
        if key not in self._unseen:
            font, fill = cell.font, cell.fill
            white = font.color is not None and str(font.color.rgb) in _WHITE
            plain = fill is None or fill.fill_type is None
            self._unseen[key] = (white and plain) or cell.number_format == _NOTHING
        return self._unseen[key]


def hidden_in(data: bytes, sheet: Any) -> Hidden:
    """Return the rows and columns of a sheet that are not shown; reading by row does not tell.

    Args:
        data: The workbook.
        sheet: One of its sheets as openpyxl reads it row by row.
    """
    # The only name openpyxl has for the part; without it nothing counts as hidden.
    part = getattr(sheet, "_worksheet_path", "")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(part) if part in archive.namelist() else b""
    rows: set[int] = set()
    columns: set[int] = set()
    number = 0
    # Only these tags' own attributes matter; a parser would build every cell for them.
    for tag in _TAG.finditer(text):
        found = {name: int(value) for name, value in _NUMBER.findall(tag[2])}
        hidden = _HIDDEN.search(tag[2])
        if tag[1] == b"col":
            if hidden:
                last = min(found.get(b"max", 0), MOST_COLUMNS)
                columns.update(range(found.get(b"min", 1), last + 1))
        else:
            number = found.get(b"r", number + 1)
            if hidden:
                rows.add(number)
    return Hidden(frozenset(rows), frozenset(columns))
