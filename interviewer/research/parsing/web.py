"""Web pages: the text a reader came for, without menus, banners and scripts."""

from __future__ import annotations

import datetime
import re
from typing import Any

from interviewer.research.parsing.advert import postings
from interviewer.research.parsing.parsed import Parsed, RefusedError
from interviewer.research.parsing.plain import decode
from interviewer.research.parsing.unseen import without_hidden

_META = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_LONGEST_TAG = re.compile(r"<[^<>]{100000,}>")


def read_html(data: bytes) -> Parsed:
    """Read the main text of a page, or the job advert that it carries as data."""
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
    adverts = postings(tree)
    told = (piece for advert in adverts for piece in advert.hidden)
    hidden = tuple(dict.fromkeys((*told, *without_hidden(tree))))
    for menu in tree.xpath("//nav | //footer | //aside | //*[@role='navigation']"):
        if menu.getparent() is not None:
            menu.drop_tree()
    found = _extracted(tree)
    # A board that shows one advert repeats it around its data; a list of them has other text.
    alone = len(adverts) == 1 and 2 * len(adverts[0].text) >= len(found.text)
    parts = [adverts[0].text] if alone else [found.text]
    if not alone and (len(adverts) == 1 or not found.text):
        parts = [*(advert.text for advert in adverts), found.text]
    date = adverts[0].date if len(adverts) == 1 else None
    body = "\n\n".join(part for part in parts if part)
    return Parsed(body, title=found.title, date=date or found.date, hidden=hidden)


def _extracted(tree: Any) -> Parsed:
    import trafilatura
    from trafilatura.metadata import extract_metadata

    text = trafilatura.extract(
        tree, output_format="markdown", include_tables=True, include_comments=False,
        include_links=False, include_images=False, include_formatting=True, favor_recall=True,
    )  # fmt: skip
    # Not extensive: that takes any year in the text for the page's date.
    known = extract_metadata(tree, extensive=False)
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
