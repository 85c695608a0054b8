"""What of a web page its reader does not see, by the styles it carries itself.

This is no renderer: rules of one tag, class or id are followed, and what a click would open counts
as seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}"
    r"|(?<![\w-])(?:left|top|right|bottom|margin-left|margin-top)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
_COLOR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_SIMPLE = re.compile(r"^([a-z][\w-]*)?((?:[.#][\w-]+)*)$", re.IGNORECASE)
_PART = re.compile(r"([.#])([\w-]+)")
_LARGEST_SHEET, _MOST_RULES = 500_000, 300


def without_hidden(tree: Any) -> tuple[str, ...]:
    """Take out what a browser would not show, and return its text.

    Args:
        tree: A page, or a piece of one, as lxml has it, which has no types.
    """
    opened = _opened(tree)
    pieces: list[str] = []
    for element in [*tree.xpath("//template"), *_styled(tree), *_by_sheet(tree, opened)]:
        if element.tag in {"html", "body"} or element.getparent() is None:
            continue
        pieces.append(" ".join(element.text_content().split()))
        element.drop_tree()
    return tuple(piece for piece in pieces if piece)


def is_unseen(style: str) -> bool:
    """Whether declarations of a style hide what they are for."""
    if _UNSEEN.search(style):
        return True
    color, ground = _COLOR.search(style), _GROUND.search(style)
    return bool(color and ground) and _plain(color) == _plain(ground)


def _plain(found: re.Match[str] | None) -> str:
    """Return a colour in one of the ways it is written."""
    text = re.sub(r"\s", "", found[1].lower()) if found else ""
    text = {"white": "#ffffff", "black": "#000000"}.get(text, text)
    if numbers := re.fullmatch(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,1(?:\.0)?)?\)", text):
        return "#" + "".join(f"{int(number):02x}" for number in numbers.groups())
    short = re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", text)
    return "#" + "".join(digit * 2 for digit in short.groups()) if short else text


def _opened(tree: Any) -> frozenset[str]:
    """Return the ids of what a click opens."""
    named = tree.xpath("//@aria-controls | //@data-target | //@data-bs-target")
    inside = tree.xpath("//@href[starts-with(., '#')]")
    return frozenset(name.lstrip("#") for value in (*named, *inside) for name in value.split())


def _styled(tree: Any) -> Iterator[Any]:
    for element in tree.xpath("//*[@style or @hidden]"):
        if "hidden" in element.attrib or is_unseen(element.get("style", "")):
            yield element


def _by_sheet(tree: Any, opened: frozenset[str]) -> Iterator[Any]:
    for path in _paths(tree):
        for element in tree.xpath(path):
            click = element.get("role") == "tabpanel" or element.get("id") in opened
            if not click and not _shown_here(element):
                yield element


def _shown_here(element: Any) -> bool:
    """Whether an element's own style shows it after all."""
    return bool(re.search(r"display\s*:\s*(?!none)\w", element.get("style", "")))


def _paths(tree: Any) -> Iterator[str]:
    """Yield where the rules that hide something apply, as paths."""
    hiding = 0
    for sheet in tree.xpath("//style"):
        if sheet.get("media", "all").strip().lower() not in {"", "all", "screen"}:
            continue
        text = _COMMENT.sub(" ", (sheet.text or "")[:_LARGEST_SHEET])
        for selectors, style in _rules(text):
            if not is_unseen(style):
                continue
            hiding += 1
            if hiding > _MOST_RULES:
                return
            yield from filter(None, map(_path, selectors.split(",")))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of the rules that always hold: of none in an at-rule."""
    opened: list[str] = []
    before = ""
    for piece in _BRACE.split(sheet):
        if piece == "{":
            opened.append(before.rpartition(";")[2].strip())
        elif piece == "}" and opened:
            selectors = opened.pop()
            if not opened and not selectors.startswith("@"):
                yield selectors, before
        elif piece != "}":
            before = piece


def _path(selector: str) -> str:
    """Return the path of a simple selector, as `p.note`; nothing for any other."""
    simple = _SIMPLE.match(selector.strip())
    if simple is None or not simple[0]:
        return ""
    tests = "".join(
        f"[@id='{name}']" if sign == "#"
        else f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        for sign, name in _PART.findall(simple[2])
    )  # fmt: skip
    return f"//{(simple[1] or '*').lower()}{tests}"
