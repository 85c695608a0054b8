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


def _sentences(text: str) -> list[str]:
    """Return the sentences; the first with its greeting, which tells an introduction."""
    parts = re.split(r"(?<=[。！？!?；;])|(?<=\.)\s+|\n+", text)
    if len(parts) > 1 and len(parts[0]) <= _GREETING:
        parts = [parts[0] + parts[1], *parts[1:]]
    return parts


@cache
def _signs(language: str) -> Mapping[str, re.Pattern[str]]:
    file = resources.files(__package__) / f"identity.{language}.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
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
