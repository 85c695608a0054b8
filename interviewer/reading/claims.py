"""Claims that can be checked: numbers, shares, money and years, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from interviewer.reading.counted import counted_by
from interviewer.reading.cues import Cues, folded
from interviewer.reading.figures import value_of

MOST = 40
Kind = Literal["money", "share", "date", "number"]
_YEARS = range(1900, 2100)
# How much of a sentence beside a figure tells what it is.
_BESIDE = 40
# Groups of a Chinese figure that name what it counts.
_COUNTED = frozenset({"unit", "clf", "han_unit", "han_clf", "half"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure the candidate stated.

    Attributes:
        kind: `money`, `share`, `date` or `number`.
        text: The figure, as said.
        value: Its value where it can be told, None otherwise; money and numbers in units.
        sentence: The sentence it stands in, an exact part of the answer.
        noun: What it counts in the singular, small letters ("team", "shop", 门店); empty when
            nothing can be told.
        unit: `year`, `month`, `week`, `day`, `hour`, `minute`, `percent`, or a currency (`GBP`,
            `USD`, `EUR`, `CNY`); the same in both languages, empty for a plain number.
    """

    kind: Kind
    text: str
    value: float | None
    sentence: str
    noun: str = ""
    unit: str = ""


def claims_in(stated: Iterable[str], cues: Cues, *, of_pay: bool = False) -> tuple[Claim, ...]:
    """Return the figures of these sentences in the order they were said, at most 40.

    Args:
        stated: The sentences.
        cues: Signs of their language.
        of_pay: Whether pay is spoken of, so that a bare figure is money.
    """
    found: list[Claim] = []
    for sentence in stated:
        low = folded(sentence)
        here: list[Claim] = []
        for match in islice(cues.patterns["figure"].finditer(low), 10 * MOST):
            claim = _claim(match, sentence, low, cues)
            if claim is not None:
                here.append(_beside_others(claim, here, of_pay=of_pay))
            if len(here) >= MOST:
                break
        found += here
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _beside_others(claim: Claim, before: Sequence[Claim], *, of_pay: bool) -> Claim:
    """Return a bare figure as what it is of: "from four per cent to two", "I am at 43"."""
    if claim.kind != "number" or claim.noun or claim.unit:
        return claim
    if before and before[-1].kind == "share":
        return replace(claim, kind="share", unit="percent")
    return replace(claim, kind="money") if of_pay else claim


def _claim(match: re.Match[str], sentence: str, low: str, cues: Cues) -> Claim | None:
    said = match[0].strip()
    before = low[max(0, match.start() - _BESIDE) : match.start()]
    after = low[match.end() : match.end() + _BESIDE]
    groups = {name: text for name, text in match.groupdict().items() if text}
    value = value_of(said)
    kind = _kind(groups, value, before, after, cues)
    if kind == "number":
        kind = _nameless_kind(groups, said, low, cues)
    if kind == "number" and not _counts(groups, said, before, after, cues):
        return None
    noun, unit = counted_by(kind, said, before, after, cues)
    return Claim(kind, sentence[match.start() : match.end()].strip(), value, sentence, noun, unit)


def _kind(
    groups: Mapping[str, str], value: float | None, before: str, after: str, cues: Cues
) -> Kind:
    if any(name.endswith(("sign", "money")) for name in groups):
        return "money"
    if any(name.endswith("share") or name in ("percent", "fraction") for name in groups):
        return "share"
    if groups.get("digits", "").isdigit() and len(groups["digits"]) == 4 and value in _YEARS:
        if cues.language == "zh":
            return (
                "date" if groups.get("unit") in (None, "年") and "clf" not in groups else "number"
            )
        named = cues.patterns["year_before"].search(before)
        return "date" if named or not cues.patterns["many_after"].match(after) else "number"
    return "number"


def _nameless_kind(groups: Mapping[str, str], said: str, sentence: str, cues: Cues) -> Kind:
    """Return the kind of a figure that may be money without its name, or half of something."""
    if groups.get("half") in ("一半", "半数"):
        return "share"
    if _COUNTED & groups.keys() or cues.patterns["speaks_of_count"].search(sentence):
        return "number"
    short = cues.patterns["short_money"].search(said)
    if cues.language == "zh":
        large = short or said[-1] in "万千百亿"
        return "money" if large and (short or _of_money(sentence, cues)) else "number"
    return "money" if short and _of_money(sentence, cues) else "number"


def _of_money(sentence: str, cues: Cues) -> bool:
    return cues.patterns["speaks_of_money"].search(sentence) is not None


def _counts(groups: Mapping[str, str], said: str, before: str, after: str, cues: Cues) -> bool:
    """Whether a number counts something: no time of day, no place in a row, no mere word."""
    if cues.language == "zh":
        return _chinese_counts(groups, said, before, after, cues)
    patterns = cues.patterns
    if patterns["clock_after"].match(after) or patterns["month_after"].match(after):
        return False
    if patterns["not_counted"].search(said) or patterns["saying_after"].match(after):
        return False
    if patterns["saying_before"].search(before):
        return False
    if patterns["month_before"].search(before) or patterns["numbered_before"].search(before):
        return False
    clock = patterns["clock_before"].search(before) and patterns["clock_end"].match(after)
    value = value_of(said)
    return not (clock and value is not None and value <= 12)


def _chinese_counts(
    groups: Mapping[str, str], said: str, before: str, after: str, cues: Cues
) -> bool:
    patterns = cues.patterns
    bare = not _COUNTED & groups.keys()
    if (bare and patterns["clock_after"].match(after)) or patterns["not_counted"].match(said):
        return False
    if "han" not in groups:
        return True
    unit = groups.get("han_unit")
    if groups["han"] in ("一", "零", "〇"):
        return bool(unit) and ("半" in said or patterns["one_before"].search(before) is not None)
    # A bare numeral is a word ("万一", "千万别") unless it is long enough to be a figure.
    return bool(unit or groups.get("han_clf") or groups.get("han_more")) or (
        len(groups["han"]) > 1 and groups["han"][-1] in "百千万亿"
    )
