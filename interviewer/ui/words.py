"""The words of the screen, from `words/<lang>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from interviewer.content.dates import written_date

LANGUAGES = ("en", "zh")
Words = Mapping[str, str]


@cache
def words_for(language: str) -> Words:
    """Return the screen's words in a language; English for one that has no file."""
    base = language.split("-")[0]
    name = base if base in LANGUAGES else "en"
    file = resources.files(__package__) / "words" / f"{name}.toml"
    return MappingProxyType(tomllib.loads(file.read_text(encoding="utf-8")))


def day(moment: str, words: Words) -> str:
    """Return the day of a moment as the screen's language writes it, as `written_date` does.

    Args:
        moment: As interviews and passages keep it, "2026-11-22T10:00:00Z" or "2026-11-22".
        words: The screen's words.
    """
    return written_date(moment, words["tag"])


def preferred(accept_language: str) -> str:
    """Return the language a browser asks for among those the screen has."""
    for entry in accept_language.split(","):
        tag = entry.split(";")[0].strip().lower()[:2]
        if tag in LANGUAGES:
            return tag
    return "en"
