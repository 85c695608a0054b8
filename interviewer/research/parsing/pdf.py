"""PDF: the text of each page, put back into paragraphs; text nobody can see is kept apart."""

from __future__ import annotations

import datetime
import io
import re
import time
from typing import Any

from interviewer.research.characters import cjk_count
from interviewer.research.parsing.parsed import Parsed, RefusedError
from interviewer.research.parsing.sight import divided

MOST_PAGES = 400
_SECONDS = 10.0
_SENTENCE_END = re.compile(r"[.!?:;。！？：；)）\"”]\s*$")
_NEW_LINE = re.compile(r"^\s*(?:[-*•·●▪◦‣]|\d{1,3}[.)、]|[（(]?[一二三四五六七八九十]+[）)、])\s*")
_BULLET = re.compile(r"^\s*[•·●▪◦‣]\s*")


def read_pdf(data: bytes) -> Parsed:
    """Read a PDF page by page; each page that has text begins with a heading that numbers it."""
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError("is protected by a password. Save it without one.")
    until = time.monotonic() + _SECONDS
    texts: list[str] = []
    hidden: list[str] = []
    total = len(reader.pages)
    done = 0
    for number in range(min(total, MOST_PAGES)):
        if time.monotonic() > until:
            break
        seen, unseen = _page(reader.pages[number], reader)
        done = number + 1
        hidden += [unseen] if unseen else []
        if seen:
            texts.append(f"{_heading(done, seen)}\n\n{seen}" if total > 1 else seen)
    notes = (f"Of {total} pages the first {done} were read.",) if done < total else ()
    title = (reader.metadata.title if reader.metadata else None) or None
    return Parsed(
        "\n\n".join(texts), title=title, date=_date(reader), hidden=tuple(hidden), notes=notes
    )


def _heading(number: int, text: str) -> str:
    return f"# 第{number}页" if cjk_count(text) * 3 > len(text) else f"# Page {number}"


def _date(reader: Any) -> str | None:
    try:
        moment = reader.metadata and (
            reader.metadata.modification_date or reader.metadata.creation_date
        )
    except Exception:  # dates are written in every way there is
        return None
    return moment.date().isoformat() if isinstance(moment, datetime.datetime) else None


def _page(page: Any, reader: Any) -> tuple[str, str]:
    """Return what is seen on a page and what is written where nobody sees it."""
    shown, unseen = _split(page, reader)
    if not unseen:
        return paragraphs(page.extract_text()), ""
    return paragraphs(_text_of(page, reader, shown)), " ".join(
        _text_of(page, reader, unseen).split()
    )


def _text_of(page: Any, reader: Any, operations: list[Any]) -> str:
    from pypdf.generic import ContentStream, NameObject

    stream = ContentStream(None, reader, "bytes")
    stream.operations = operations
    page[NameObject("/Contents")] = stream
    return str(page.extract_text())


def _split(page: Any, reader: Any) -> tuple[list[Any], list[Any]]:
    """Divide a page's operations: all without the unseen text, and all with only that."""
    from pypdf.generic import ContentStream

    contents = page.get_contents()
    if contents is None:
        return [], []
    # Strings stay bytes: read as text, those of fonts with numbered letters would be lost.
    stream = ContentStream(contents, reader, "bytes")
    box = page.cropbox
    left, bottom, right, top = map(float, (*box.lower_left, *box.upper_right))
    return divided(stream.operations, (left, bottom, right, top), _glass(page))


def _glass(page: Any) -> dict[str, bool | None]:
    """Return which of a page's graphics states let through what is below."""
    found: dict[str, bool | None] = {}
    try:
        states = page["/Resources"]["/ExtGState"].get_object()
        for name in states:
            state = states[name].get_object()
            clear = [float(state["/ca"]) < 1] if "/ca" in state else []
            clear += [state["/BM"] not in ("/Normal", "/Compatible")] if "/BM" in state else []
            clear += [state["/SMask"] != "/None"] if "/SMask" in state else []
            found[str(name)] = any(clear) if clear else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return found  # a state that is not known counts as letting through
    return found


def paragraphs(text: str) -> str:
    """Put the lines of a page back into paragraphs.

    A line that reaches as far as most others and does not end a sentence goes on in the next.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    longest = sorted(len(line) for line in lines if line)[-3:]
    full = 0.72 * (sum(longest) / len(longest)) if longest else 0.0
    done: list[str] = []
    last = ""
    for line in lines:
        if not line:
            last = ""
            continue
        if last and len(last) >= full and not _NEW_LINE.match(line) and _goes_on(last, line):
            done[-1] = _glued(done[-1], line)
        else:
            done.append(_BULLET.sub("- ", line))
        last = line
    return "\n\n".join(done).replace("\n\n- ", "\n- ")


def _goes_on(line: str, following: str) -> bool:
    return not _SENTENCE_END.search(line) or len(following) > 40


def _glued(before: str, line: str) -> str:
    if before.endswith("-") and line[:1].islower():
        return before[:-1] + line
    both = before[-1:] + line[:1]
    return before + ("" if cjk_count(both) == 2 else " ") + line
