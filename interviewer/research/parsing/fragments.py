"""Pieces of HTML inside other data, as lines."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(("p", "div", "br", "ul", "ol", "li", "tr", "section", "dt", "dd", *_HEADINGS))
_MARKUP = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def lines_of(value: object) -> list[str]:
    """Return a text that may be HTML, also escaped twice, as lines; items begin with a hyphen."""
    from lxml import etree, html

    if not isinstance(value, str) or not value.strip():
        return []
    text = value if _MARKUP.search(value) else entities.unescape(value)
    if not _MARKUP.search(text):
        return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    try:
        tree = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return [" ".join(entities.unescape(_MARKUP.sub(" ", text)).split())]
    for dropped in tree.xpath(".//script | .//style"):
        dropped.drop_tree()
    for element in list(tree.iter()):
        if element.tag in _BLOCKS:
            begin = "\n- " if element.tag == "li" else "\n"
            element.text = begin + (element.text or "").lstrip()
            element.tail = "\n" + (element.tail or "")
    found = (" ".join(line.split()) for line in str(tree.text_content()).splitlines())
    return [line for line in _joined(found) if line not in {"", "-"}]


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Join an item's mark with its text where a paragraph stands inside the item."""
    mark = ""
    for line in lines:
        if line == "-":
            mark = "- "
        elif line:
            yield mark + line
            mark = ""
