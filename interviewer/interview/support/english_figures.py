"""Figures of English sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from interviewer.interview.support.figures import HOURS, Figure, apart, measured

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PLACES = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_WORDS = {
    **{word: float(n) for n, word in enumerate(_SMALL)},
    **{word: 10.0 * n for n, word in enumerate(_TENS, 2)},
}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_SCALES = {
    "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3,
    "hundred": 1e2, "dozen": 12.0,
}  # fmt: skip
_UNITS = {
    "%": r"%|per ?cent(?:age points?)?", "£": r"pounds?|gbp", "$": r"dollars?|usd",
    "€": r"euros?|eur", "¥": r"yuan|rmb|cny", "minute": r"minutes?|mins?", "hour": r"hours?",
    "day": r"(?:working |calendar )?days?", "week": r"weeks?", "month": r"months?",
    "years": r"years?", "mile": r"miles?", "km": r"km|kilomet(?:re|er)s?",
    "sqm": r"square met(?:re|er)s?", "metre": r"met(?:re|er)s?", "tonne": r"tonnes?|tons?",
}  # fmt: skip
_TENS_WORD = rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_SMALL[1:10])}))?"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?"
    rf"|(?:{_TENS_WORD}|{'|'.join(sorted(_SMALL, key=len, reverse=True))})(?![a-z]))"
)
_UNIT = rf"(?:{'|'.join(_UNITS.values())})(?![a-z])"
_DAYTIME = r"(?:o'clock|[ap]\.m\.|[ap]m\b|in the (?:morning|afternoon|evening)\b|at night\b)"
_PLAIN = re.compile(
    rf"(?P<sign>[£$€¥]\s?)?(?<![\w.])(?P<number>{_NUMBER})(?P<half> and a half)?"
    rf"(?:[ -]?(?P<scale>{'|'.join(_SCALES)})(?![a-z]))?(?:[ -]?(?P<unit>{_UNIT}))?"
)
_PAST = re.compile(rf"\b(half|quarter|{_NUMBER}) (past|to) ({_NUMBER})\b")
_HOUR = re.compile(rf"(?<![\w.:])(?P<hour>{_NUMBER})(?::(?P<minute>\d\d))?\s?{_DAYTIME}")
_DIGITAL = re.compile(r"(?<![\w.:])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?!\d)")
_DATE = re.compile(rf"(?<![\w.])(\d{{1,2}}) ({'|'.join(_MONTHS)})\b")
_TIMES = frozenset({"minute", "day", "week", "month", "years"})
_JOINED = re.compile(r" (?:to|or) (?:about |around |only |just )?")
_PLACE = re.compile(rf"\b(?:({'|'.join(_PLACES)})|(\d+)(?:st|nd|rd|th))\b")
_FIXED: tuple[tuple[re.Pattern[str], str, float], ...] = (
    (re.compile(r"\bfirst half\b(?! of the day)"), "half", 1),
    (re.compile(r"\bsecond half\b"), "half", 2),
    (re.compile(r"\bhalf (?:an )?hour\b"), "minute", 30),
    (re.compile(r"\ban hour and a half\b"), "minute", 90),
    (re.compile(r"\b(?:noon|midnight)\b"), "clock", 0),
    (re.compile(r"\b(?:an?|every|each|per) day\b|\bdaily\b"), "per", 1),
    (re.compile(r"\b(?:an?|every|each|per) week\b|\bweekly\b"), "per", 7),
    (re.compile(r"\b(?:an?|every|each|per) month\b|\bmonthly\b"), "per", 30),
    (re.compile(r"\b(?:an?|every|each|per) year\b|\b(?:yearly|annually)\b"), "per", 365),
    (re.compile(r"\b(?:an?|every|each|per) hour\b|\bhourly\b"), "per", 0.04),
    (re.compile(r"(?<!and a )\bhalf\b(?! past)"), "%", 50),
    (re.compile(r"\b(?:twice|double)\b"), "x", 2),
)


def english_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of an English text in order."""
    lower = text.lower().replace("’", "'")
    return _inherited(
        lower,
        apart(
            [*_dates(lower), *_clocks(lower), *_fixed(lower), *_places(lower), *_numbers(lower)]
        ),
    )


def _inherited(lower: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return figures with the unit of the one before where they have none: "4 hours to 2"."""
    found: list[Figure] = []
    for figure in figures:
        before = found[-1] if found else None
        joined = before and _JOINED.fullmatch(lower[before.end : figure.start])
        if before and joined and not figure.unit and before.unit in _TIMES:
            factor = 60 if "hour" in lower[before.start : before.end] else 1
            figure = replace(figure, unit=before.unit, value=figure.value * factor)
        found.append(figure)
    return tuple(found)


def _value(number: str) -> float:
    if number[:1].isdigit():
        return float(number.replace(",", ""))
    return sum(_WORDS[part] for part in number.split("-"))


def _dates(lower: str) -> Iterator[Figure]:
    for match in _DATE.finditer(lower):
        yield Figure("date", 100 * _MONTHS.index(match[2]) + int(match[1]), *match.span())


def _clocks(lower: str) -> Iterator[Figure]:
    for match in _PAST.finditer(lower):
        minutes = {"half": 30.0, "quarter": 15.0}.get(match[1]) or _value(match[1])
        hour = _value(match[3])
        if minutes < 60 and hour <= HOURS:
            hour += minutes / 60 if match[2] == "past" else -minutes / 60
            yield Figure("clock", hour % HOURS, *match.span())
    for pattern in (_HOUR, _DIGITAL):
        for match in pattern.finditer(lower):
            hour = _value(match["hour"]) + int(match["minute"] or 0) / 60
            yield Figure("clock", hour % HOURS, *match.span())


def _fixed(lower: str) -> Iterator[Figure]:
    for pattern, unit, value in _FIXED:
        for match in pattern.finditer(lower):
            yield Figure(unit, value, *match.span())


def _numbers(lower: str) -> Iterator[Figure]:
    for match in _PLAIN.finditer(lower):
        sign, number, half, scale, unit = match.group("sign", "number", "half", "scale", "unit")
        # "one" alone counts nothing: "one of the", "one day ahead" does.
        if number == "one" and not (unit or scale):
            continue
        value = (_value(number) + (0.5 if half else 0)) * _SCALES.get(scale or "", 1)
        named = sign.strip() if sign else _unit(unit) if unit else ""
        if not named and re.fullmatch(r"(?:19|20)\d\d", number):
            named = "year"
        yield measured(named, value, match.span())


def _unit(written: str) -> str:
    return next(name for name, pattern in _UNITS.items() if re.fullmatch(pattern, written))


def _places(lower: str) -> Iterator[Figure]:
    for match in _PLACE.finditer(lower):
        place = _PLACES.index(match[1]) + 1 if match[1] else int(match[2])
        yield Figure("th", place, *match.span())
