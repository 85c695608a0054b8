"""The signs an answer is read by: words and patterns from `*.<lang>.toml` beside this."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

FILES = ("cues", "figures", "story", "asides", "bearing", "order")


@dataclass(frozen=True)
class Cues:
    """Signs in one language.

    Attributes:
        language: `en` or `zh`.
        words: One pattern by name, matching any of its words and phrases.
        listed: The words themselves by name, small letters.
        patterns: Other patterns by name, for `folded` text where they are of English: to match
            whatever the case costs four times as much.
        units: Name of the unit by each way to say it.
        nouns: The singular by plurals that do not end in s, and by words for the same.
    """

    language: str
    words: Mapping[str, re.Pattern[str]]
    listed: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    units: Mapping[str, str]
    nouns: Mapping[str, str]


@cache
def cues_for(language: str) -> Cues:
    """Return the signs of a language; English for one that has no file."""
    base = language.split("-")[0]
    if not (resources.files(__package__) / f"cues.{base}.toml").is_file():
        base = "en"
    document: dict[str, dict[str, Any]] = defaultdict(dict)
    for name in FILES:
        file = resources.files(__package__) / f"{name}.{base}.toml"
        for table, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
            document[table] |= entries
    return Cues(
        language=base,
        words={name: _any_of(entries, base) for name, entries in document["words"].items()},
        listed={name: frozenset(map(str.lower, e)) for name, e in document["words"].items()},
        patterns={
            name: re.compile(pattern, re.IGNORECASE if name in ("thing", "thing_end") else 0)
            for name, pattern in document["patterns"].items()
        },
        units=_by_entry(document["units"]),
        nouns=_by_entry(document["nouns"]),
    )


def plain(text: str) -> str:
    """Return a text with the apostrophe that the signs are written with."""
    return text.replace("’", "'")


def folded(text: str) -> str:
    """Return a text in small letters, as the signs are written; as long as it was."""
    low = text.lower()
    return plain(low if len(low) == len(text) else text)


def _by_entry(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {entry: name for name, entries in table.items() for entry in entries}


def _any_of(entries: list[str], language: str) -> re.Pattern[str]:
    # Longest first, so that the whole of a phrase is what is found.
    joined = "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))
    # Chinese has no spaces between words, so a word boundary would never hold there.
    pattern = joined if language == "zh" else rf"(?<!\w)(?:{joined})(?!\w)"
    return re.compile(pattern, re.IGNORECASE)
