"""The words of the screen, from `words/<lang>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from types import MappingProxyType

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
    """Return the day of a moment as the screen's language writes it; what is no date as it stands.

    Args:
        moment: As interviews keep it, "2026-11-22T10:00:00Z".
        words: The screen's words.
    """
    try:
        date = datetime.fromisoformat(moment[:10])
    except ValueError:
        return moment[:10]
    month = words["months"].split()[date.month - 1]
    return words["date"].format(day=date.day, month=month, year=date.year)


def preferred(accept_language: str) -> str:
    """Return the language a browser asks for among those the screen has."""
    for entry in accept_language.split(","):
        tag = entry.split(";")[0].strip().lower()[:2]
        if tag in LANGUAGES:
            return tag
    return "en"
