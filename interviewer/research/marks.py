"""What a reader of research should be warned of: facts that are old, and figures that disagree."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences
from interviewer.transcript import Passage

# SCIENCE 2.1: what is older than 18 months is said with its date.
STALE_AFTER = datetime.timedelta(days=548)
_FIGURE = re.compile(
    r"(?P<money>[£$€¥]\s?)?(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?)\s?"
    r"(?P<scale>million|billion|thousand|bn|m\b|k\b|万|亿)?\s?"
    r"(?P<unit>%|per cent|percent|[A-Za-z]{3,}|[\u4e00-\u9fff]{1,2})?"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ALIKE = 0.75
_SHARED = 3
# Terms of more sentences than this tell nothing about what a sentence is of.
_COMMON = 60


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two passages that give two figures for what seems one thing.

    Attributes:
        first: Id of a passage.
        second: Id of another.
        sentences: What each says, exact parts of their texts.
    """

    first: str
    second: str
    sentences: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Claim:
    passage: Passage
    sentence: str
    subject: frozenset[str]
    figures: frozenset[tuple[str, str]]
    years: frozenset[str]


def is_stale(passage: Passage, today: datetime.date) -> bool:
    """Return whether a passage is dated more than 18 months ago; one without a date is not."""
    return is_old(passage.date, today)


def is_old(date: str | None, today: datetime.date) -> bool:
    """Return whether an ISO date is more than 18 months ago; none at all is not."""
    return date is not None and today - datetime.date.fromisoformat(date) > STALE_AFTER


def disagreements(passages: Sequence[Passage]) -> tuple[Disagreement, ...]:
    """Return pairs of sentences that say the same of one thing with other figures.

    Two sentences are about one thing when they share at least three terms and three quarters of
    all their terms that are not figures, name the same years, and measure in the same unit.
    """
    claims = [claim for passage in passages for claim in _claims(passage)]
    found = []
    for first, second in _alike(claims):
        units = {unit for unit, _ in first.figures} & {unit for unit, _ in second.figures}
        values = [{v for u, v in claim.figures if u in units} for claim in (first, second)]
        if units and not values[0] & values[1]:
            pair = first.sentence, second.sentence
            found.append(Disagreement(first.passage.id, second.passage.id, pair))
    return tuple(found)


def _claims(passage: Passage) -> Iterator[_Claim]:
    for sentence in sentences(passage.text, passage.language or "en"):
        years = frozenset(_YEAR.findall(f"{passage.heading} {sentence}"))
        figures = frozenset(_figures(sentence))
        if not figures or sentence.startswith("|"):
            continue
        subject = frozenset(t for t in terms(_FIGURE.sub(_unit_only, sentence)) if t.isalpha())
        if len(subject) >= _SHARED:
            yield _Claim(passage, sentence, subject, figures, years)


def _unit_only(match: re.Match[str]) -> str:
    return f" {match['unit'] or ''} "


def _figures(sentence: str) -> Iterator[tuple[str, str]]:
    for match in _FIGURE.finditer(sentence):
        number = match["number"].replace(",", "").rstrip(".")
        if _YEAR.fullmatch(number) and not match["money"]:
            continue
        unit = (match["money"] or "").strip() or next(iter(terms(match["unit"] or "")), "")
        unit = "%" if (match["unit"] or "").startswith(("%", "per")) else unit
        if unit:
            yield unit, f"{float(number):g}{(match['scale'] or '')[:1].lower()}"


def _alike(claims: Sequence[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    by_term: dict[str, list[int]] = defaultdict(list)
    for place, claim in enumerate(claims):
        for term in claim.subject:
            by_term[term].append(place)
    for place, claim in enumerate(claims):
        shared: Counter[int] = Counter()
        for term in claim.subject:
            if len(by_term[term]) <= _COMMON:
                shared.update(other for other in by_term[term] if other > place)
        for other, count in sorted(shared.items()):
            if count >= _SHARED and _same_thing(claim, claims[other]):
                yield claim, claims[other]


def _same_thing(one: _Claim, two: _Claim) -> bool:
    if one.passage.id == two.passage.id or one.years != two.years:
        return False
    both = len(one.subject & two.subject)
    return both >= _ALIKE * len(one.subject | two.subject)
