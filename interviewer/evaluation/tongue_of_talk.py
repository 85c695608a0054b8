"""Whether an examiner talks in another language than metrics know; told by signs of another."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources

from interviewer.reading.cues import cues_for

# As much of what is said as is looked at, in characters.
_LOOKED_AT = 2_000
# So many everyday words of other languages, and more than English ones, are no accident.
_LEAST = 2
# Share of letters of other scripts; a name or a term has fewer.
_MANY = 0.3
_SCRIPTS = ("LATIN", "CJK")
_WORD = re.compile(r"[^\W\d_]+")


def is_another_tongue(said: str) -> bool:
    """Return whether a text is in another language than English and Chinese.

    What shows no sign of one, such as code, is not refused.
    """
    looked = said[:_LOOKED_AT]
    if not looked.isascii():
        letters = [char for char in looked if char.isalpha()]
        strange = sum(
            not char.isascii() and not unicodedata.name(char, "").startswith(_SCRIPTS)
            for char in letters
        )
        if strange > _MANY * len(letters):
            return True
    words = _WORD.findall(looked.lower())
    others = sum(map(_others().__contains__, words))
    return others >= _LEAST and others > sum(map(_english().__contains__, words))


@cache
def _others() -> frozenset[str]:
    file = resources.files(__package__) / "tongues.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))["words"]
    return frozenset(words) - _english()


@cache
def _english() -> frozenset[str]:
    return frozenset(cues_for("en").listed["stop"])
