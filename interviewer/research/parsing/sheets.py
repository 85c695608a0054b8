"""Spreadsheets and CSV: each sheet a heading, its rows as tables with the header repeated."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from interviewer.research.parsing.office import check_parts
from interviewer.research.parsing.parsed import Parsed, RefusedError
from interviewer.research.parsing.plain import decode
from interviewer.research.parsing.sheet_sight import Sight, hidden_in
from interviewer.research.parsing.tables import MOST_COLUMNS, cell, pieces

MOST_ROWS = 3_000
MOST_SHEETS = 50
# A sheet may say it is a million rows wide and high; so many empty rows end it.
_EMPTY_ROWS = 500
_LONGEST_FIELD = 200_000


def read_xlsx(data: bytes) -> Parsed:
    """Read what is seen of a workbook, values as they were saved.

    Sheets, rows, columns and cells that are not shown are kept apart.
    """
    check_parts(data)
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    texts: list[str] = []
    hidden: list[str] = []
    notes: list[str] = []
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            # The saved size may be a lie in both directions.
            sheet.reset_dimensions()
            sight = Sight(hidden_in(data, sheet), hidden)
            rows, more = _limited(_cells(map(sight.seen, sheet.iter_rows())))
            text = _sheet(sheet.title, rows)
            if sheet.sheet_state != "visible":
                hidden.append(text)
                continue
            texts.append(text)
            if more:
                notes.append(f"Of sheet {sheet.title} the first {MOST_ROWS} rows were read.")
        modified = book.properties.modified
    finally:
        book.close()
    return Parsed(
        "\n\n".join(text for text in texts if text),
        title=book.properties.title or None,
        date=modified.date().isoformat() if modified else None,
        hidden=tuple(text for text in hidden if text),
        notes=tuple(notes),
    )


def read_csv(data: bytes) -> Parsed:
    """Read a table of values, whichever of comma, semicolon, tab or bar divides them."""
    text, encoding = decode(data)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = "excel"
    try:
        rows, more = _limited(
            tuple(map(cell, row[:MOST_COLUMNS])) for row in csv.reader(io.StringIO(text), dialect)
        )
    except csv.Error as error:
        raise RefusedError(f"is not a table of values ({error}). Save it again as CSV.") from None
    notes = [f"The first {MOST_ROWS} rows were read."] if more else []
    if encoding:
        notes.append(f"It was read as {encoding}; save it as UTF-8 if letters look wrong.")
    return Parsed(_sheet("", rows), notes=tuple(notes))


def _cells(rows: Iterable[Sequence[object]]) -> Iterator[tuple[str, ...]]:
    empty = 0
    for row in rows:
        values = tuple(map(cell, row[:MOST_COLUMNS]))
        empty = 0 if any(values) else empty + 1
        if empty > _EMPTY_ROWS:
            return
        yield values


def _limited(rows: Iterable[tuple[str, ...]]) -> tuple[list[tuple[str, ...]], bool]:
    kept: list[tuple[str, ...]] = []
    for row in rows:
        if len(kept) >= MOST_ROWS:
            return kept, True
        if any(row):
            kept.append(row)
    return kept, False


def _sheet(title: str, rows: Sequence[Sequence[str]]) -> str:
    parts = list(pieces(rows))
    if not parts:
        return ""
    if len(parts) == 1:
        return f"# {title}\n\n{parts[0][2]}" if title else parts[0][2]
    named = f"{title}, " if title else ""
    return "\n\n".join(f"# {named}{first}–{last}\n\n{text}" for first, last, text in parts)
