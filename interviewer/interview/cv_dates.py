"""Dates of a CV: the span of time a line names, however it is written.

Read are "Mar 2019 – present", "03/2019 - 06/2021", "01.03.2019 – 30.06.2021", "2019.03-2021.06",
"2019年3月至今", "2019-03 to 2021-06", "Jan – Jun 2018", "2016-18", "since 2020", and what lies
between these. A month that is not given is not guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month, or a year whose month is not given.

    Attributes:
        year: Four digits.
        month: 1 to 12, 0 where it is not given.
    """

    year: int
    month: int = 0

    def __str__(self) -> str:
        """Return "2019-03", or "2019"."""
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

    @property
    def earliest(self) -> int:
        """The first month it can be, counted from year 0."""
        return self.year * MONTHS + (self.month or 1) - 1

    @property
    def latest(self) -> int:
        """The last month it can be, counted from year 0."""
        return self.year * MONTHS + (self.month or MONTHS) - 1


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time in a line.

    Attributes:
        first: When it began.
        last: When it ended, None where it goes on.
        start: Where its words begin in the line.
        end: Where they end.
    """

    first: Month
    last: Month | None
    start: int
    end: int


def find_span(line: str) -> Span | None:
    """Return the first span of time a line names, None where it names none."""
    words = _words()
    for match in words.same_year.finditer(line):
        year, numbers = int(match["year"]), words.numbers
        first, last = (Month(year, numbers[match[side].lower()]) for side in ("from", "until"))
        if first <= last:
            return Span(first, last, *match.span())
    for match in words.span.finditer(line):
        span = _span(match)
        if span is not None:
            return span
    begun = words.since.search(line)
    since = _month(begun, "a") if begun else None
    return Span(since, None, *begun.span()) if begun and since else None


def find_year(line: str) -> Span | None:
    """Return a single date of a line as a span of that time, None where it names none."""
    for match in _words().point.finditer(line):
        found = _month(match, "a")
        if found is not None:
            return Span(found, found, *match.span())
    return None


def without_dates(line: str) -> str:
    """Return a line without spans and years, so that a digit left in it counts something."""
    words = _words()
    for pattern in (words.same_year, words.span, words.point):
        line = pattern.sub(" ", line)
    return line


def _span(match: re.Match[str]) -> Span | None:
    first = _month(match, "a")
    groups = match.groupdict()
    if first is None:
        return None
    if groups.get("now") or groups.get("open"):
        return Span(first, None, *match.span())
    last = _short_end(first, groups["short"]) if groups.get("short") else _month(match, "b")
    if last is None or last.latest < first.earliest:
        return None
    return Span(first, last, *match.span())


def _short_end(first: Month, digits: str) -> Month | None:
    """Return the end of "2019.03-08" or of "2016-18"."""
    number = int(digits)
    if first.month:
        return Month(first.year, number) if 1 <= number <= MONTHS else None
    year = first.year // 100 * 100 + number
    return Month(year) if number > MONTHS else None


def _month(match: re.Match[str], side: str) -> Month | None:
    """Return the date of one side of a match, None where it can be none."""
    groups = {key[:-1]: value for key, value in match.groupdict().items() if key.endswith(side)}
    year_text = next(groups[k] for k in _YEARS if groups.get(k))
    year = int(year_text) if len(year_text) == 4 else 2000 + int(year_text[1:])
    if groups.get("name"):
        return Month(year, _words().numbers[groups["name"].lower().rstrip(".")])
    if groups.get("season"):
        return Month(year, _words().seasons[groups["season"].lower()])
    month = int(next((groups[k] for k in _NUMBERS if groups.get(k)), "0"))
    other = int(groups.get("day") or "0")
    if month > MONTHS >= other > 0:
        month = other  # 03/15/2019: the month stands before the day
    return Month(year, month) if month <= MONTHS else None


_YEARS = ("cy", "fy", "iy", "ny", "sy", "y")
_NUMBERS = ("cm", "fm", "im")


@dataclass(frozen=True)
class _Words:
    numbers: Mapping[str, int]
    seasons: Mapping[str, int]
    span: re.Pattern[str]
    same_year: re.Pattern[str]
    since: re.Pattern[str]
    point: re.Pattern[str]


@cache
def _words() -> _Words:
    file = resources.files(__package__) / "cv_dates.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    numbers = {
        name: number for number, names in enumerate(document["months"], start=1) for name in names
    }
    seasons: dict[str, int] = document["seasons"]
    between = rf"\s*(?:{_any(document['between'])})\s*"
    now = rf"(?P<now>{_any(document['now'])})(?![a-z])"
    name, season = _any(numbers), _any(seasons)
    one, two = _point("a", name, season), _point("b", name, season)
    short = r"(?P<short>(?<=[-–—~～至到])(?:0?[1-9]|[1-9]\d))(?![\d./年%-])月?"
    half = (
        rf"(?<![a-z])(?P<from>{name})\.?{between}(?P<until>{name})\.?,?\s+(?P<year>(?:19|20)\d\d)"
        r"(?!\d)"
    )
    flags = re.IGNORECASE
    return _Words(
        numbers=numbers,
        seasons=seasons,
        span=re.compile(rf"{one}(?:{between}(?:{two}|{now}|{short})|\s*(?P<open>至今|起))", flags),
        same_year=re.compile(half, flags),
        since=re.compile(rf"(?<![a-z])(?:{_any(document['since'])})\s*{one}(?!{between})", flags),
        point=re.compile(one, flags),
    )


def _point(side: str, name: str, season: str) -> str:
    """Return the pattern of one date, its groups marked by the side it stands on."""
    year = r"(?:19|20)\d\d"
    return (
        r"(?<![\d.])(?:"
        rf"(?P<cy{side}>{year})\s*年\s*(?:(?P<cm{side}>1[0-2]|0?[1-9])\s*月?(?:\s*\d{{1,2}}\s*[日号])?)?"
        rf"|(?<![a-z])(?P<name{side}>{name})(?:\.|,)?\s*(?:\d{{1,2}},\s*)?(?P<ny{side}>{year}|['’]\d\d)"
        rf"|(?<![a-z])(?P<season{side}>{season})\s+(?P<sy{side}>{year})"
        rf"|(?P<iy{side}>{year})\s?[./-]\s?(?P<im{side}>1[0-2]|0?[1-9])(?:[./-]\d{{1,2}})?(?![\d/])"
        rf"|(?:(?P<day{side}>\d{{1,2}})[./-])?(?P<fm{side}>\d{{1,2}})[./-](?P<fy{side}>{year})"
        rf"|(?P<y{side}>{year})"
        r")(?![\d])"
    )


def _any(words: Sequence[str] | Mapping[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
