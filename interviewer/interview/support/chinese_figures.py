"""Figures of Chinese sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.interview.support.figures import HOURS, Figure, apart, measured

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 1e4, "亿": 1e8}
_WRITTEN = "[零〇一二两三四五六七八九十百千万亿]+"
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_WRITTEN})"
_UNITS = {
    "%": r"%|％|个?百分点", "¥": r"(?:人民币)?元|块钱", "minute": r"分钟",
    "hour": r"个?小时|个?钟头", "day": r"天|日|个工作日|个夜晚", "week": r"周|个?星期",
    "month": r"个月", "moon": r"月",
    "years": r"年", "sqm": r"平方米", "km": r"公里", "metre": r"米", "tonne": r"吨",
    "degree": r"摄氏度|度",
}  # fmt: skip
_COUNTED = re.compile(
    rf"(?P<number>{_NUMBER})(?P<scale>[百千]?[万亿])?(?P<half>个?半(?=小时|月|钟))?"
    rf"(?P<unit>{'|'.join(_UNITS.values())}|成)?"
)
_PARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"({_NUMBER})分之({_NUMBER})"), "share"),
    (re.compile(rf"百分之({_NUMBER})"), "hundredth"),
    (re.compile(r"(?:19|20)\d\d(?=年|\D|$)年?"), "year"),
    (re.compile(rf"({_NUMBER})[点时](?:(半)|({_NUMBER})分)?(?![间限期])"), "clock"),
    (re.compile(rf"第({_NUMBER})(?!季度|次)"), "th"),
    (re.compile(rf"({_NUMBER})季度"), "quarter"),
)
_FIXED: tuple[tuple[re.Pattern[str], str, float], ...] = (
    (re.compile("上半年"), "half", 1),
    (re.compile("下半年"), "half", 2),
    (re.compile("半天"), "day", 0.5),
    (re.compile("半年"), "month", 6),
    (re.compile("(?<!个)半个?小时"), "minute", 30),
    (re.compile("半个月"), "month", 0.5),
    (re.compile("一半"), "%", 50),
    (re.compile("每[天日晚]"), "per", 1),
    (re.compile("每个?(?:周|星期)(?![一二三四五六日])"), "per", 7),
    (re.compile("每个?月"), "per", 30),
    (re.compile("每个?季度?"), "per", 91),
    (re.compile("每年"), "per", 365),
)


def chinese_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a Chinese text in order."""
    return apart([*_parts(text), *_fixed(text), *_counted(text)])


def _value(number: str) -> float:
    """Return the value of digits or of a written number, as 二十三 or 1.2."""
    if number[:1].isdigit():
        return float(number.replace(",", ""))
    whole, section, digit = 0.0, 0.0, 0.0
    for character in number:
        if character in _DIGITS:
            digit = 10 * digit + _DIGITS[character] if digit else _DIGITS[character]
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        else:
            whole = (whole + section + digit or 1) * _SCALES[character]
            section = digit = 0
    return whole + section + digit


def _parts(text: str) -> Iterator[Figure]:
    for pattern, kind in _PARTS:
        for match in pattern.finditer(text):
            if kind == "share":
                below, above = _value(match[1]), _value(match[2])
                if below:
                    yield Figure("%", 100 * above / below, *match.span())
            elif kind == "clock":
                hour = _value(match[1]) + (0.5 if match[2] else _value(match[3] or "0") / 60)
                yield Figure("clock", hour % HOURS, *match.span())
            elif kind == "year":
                yield Figure("year", float(match[0].rstrip("年")), *match.span())
            else:
                unit = "%" if kind == "hundredth" else kind
                yield Figure(unit, _value(match[1]), *match.span())


def _fixed(text: str) -> Iterator[Figure]:
    for pattern, unit, value in _FIXED:
        for match in pattern.finditer(text):
            yield Figure(unit, value, *match.span())


def _counted(text: str) -> Iterator[Figure]:
    for match in _COUNTED.finditer(text):
        number, scale, half, unit = match.group("number", "scale", "half", "unit")
        # 一 alone counts nothing: 统一, 一般; nor do 万一, 千万.
        if number in ("一", "万一", "千万", "百", "千", "万", "十", "亿") and not (scale or unit):
            continue
        value = _value(number) + (0.5 if half else 0)
        for character in scale or "":
            value *= _TENS.get(character) or _SCALES[character]
        if unit == "成":
            yield Figure("%", 10 * value, *match.span())
        else:
            yield measured(_unit(unit) if unit else "", value, match.span())


def _unit(written: str) -> str:
    return next(name for name, pattern in _UNITS.items() if re.fullmatch(pattern, written))
