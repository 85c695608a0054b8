"""What jurisdictions say of a question, from `packs/<id>.toml`. Guidance, not legal advice."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from interviewer.errors import UsageError

IDS = ("us-federal", "us-ca", "eu", "uk", "cn")
NOTICE = "Guidance, not legal advice."
# From the least to the most severe; what is lawful is no finding.
SEVERITIES = ("lawful", "minor", "serious", "critical")
RuleSeverity = Literal["lawful", "minor", "serious", "critical"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a jurisdiction says of one category.

    Attributes:
        pack: The jurisdiction's id.
        severity: `lawful` where it may be asked.
        source: The law or guidance, with its section.
        publisher: Who made it.
        note: What else is to be known, exceptions and doubts.
        checked: The day on which the source was looked up, `YYYY-MM-DD`; False where it was not
            and stands here from knowledge of it alone.
        read: What was read then, and what was not.
    """

    pack: str
    severity: RuleSeverity
    source: str
    publisher: str
    note: str
    checked: str | Literal[False]
    read: str = ""


@dataclass(frozen=True)
class Pack:
    """One jurisdiction.

    Attributes:
        id: Its id.
        name: Its name.
        about: How its rules are to be read.
        notice: That it is no legal advice.
        rules: By category.
    """

    id: str
    name: str
    about: str
    notice: str
    rules: Mapping[str, Rule]


@cache
def pack(jurisdiction: str) -> Pack:
    """Return the pack of a jurisdiction, one of `IDS`."""
    file = resources.files(__package__) / "packs" / f"{jurisdiction}.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    rules = {
        category: Rule(jurisdiction, **entries) for category, entries in document["rules"].items()
    }
    return Pack(document["id"], document["name"], document["about"], document["notice"], rules)


def jurisdictions(text: str) -> tuple[str, ...]:
    """Return the ids that a text names with commas between them, all of them for none.

    Raises:
        UsageError: There is no such pack.
    """
    named = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [name for name in named if name not in IDS]
    if unknown:
        raise UsageError(
            f"There are no rules for {unknown[0]!r}. Choose among {', '.join(IDS)}, with commas "
            "between them."
        )
    return named or IDS


def strictest(category: str, chosen: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules of chosen jurisdictions that bar a category, the strictest first.

    Among equals the order of the choice stays. Empty where all of them allow the question.
    """
    rules = [pack(jurisdiction).rules[category] for jurisdiction in chosen]
    barred = [rule for rule in rules if rule.severity != "lawful"]
    return tuple(sorted(barred, key=lambda rule: -SEVERITIES.index(rule.severity)))
