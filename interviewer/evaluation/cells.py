"""Cells of tables that a spreadsheet opens: a text in one is a text, never a formula.

A programme that opens a table runs a cell that begins with one of these signs (OWASP, CSV
Injection). An apostrophe before it makes a text of it; it is taken away when the table is read.
"""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MARK = "'"


def as_cell(text: str) -> str:
    """Return a text as it stands in a table."""
    return _MARK + text if text.lstrip(_MARK).startswith(_STARTS) else text


def from_cell(text: str) -> str:
    """Return the text of a cell that `as_cell` wrote, and any other as it stands."""
    bare = text.removeprefix(_MARK)
    return bare if bare != text and bare.lstrip(_MARK).startswith(_STARTS) else text
