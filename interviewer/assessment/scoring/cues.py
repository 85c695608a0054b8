"""The signs that answers are weighed by, from `cues.<lang>.toml` beside this."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Weighed:
    """Signs of one language, for text in small letters.

    Attributes:
        signs: What a full answer has beside the parts of a story, by name.
        telling: By what a sentence is told to be about the one who speaks.
        void: Sentences that hold no evidence.
        shrinking: What takes a claim back or makes it smaller, and how one is asked about it.
    """

    signs: Patterns
    telling: Patterns
    void: Patterns
    shrinking: Patterns


@cache
def weighed(language: str) -> Weighed:
    """Return the signs of a language; English for one that has no file."""
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"cues.{base}.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    found = {
        table: {name: re.compile(pattern) for name, pattern in entries.items()}
        for table, entries in tables.items()
    }
    return Weighed(
        found["signs"],
        found["telling"],
        found["void"],
        found["shrinking"],
    )
