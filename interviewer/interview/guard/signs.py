"""Signs of what an examiner must not say, from `signs.<lang>.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from interviewer.research.lexical import terms


@dataclass(frozen=True)
class Signs:
    """Signs in one language.

    Attributes:
        language: `en` or `zh`.
        patterns: One pattern by name.
        small_talk: Terms that state nothing about anybody.
    """

    language: str
    patterns: Mapping[str, re.Pattern[str]]
    small_talk: frozenset[str]


@cache
def signs_for(language: str) -> Signs:
    """Return the signs of a language; English for one that has no file."""
    base = "zh" if language.startswith("zh") else "en"
    text = (resources.files(__package__) / f"signs.{base}.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    small_talk = terms(document.pop("small_talk"))
    patterns = {name: _any_of(entries, base) for name, entries in document.items()}
    return Signs(base, patterns, small_talk)


def _any_of(entries: list[str], language: str) -> re.Pattern[str]:
    joined = "|".join(f"(?:{entry})" for entry in entries)
    if language == "zh":
        return re.compile(joined, re.IGNORECASE)
    # An entry may begin with an apostrophe ("n't") or a caret, where no word border stands.
    return re.compile(rf"(?:(?<!\w)|(?=n't))(?:{joined})(?!\w)", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text as the signs are written: one form of every letter, straight apostrophes."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
