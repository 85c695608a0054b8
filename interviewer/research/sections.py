"""Sections of a Markdown document: what stands under one heading, cut into blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from interviewer.research.sentences import spans

_ATX = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+\S|^\s*\d{1,3}、")
_ROW = re.compile(r"^\s*\|")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section that is kept whole where it can be.

    Attributes:
        text: The piece, an exact substring of the document.
        parts: Where it may be cut if it is too long: sentences, list items or table rows; the
            parts put together are `text`.
    """

    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading.

    Attributes:
        path: The headings above it, outermost first.
        blocks: Its paragraphs, lists, tables and code.
    """

    path: tuple[str, ...]
    blocks: tuple[Block, ...]


def sections(text: str, language: str, markdown: bool = True) -> tuple[Section, ...]:
    """Cut a document at its headings; sections without text are left out.

    Args:
        text: The body of a document.
        language: `en` or `zh`, for the sentences.
        markdown: False for plain text, where a hash is a hash.
    """
    found: list[Section] = []
    path: tuple[tuple[int, str], ...] = ()
    lines: list[str] = []

    def close() -> None:
        blocks = tuple(_blocks(lines, language))
        if blocks:
            found.append(Section(tuple(title for _, title in path if title), blocks))
        lines.clear()

    fence = ""
    for line in text.splitlines(keepends=True):
        fence = _fence_after(fence, line)
        heading = _ATX.match(line) if markdown and not fence else None
        if heading is None:
            lines.append(line)
            continue
        close()
        level = len(heading[1])
        path = (*(entry for entry in path if entry[0] < level), (level, heading[2] or ""))
    close()
    return tuple(found)


def _fence_after(fence: str, line: str) -> str:
    mark = _FENCE.match(line)
    if mark is None:
        return fence
    if not fence:
        return mark[1]
    return "" if mark[1].startswith(fence) else fence


def _blocks(lines: list[str], language: str) -> Iterator[Block]:
    kind, piece = "", ""
    fence = ""
    for line in lines:
        was_fenced = bool(fence)
        fence = _fence_after(fence, line)
        now = "code" if fence or was_fenced else _kind(line, kind)
        # A blank line ends a paragraph or a table; a list may go on after it.
        if piece.strip() and now != kind and not (now == "blank" and kind == "list"):
            yield _block(piece, kind, language)
            piece = ""
        if now != "blank" or kind != "list":
            kind = now
        piece += line
    if piece.strip():
        yield _block(piece, kind, language)


def _kind(line: str, before: str) -> str:
    if not line.strip():
        return "blank"
    if _ITEM.match(line):
        return "list"
    if _ROW.match(line):
        return "table"
    # An indented line, or one without a blank line before it, goes on with the item.
    if before == "list" and line[:1] in " \t":
        return "list"
    return "text"


def _block(piece: str, kind: str, language: str) -> Block:
    if kind in {"list", "table", "code"}:
        starts = [0]
        position = 0
        for line in piece.splitlines(keepends=True):
            if position and (kind == "table" or (kind == "list" and _ITEM.match(line))):
                starts.append(position)
            position += len(line)
    else:
        starts = [0, *(start for start, _ in spans(piece, language)[1:])]
    edges = [*starts, len(piece)]
    parts = tuple(piece[a:b] for a, b in pairwise(edges))
    return Block(piece, parts)
