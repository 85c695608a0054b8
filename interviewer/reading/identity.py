"""Whether an answer shows who somebody is, where candidates are known by number (SCIENCE 2.5).

A name, a home town, a school or an office that is the speaker's own. What is quoted is another's
words, and what is only supposed is nobody's; both are left out. A sign in doubt is none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

KINDS = ("name", "home", "school", "unit")
_LANGUAGES = ("zh", "en")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」")
# A longer answer has told who somebody is by then.
_READ_CHARACTERS = 12_000
_HIDDEN = ("name", "home", "school")
_CLAUSE_END = re.compile(r"[,;:.!?，；：。！？、…\n]+\s*|\s(?:and|where|then)\s(?=I\b|we\b)")
_GREETING = 30


def identity_in(answer: str) -> frozenset[str]:
    """Return what an answer gives away of the speaker: `name`, `home`, `school`, `unit`.

    Both languages are looked for, whatever the interview is held in.
    """
    text = _QUOTED.sub(" ", answer[:_READ_CHARACTERS].replace("’", "'")).strip()
    found: set[str] = set()
    for language in _LANGUAGES:
        signs = _signs(language)
        told = [part for part in _sentences(text) if not signs["supposed"].search(part)]
        found |= {kind for kind in KINDS if any(signs[kind].search(part) for part in told)}
    return frozenset(found)


def without_identity(text: str) -> str:
    """Return a text without the words that tell the speaker's name, home or school.

    What is judged must not tell them. The name of any school gives way to a plain word; an
    office stays, as what was done there cannot be told without it.
    """
    told = text.replace("’", "'")
    cuts: list[tuple[int, int]] = []
    for language in _LANGUAGES:
        signs = _signs(language)
        for kind in _HIDDEN:
            for match in signs[kind].finditer(told):
                ends = _CLAUSE_END.search(told, max(match.start(), match.end() - 1))
                cuts.append((match.start(), ends.end() if ends else len(told)))
    kept, place = [], 0
    for start, end in sorted(cuts):
        kept.append(text[place : max(place, start)])
        place = max(place, end)
    left = "".join([*kept, text[place:]]).strip() if cuts else text
    for language in _LANGUAGES:
        mask = _masks(language)
        left = re.sub(mask["school"], mask["word"], left)
    return left


def _sentences(text: str) -> list[str]:
    """Return the sentences; the first with its greeting, which tells an introduction."""
    parts = re.split(r"(?<=[。！？!?；;])|(?<=\.)\s+|\n+", text)
    if len(parts) > 1 and len(parts[0]) <= _GREETING:
        parts = [parts[0] + parts[1], *parts[1:]]
    return parts


@cache
def _masks(language: str) -> Mapping[str, str]:
    masks: Mapping[str, str] = _document(language)["masks"]
    return masks


@cache
def _signs(language: str) -> Mapping[str, re.Pattern[str]]:
    document = _document(language)
    lists = {
        name: f"[{entries}]" if name == "surname" else entries
        for name, entries in document["lists"].items()
    }
    signs = {}
    for name, pattern in document["patterns"].items():
        for key, entries in lists.items():
            pattern = pattern.replace(f"{{{key}}}", entries)
        signs[name] = re.compile(pattern)
    return signs


@cache
def _document(language: str) -> Mapping[str, Mapping[str, str]]:
    file = resources.files(__package__) / f"identity.{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
