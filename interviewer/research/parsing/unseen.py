"""Text in HTML that a browser would not show."""

from __future__ import annotations

import re
from typing import Any

_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|text-indent\s*:\s*-\d{3,}",
    re.IGNORECASE,
)


def without_hidden(tree: Any) -> tuple[str, ...]:
    """Take out what a browser would not show, and return its text.

    Args:
        tree: A page, or a piece of one, as lxml has it, which has no types.
    """
    pieces: list[str] = []
    for element in tree.xpath("//*[@style or @hidden]"):
        if element.tag in {"html", "body"} or element.getparent() is None:
            continue
        if "hidden" not in element.attrib and not _UNSEEN.search(element.get("style", "")):
            continue
        pieces.append(" ".join(element.text_content().split()))
        element.drop_tree()
    return tuple(piece for piece in pieces if piece)
