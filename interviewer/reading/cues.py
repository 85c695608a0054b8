"""The signs an answer is read by: words and patterns from `cues.<lang>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Cues:
    """Signs in one language.

    Attributes:
        language: `en` or `zh`.
        words: One pattern by name, matching any of its words and phrases.
        listed: The words themselves by name, small letters.
        patterns: Other patterns by name.
    """

    language: str
    words: Mapping[str, re.Pattern[str]]
    listed: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]


@cache
def cues_for(language: str) -> Cues:
    """Return the signs of a language; English for one that has no file."""
    base = language.split("-")[0]
    file = resources.files(__package__) / f"cues.{base}.toml"
    if not file.is_file():
        base, file = "en", resources.files(__package__) / "cues.en.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    return Cues(
        language=base,
        words={name: _any_of(entries, base) for name, entries in document["words"].items()},
        listed={name: frozenset(map(str.lower, e)) for name, e in document["words"].items()},
        patterns={
            name: re.compile(pattern, re.IGNORECASE if name in ("thing", "thing_end") else 0)
            for name, pattern in document["patterns"].items()
        },
    )


def _any_of(entries: list[str], language: str) -> re.Pattern[str]:
    # Longest first, so that the whole of a phrase is what is found.
    joined = "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))
    # Chinese has no spaces between words, so a word boundary would never hold there.
    pattern = joined if language == "zh" else rf"(?<!\w)(?:{joined})(?!\w)"
    return re.compile(pattern, re.IGNORECASE)
