"""Pieces of HTML inside other data, as lines."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from typing import Any

from interviewer.research.parsing.unseen import without_hidden

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(("p", "div", "br", "ul", "ol", "li", "tr", "section", "dt", "dd", *_HEADINGS))
_MARKUP = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def lines_of(value: object) -> list[str]:
    """Return a text that may be HTML, also escaped twice, as lines; items begin with a hyphen."""
    if not isinstance(value, str) or not value.strip():
        return []
    text = _unescaped(value)
    if not _MARKUP.search(text):
        return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    tree = _tree(text)
    if tree is None:
        return [" ".join(entities.unescape(_MARKUP.sub(" ", text)).split())]
    without_hidden(tree)
    for dropped in tree.xpath(".//script | .//style"):
        dropped.drop_tree()
    for element in list(tree.iter()):
        if element.tag in _BLOCKS:
            begin = "\n- " if element.tag == "li" else "\n"
            element.text = begin + (element.text or "").lstrip()
            element.tail = "\n" + (element.tail or "")
    found = (" ".join(line.split()) for line in str(tree.text_content()).splitlines())
    return [line for line in _joined(found) if line not in {"", "-"}]


def hidden_in(value: object) -> tuple[str, ...]:
    """Return what `lines_of` leaves out because a browser would not show it."""
    text = _unescaped(value) if isinstance(value, str) else ""
    tree = _tree(text) if _MARKUP.search(text) else None
    return () if tree is None else without_hidden(tree)


def _unescaped(text: str) -> str:
    return text if _MARKUP.search(text) else entities.unescape(text)


def _tree(text: str) -> Any:  # lxml has no types
    from lxml import etree, html

    try:
        return html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Join an item's mark with its text where a paragraph stands inside the item."""
    mark = ""
    for line in lines:
        if line == "-":
            mark = "- "
        elif line:
            yield mark + line
            mark = ""
