"""Web pages: the text a reader came for, without menus, banners and scripts."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

from interviewer.research.parsing.parsed import Parsed, RefusedError
from interviewer.research.parsing.plain import decode

_META = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|text-indent\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_LONGEST_TAG = re.compile(r"<[^<>]{100000,}>")
_POSTING = "JobPosting"
_TAG = re.compile(r"<[^>]*>")
_BREAKS = re.compile(r"</?(?:p|div|br|h\d|ul|ol|tr)\b[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)


def read_html(data: bytes) -> Parsed:
    """Read the main text of a page, or the advert it carries as data (JSON-LD JobPosting)."""
    text = _decoded(data)
    return page(text)


def page(text: str) -> Parsed:
    """Do what `read_html` does with text that is already decoded."""
    from lxml import etree, html

    text = _LONGEST_TAG.sub("", text)
    try:
        tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(
            huge_tree=False, remove_comments=True, no_network=True, encoding="utf-8"
        ))  # fmt: skip
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise RefusedError("has no text that a page would show.") from error
    advert = _advert(tree)
    hidden = _without_hidden(tree)
    for menu in tree.xpath("//nav | //footer | //aside | //*[@role='navigation']"):
        if menu.getparent() is not None:
            menu.drop_tree()
    found = _extracted(tree)
    body = "\n\n".join(part for part in (advert, found.text) if part)
    return Parsed(body, title=found.title, date=found.date, hidden=hidden)


def _extracted(tree: Any) -> Parsed:
    import trafilatura
    from trafilatura.metadata import extract_metadata

    text = trafilatura.extract(
        tree, output_format="markdown", include_tables=True, include_comments=False,
        include_links=False, include_images=False, include_formatting=True, favor_recall=True,
    )  # fmt: skip
    known = extract_metadata(tree)
    title = known.title if known else None
    return Parsed(text or "", title=title or None, date=_day(known.date if known else None))


def _day(value: str | None) -> str | None:
    try:
        return datetime.date.fromisoformat(value or "").isoformat()
    except ValueError:
        return None


def _decoded(data: bytes) -> str:
    declared = _META.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        name = "gb18030" if name in {"gb2312", "gbk"} else name
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass  # what it declares is wrong; guess as for any text
    return decode(data)[0]


def _without_hidden(tree: Any) -> tuple[str, ...]:
    """Take out what a browser would not show, and return its text."""
    pieces: list[str] = []
    for element in tree.xpath("//*[@style or @hidden]"):
        if element.tag in {"html", "body"} or element.getparent() is None:
            continue
        if "hidden" not in element.attrib and not _UNSEEN.search(element.get("style", "")):
            continue
        pieces.append(" ".join(element.text_content().split()))
        element.drop_tree()
    return tuple(piece for piece in pieces if piece)


def _advert(tree: Any) -> str:
    """Return a job advert that a page carries as data, as Markdown; empty when it has none."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for entry in _entries(data, 0):
            if entry.get("@type") in (_POSTING, [_POSTING]):
                return _posting(entry)
    return ""


def _entries(data: Any, depth: int) -> list[dict[str, Any]]:
    if depth > 4:
        return []
    if isinstance(data, list):
        return [entry for item in data[:100] for entry in _entries(item, depth + 1)]
    if not isinstance(data, dict):
        return []
    return [data, *_entries(data.get("@graph"), depth + 1)]


def _posting(entry: dict[str, Any]) -> str:
    parts = [f"# {_plain(entry.get('title'))}".rstrip("# ")]
    for key in ("description", "responsibilities", "qualifications", "skills"):
        text = _plain(entry.get(key))
        if text:
            parts.append(f"## {key.capitalize()}\n\n{text}" if key != "description" else text)
    return "\n\n".join(part for part in parts if part)


def _plain(value: Any) -> str:
    import html as entities

    if isinstance(value, list):
        return "\n".join(f"- {_plain(item)}" for item in value[:50])
    if not isinstance(value, str):
        return ""
    text = entities.unescape(value)
    text = _TAG.sub("", _BREAKS.sub("\n", _ITEM.sub("\n- ", text)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
