"""Claims that can be checked: numbers, shares, money and years, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from interviewer.reading.cues import Cues

MOST = 40
# No figure of an interview is as large; a longer row of digits is a code or a key held down.
BEYOND = 1e15


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure the candidate stated.

    Attributes:
        kind: `money`, `share`, `date` or `number`.
        text: The figure, as said.
        value: Its value where it can be told, None otherwise; money and numbers in units.
        sentence: The sentence it stands in, an exact part of the answer.
    """

    kind: Literal["money", "share", "date", "number"]
    text: str
    value: float | None
    sentence: str


def claims_in(stated: Iterable[str], cues: Cues) -> tuple[Claim, ...]:
    """Return the figures of these sentences in the order they were said, at most 40."""
    found: list[Claim] = []
    for sentence in stated:
        here: dict[int, Claim] = {}
        taken: set[int] = set()
        for name in ("money", "date", "number", "number_words"):
            for match in cues.patterns[name].finditer(sentence):
                if not taken.isdisjoint(range(*match.span())):
                    continue
                taken.update(range(*match.span()))
                said = match[0].strip()
                here[match.start()] = Claim(_kind(name, said), said, value_of(said), sentence)
        found += [claim for _, claim in sorted(here.items())]
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _kind(pattern: str, said: str) -> Literal["money", "share", "date", "number"]:
    if pattern == "money":
        return "money"
    if pattern == "date":
        return "date"
    return "share" if re.search(r"%|％|per ?cent|百分之|成$", said) else "number"


_MULTIPLES = (
    (re.compile(r"亿"), 1e8), (re.compile(r"千万"), 1e7), (re.compile(r"百万"), 1e6),
    (re.compile(r"billion|bn"), 1e9), (re.compile(r"million|\dm\b|^[$€£¥].*m\b"), 1e6),
    (re.compile(r"万"), 1e4), (re.compile(r"thousand|\d\s?k\b|千", re.IGNORECASE), 1e3),
    (re.compile(r"百(?!分)"), 1e2), (re.compile(r"成$"), 1e1),
)  # fmt: skip
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "thousand": 1000, "dozen": 12, "half": 0.5,
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip


def value_of(said: str) -> float | None:
    """Return the value of a figure as said, None when it is not plain."""
    digits = re.search(r"\d+(?:,\d{3})*(?:\.\d+)?", said)
    if not digits:
        plain = _WORDS.get(said.lower().rstrip("个人次天周年成倍条家台件"))
        return plain * 10 if plain and said.endswith("成") else plain  # 七成 is 70 %
    value = float(digits[0].replace(",", ""))
    for pattern, multiple in _MULTIPLES:
        if pattern.search(said):
            value *= multiple
            break
    return value if value < BEYOND else None
