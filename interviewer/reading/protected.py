"""Facts about the person that are kept out of judging: family, age, origin, health.

An examiner neither takes them up nor comes back to them, and no score sees them (SCIENCE 3.1,
3.3). A fact counts when somebody says it of themselves; the same words about the work do not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

# A clause is what is taken out: the rest of a sentence may hold what was done.
_CLAUSES = re.compile(r"(?:[^,;:.!?，；：。！？、…\n]|[,:.](?=\d))+[,;:.!?，；：。！？、…\n]*\s*")
_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Protected:
    """A clause that tells a protected fact.

    Attributes:
        topic: `family`, `background`, `age`, `origin`, `belief`, `health`, `orientation`,
            `record`, `pay` or `private`.
        start: Where the clause begins in the text.
        end: Where it ends, its mark and space included.
    """

    topic: str
    start: int
    end: int


@dataclass(frozen=True)
class _Signs:
    work: re.Pattern[str]
    topics: Mapping[str, re.Pattern[str]]


@cache
def _signs(language: str) -> _Signs:
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"protected.{base}.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    topics = {name: _any_of(signs) for name, signs in document["topics"].items()}
    return _Signs(_any_of(document["work"]), topics)


def _any_of(signs: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{sign})" for sign in signs), re.IGNORECASE)


@lru_cache(maxsize=_REMEMBERED)
def protected_in(text: str, language: str) -> tuple[Protected, ...]:
    """Return the clauses of a text in which its speaker tells a protected fact, in order."""
    signs = _signs(language)
    told = text.replace("’", "'")
    told = signs.work.sub(lambda match: "·" * len(match[0]), told)
    found: dict[tuple[int, int], str] = {}
    clauses = [match.span() for match in _CLAUSES.finditer(told)]
    for topic, sign in signs.topics.items():
        for match in sign.finditer(told):
            for start, end in clauses:
                if start < match.end() and match.start() < end:
                    found.setdefault((start, end), topic)
    return tuple(Protected(topic, start, end) for (start, end), topic in sorted(found.items()))


def without_protected(text: str, language: str) -> str:
    """Return a text without the clauses that tell a protected fact, else as it stands."""
    kept, place = [], 0
    for clause in protected_in(text, language):
        kept.append(text[place : clause.start])
        place = clause.end
    return "".join([*kept, text[place:]]).strip() if place else text
