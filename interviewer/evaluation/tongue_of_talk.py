"""Whether an examiner talks in another language than metrics know; told by signs of another."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources
from string import ascii_lowercase

from interviewer.reading.cues import cues_for

# As much of what is said as is looked at, in characters.
_LOOKED_AT = 2_000
# So many everyday words of other languages, and more than English ones, are no accident.
_LEAST = 2
# Share of letters of other scripts; a name or a term has fewer.
_MANY = 0.3
_SCRIPTS = ("LATIN", "CJK")
_WORD = re.compile(r"[^\W\d_]+")
# Of a text in ASCII, what is no small letter parts its words: quicker than the pattern.
_PARTS = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))


def is_another_tongue(said: Iterable[str]) -> bool:
    """Return whether what is said, in pieces, is in another language than English and Chinese.

    What shows no sign of one, such as code, is not refused.
    """
    looked = _beginning(said)
    if looked.isascii():
        words = looked.lower().encode().translate(_PARTS).decode().split()
    elif _in_strange_letters(looked):
        return True
    else:
        words = _WORD.findall(looked.lower())
    if _others().isdisjoint(words):
        return False
    others = sum(map(_others().__contains__, words))
    return others >= _LEAST and others > sum(map(_english().__contains__, words))


def _in_strange_letters(looked: str) -> bool:
    letters = [char for char in looked if char.isalpha()]
    strange = sum(
        not char.isascii() and not unicodedata.name(char, "").startswith(_SCRIPTS)
        for char in letters
    )
    return strange > _MANY * len(letters)


def _beginning(said: Iterable[str]) -> str:
    """Return as much as is looked at, without putting all of a long talk together."""
    pieces: list[str] = []
    length = 0
    for piece in said:
        pieces.append(piece)
        length += len(piece) + 1
        if length > _LOOKED_AT:
            break
    return " ".join(pieces)[:_LOOKED_AT]


@cache
def _others() -> frozenset[str]:
    file = resources.files(__package__) / "tongues.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))["words"]
    return frozenset(words) - _english()


@cache
def _english() -> frozenset[str]:
    return frozenset(cues_for("en").listed["stop"])
