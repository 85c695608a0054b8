"""What the check of a written brief knows of a language, from `words.<lang>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from snowballstemmer.english_stemmer import EnglishStemmer

Side = tuple[int, int]


@dataclass(frozen=True)
class SupportWords:
    """Words of one language; English ones as stems.

    Attributes:
        language: `en` or `zh`.
        empty: State nothing on their own.
        groups: Words of one meaning, each with the name of its meaning.
        sides: Words of two opposite sides, each with its pair and its side.
        strong: Words that claim much, each with its line.
        sided: Meanings of the words of opposite sides.
        patterns: Signs of a negation, a plan, an order and where a sentence has a joint.
        longest: Characters of the longest word.
    """

    language: str
    empty: frozenset[str]
    groups: Mapping[str, str]
    sides: Mapping[str, frozenset[Side]]
    strong: Mapping[str, int]
    sided: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]
    longest: int


@cache
def support_words(language: str) -> SupportWords:
    """Return the words of a language; English for one that has no file."""
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"words.{base}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    form = str if base == "zh" else stem
    groups: dict[str, str] = {}
    for line in data["same"]:
        for word in line.split():
            groups.setdefault(form(word), f"={form(line.split()[0])}")
    sides: dict[str, set[Side]] = {}
    for number, pair in enumerate(data["sides"]):
        for side, line in enumerate(pair):
            for word in line.split():
                sides.setdefault(form(word), set()).add((number, side))
    strong = {form(word): n for n, line in enumerate(data["strong"]) for word in line.split()}
    empty = frozenset(form(word) for word in data["empty"].split())
    return SupportWords(
        language=base,
        empty=empty,
        groups=groups,
        sides={word: frozenset(found) for word, found in sides.items()},
        strong=strong,
        sided=frozenset(groups.get(word, word) for word in sides),
        patterns={name: re.compile(p, re.IGNORECASE) for name, p in data["patterns"].items()},
        longest=_longest(empty, groups),
    )


def _longest(*words: Iterable[str]) -> int:
    return max(len(word) for line in words for word in line)


@cache
def stem(word: str) -> str:
    """Return the stem of an English word."""
    # A stemmer keeps the word it works on; a new one for each is safe in any thread.
    return str(EnglishStemmer().stemWord(word.lower()))
