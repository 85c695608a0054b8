"""How improper questions are worded, from `rules/<lang>`: a file a category, and `common.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from interviewer.interview.guard.signs import plain


@dataclass(frozen=True)
class Rules:
    """Rules of one language.

    Attributes:
        contractions: What is written out before anything is looked for.
        work: What only looks like a person's affair.
        topics: How a category is asked about.
        may: What may be asked whatever category it touches.
        may_of: What may be asked though it touches one category.
        near: A topic that may be meant.
        you: That somebody is spoken to.
    """

    contractions: Mapping[str, str]
    work: re.Pattern[str]
    topics: Mapping[str, re.Pattern[str]]
    may: re.Pattern[str]
    may_of: Mapping[str, re.Pattern[str]]
    near: re.Pattern[str]
    you: re.Pattern[str]

    def prepared(self, sentence: str) -> str:
        """Return a sentence as the patterns are written: small, written out, work blanked."""
        text = " ".join(plain(sentence).lower().split())
        for short, long in self.contractions.items():
            text = text.replace(short, long)
        return self.work.sub("·", text)

    def category(self, prepared: str) -> tuple[str, str] | None:
        """Return the first category a prepared sentence asks about, with the words that tell."""
        if self.may.search(prepared):
            return None
        for category, pattern in self.topics.items():
            found = pattern.search(prepared)
            if found and not self.frees(category, prepared):
                return category, found[0].strip(" ,.?？，。")
        return None

    def frees(self, category: str, prepared: str) -> bool:
        """Whether a prepared sentence is of a form that may be asked of this category."""
        freeing = self.may_of.get(category)
        return bool(self.may.search(prepared) or (freeing and freeing.search(prepared)))

    def addresses(self, prepared: str) -> bool:
        """Whether a prepared sentence speaks to somebody, or of them."""
        return bool(self.you.search(prepared))

    def worth_comparing(self, prepared: str) -> bool:
        """Whether a prepared sentence without a rule may still be meant for the person."""
        return self.addresses(prepared) and not self.may.search(prepared)

    def touches(self, prepared: str) -> bool:
        """Whether a prepared sentence has a word of a topic."""
        return bool(self.near.search(prepared))


@cache
def rules_for(language: str) -> Rules:
    """Return the rules of a language; English for one that has no folder."""
    base = "zh" if language.startswith("zh") else "en"
    shared = _document(base, "common")
    parts: Mapping[str, str] = shared["parts"]
    categories = {name: _document(base, name) for name in shared["order"]}

    def made(entries: Sequence[str]) -> re.Pattern[str]:
        joined = "|".join(f"(?:{entry})" for entry in entries)
        for name, part in parts.items():
            joined = joined.replace(f"<{name}>", part)
        return re.compile(joined)

    return Rules(
        contractions=shared["contractions"],
        work=made(shared["work"]["forms"]),
        topics={name: made(told["asked"]) for name, told in categories.items()},
        may=made(shared["may"]["forms"]),
        may_of={name: made(told["may"]) for name, told in categories.items() if "may" in told},
        near=made(shared["near"]["words"]),
        you=made(shared["near"]["you"]),
    )


def _document(language: str, name: str) -> dict[str, Any]:
    file = resources.files(__package__) / "rules" / language / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
