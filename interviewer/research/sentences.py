"""Sentences of English and Chinese text, as exact substrings in their order."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

# What is said in a turn is looked at by many: its sentences are kept, a few megabytes of them.
_SHORT, _KEPT = 2_000, 4_096
# A point after one of these does not end a sentence.
_ABBREVIATIONS = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "vs",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "cf",
        "approx",
        "fig",
        "figs",
        "vol",
        "ed",
        "eds",
        "al",
        "dept",
        "gen",
        "rev",
        "hon",
        "sen",
        "rep",
        "gov",
        "capt",
        "lt",
        "col",
        "sgt",
        "messrs",
        "ca",
        "viz",
        "resp",
        "incl",
        "excl",
        "tel",
        "ext",
        "est",
    }
)
# After these only a number goes on: "No. 4", "Sept. 2026", "pp. 3 to 9".
_BEFORE_NUMBER = frozenset(
    {
        "no",
        "nos",
        "p",
        "pp",
        "art",
        "sec",
        "ch",
        "para",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    }
)
# "e.g." and "U.S." inside a name, or one capital letter as in "J. Smith".
_INITIALS = re.compile(r"(?:^|[\s(\"'“‘])(?:[A-Z]|(?:[A-Z]\.)+[A-Z])$")
_NAME_SUFFIX = frozenset({"inc", "ltd", "co", "corp", "plc", "bros", "jr", "sr"})
_CLOSERS = "\"'”’」』）)】》\\]*_"
_END = re.compile(
    rf"(?:[。！？]+[!?]*[{_CLOSERS}]*)"  # Chinese: ends wherever it stands
    rf"|(?:[.!?…]+[{_CLOSERS}]*(?=\s|$|[\u4e00-\u9fff]))"  # English: before a space
)
_CHINESE_GOES_ON = "，、；：。！？）】》”’"
# A blank line, or a line that begins a list item, a table row, a heading or a quotation.
_BREAK = re.compile(r"\n[ \t]*(?:\n\s*|(?=[|>]|(?:[-*+•]|#{1,6}|\d{1,3}[.)])\s|\d{1,3}、))")
_MARKER = re.compile(r"\s*(?:(?:[-*+•>]|#{1,6}|\d{1,3}[.)])\s+|\d{1,3}、\s*)?")


def sentences(text: str, language: str = "en") -> tuple[str, ...]:
    """Split text into sentences.

    Abbreviations, initials, decimals, "No. 4" and addresses on the web do not end a sentence;
    blank lines, list items and table rows do. Markers of list items are left out.

    Args:
        text: Plain text or Markdown.
        language: `en` or `zh`; marks of both are known in both, English abbreviations only in
            `en`.

    Returns:
        Exact substrings of `text` in their order, without space around them.
    """
    return _remembered(text, language) if len(text) <= _SHORT else _sentences(text, language)


def _sentences(text: str, language: str) -> tuple[str, ...]:
    found = []
    for start, end in spans(text, language):
        marker = _MARKER.match(text, start, end)
        begin = marker.end() if marker else start
        if text[begin:end].strip():
            found.append(text[begin:end].strip())
    return tuple(found)


_remembered = lru_cache(maxsize=_KEPT)(_sentences)


def spans(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Return where sentences begin and end; what lies between two spans is white space only."""
    cuts = {0, len(text)}
    cuts.update(match.end() for match in _BREAK.finditer(text))
    cuts.update(match.end() for match in _END.finditer(text) if _ends(text, match, language))
    edges = sorted(cuts)
    found = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            found.append((left, left + len(piece.strip())))
    return tuple(found)


def _ends(text: str, match: re.Match[str], language: str) -> bool:
    mark = match[0]
    rest = text[match.end() : match.end() + 40].lstrip()
    if mark[0] in "。！？":
        return (text[match.end() : match.end() + 1] or "x") not in _CHINESE_GOES_ON
    if not rest:
        return True
    if rest[0].islower():
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    return not _abbreviates(text[max(0, match.start() - 24) : match.start()], rest, language)


def _abbreviates(before: str, rest: str, language: str) -> bool:
    word = re.split(r"[\s(\[\"'“‘]", before)[-1].lower()
    if word.isdigit() and before.rpartition("\n")[2].strip() == word:
        return True  # the number of a list item
    if language == "zh":
        return False
    if word in _ABBREVIATIONS or _INITIALS.search(before):
        return True
    if word in _NAME_SUFFIX:
        return rest[:1] in "&," or rest.split()[0].strip(".,").lower() in _NAME_SUFFIX
    return word in _BEFORE_NUMBER and rest[0].isdigit()
