"""A page of our own as a tree: what is set in print. Pure.

Only pages made by our templates are read, in which everything from elsewhere is escaped; a sign of
markup in an answer arrives here as text and stays text.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from html.parser import HTMLParser

Node = dict[str, object] | str

# They turn the order of all that follows in a line, also of words that are ours.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_VOID = frozenset({"br", "meta", "link", "img", "hr"})
_UNSEEN = frozenset({"head", "style", "script"})


def tree_of(page: str, within: str) -> Node:
    """Return the first element with a tag, with all that it holds.

    An element is its tag, its classes and its children; a drawing is its source as SVG and the
    text that stands for it. White space is what a browser would make of it.

    Args:
        page: HTML of our own.
        within: Tag of the element.
    """
    reader = _Reader(within)
    reader.feed(page)
    reader.close()
    return reader.found[0]


class _Reader(HTMLParser):
    """Builds the tree while it reads."""

    def __init__(self, within: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Node] = []
        self._within = within
        self._open: list[tuple[str, list[Node]]] = []
        self._drawing: list[str] = []
        self._told: list[str] = []
        self._telling = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._drawing:
            self._drawing.append(self.get_starttag_text() or "")
            self._telling = tag in ("title", "desc")
        elif tag == "svg" and self._open:
            # The parser writes attributes in small letters, and SVG tells them apart.
            start = self.get_starttag_text() or ""
            self._drawing = [start.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)]
            self._told = []
        elif self._open or tag == self._within:
            children: list[Node] = []
            classes = (dict(attrs).get("class") or "").split()
            node: Node = {"tag": tag, "class": classes, "children": children}
            (self._open[-1][1] if self._open else self.found).append(node)
            if tag not in _VOID:
                self._open.append((tag, children))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._drawing.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._drawing:
            self._drawing.append(f"</{tag}>")
            self._telling = False
            if tag == "svg":
                self._open[-1][1].append(
                    {"tag": "svg", "source": "".join(self._drawing), "told": " ".join(self._told)}
                )
                self._drawing = []
        elif self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._drawing:
            self._drawing.append(escape(_printable(data)))
            if self._telling:
                self._told.append(data.strip())
        elif self._open and (data.strip() or "\n" not in data):
            self._open[-1][1].append(self._spaced(data))

    def _spaced(self, data: str) -> str:
        """Return text with its white space as it is shown."""
        return re.sub(r"\s+", " ", _printable(data))


def _printable(text: str) -> str:
    """Return text without signs that no font has and no document may hold."""
    return "".join(
        "\ufffd" if unicodedata.category(c) == "Cs"
        else "" if c in _TURNING
        else c if c in "\n\t" or unicodedata.category(c) != "Cc"
        else " "
        for c in text
    )  # fmt: skip
