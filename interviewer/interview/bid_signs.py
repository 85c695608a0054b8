"""The signs a bid is read by: patterns from `bid.<lang>.toml` beside this."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from interviewer.content.company import LeverId


@dataclass(frozen=True)
class Signs:
    """Signs in one language.

    Attributes:
        language: `en` or `zh`.
        roles: What a clause says of its figures; the first that fits counts.
        words: Other patterns by name.
        levers: By lever.
    """

    language: str
    roles: Mapping[str, re.Pattern[str]]
    words: Mapping[str, re.Pattern[str]]
    levers: Mapping[LeverId, re.Pattern[str]]

    def says(self, name: str, text: str) -> bool:
        """Whether a text shows a sign."""
        return self.words[name].search(text) is not None

    def clauses(self, sentence: str) -> list[str]:
        """Return the clauses of a sentence."""
        return [clause for clause in self.words["clause"].split(sentence) if clause.strip()]


@cache
def signs_for(language: str) -> Signs:
    """Return the signs of a language; English for one that has no file."""
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"bid.{base}.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    compiled = {
        table: {name: re.compile(pattern, re.IGNORECASE) for name, pattern in entries.items()}
        for table, entries in tables.items()
    }
    levers = cast("Mapping[LeverId, re.Pattern[str]]", compiled["levers"])
    return Signs(base, compiled["roles"], compiled["words"], levers)
