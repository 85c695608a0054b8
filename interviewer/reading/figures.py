"""The value of a figure as it was said: digits, number words, and what multiplies them.

Both languages are read here, for a figure is told by its own signs.
"""

from __future__ import annotations

import re

# No figure of an interview is as large; a longer row of digits is a code or a key held down.
BEYOND = 1e15
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_MULTIPLES = (
    (re.compile(r"亿"), 1e8), (re.compile(r"千万"), 1e7), (re.compile(r"百万"), 1e6),
    (re.compile(r"billion|bn", re.IGNORECASE), 1e9),
    (re.compile(r"million|\d\s?m(?:ill?)?\b", re.IGNORECASE), 1e6),
    (re.compile(r"万|\d\s?w\b", re.IGNORECASE), 1e4),
    (re.compile(r"thousand|grand|\d\s?k\b|千", re.IGNORECASE), 1e3),
    (re.compile(r"hundred|百(?!分)"), 1e2), (re.compile(r"dozen"), 12), (re.compile(r"成$"), 1e1),
)  # fmt: skip
_ENGLISH = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100.0, "thousand": 1e3, "grand": 1e3, "million": 1e6, "billion": 1e9,
           "dozen": 12.0}  # fmt: skip
_PARTS = {"half": 2.0, "third": 3.0, "thirds": 3.0, "quarter": 4.0, "quarters": 4.0,
          "fifth": 5.0, "fifths": 5.0, "tenth": 10.0}  # fmt: skip
_HAN = {han: value for value, han in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_SCALES = {"十": 10.0, "百": 100.0, "千": 1e3}
_HAN_RUN = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_HAN_PART = re.compile(r"([一二两三四五六七八九十])分之([一二两三四五六七八九十])")


def value_of(said: str) -> float | None:
    """Return the value of a figure as said, None when it is not plain.

    Shares come in per cent ("七成" 70, "a third" 33.33), money and numbers in units.
    """
    digits = _DIGITS.search(said)
    value = _of_digits(said, digits) if digits else _of_words(said)
    return value if value is not None and value < BEYOND else None


def _of_digits(said: str, digits: re.Match[str]) -> float:
    value = float(digits[0].replace(",", ""))
    for pattern, multiple in _MULTIPLES:
        if pattern.search(said, digits.end() - 1):
            value *= multiple
            break
    return value + _half_more(said)


def _of_words(said: str) -> float | None:
    part = _HAN_PART.search(said)
    if part:
        return round(100 * _han(part[2]) / _han(part[1]), 2)
    if said.startswith("百分之"):
        said = said.removeprefix("百分之")
    elif said.endswith("成"):
        return 10 * _han(said[:-1])
    if said.startswith(("一半", "半数", "对半")):
        return 50.0
    if said.startswith("半"):
        return 0.5
    run = _HAN_RUN.search(said)
    return _han(run[0]) + _half_more(said) if run else _english(said)


def _half_more(said: str) -> float:
    """Return the half of "一年半" and "两个半小时"."""
    return 0.5 if re.search(r"[年天月个]半", said) else 0.0


def _han(run: str) -> float:
    """Return the value of Chinese numerals; "三万二" is 32,000 and "两千六" 2,600."""
    total = section = 0.0
    digit, last, large = 0.0, 1.0, 1.0
    for place, sign in enumerate(run):
        if sign in _HAN:
            digit = float(_HAN[sign])
            if place and run[place - 1] in "零〇":
                last = 10.0
        elif sign in _HAN_SCALES:
            section += (digit or 1.0) * _HAN_SCALES[sign]
            digit, last = 0.0, _HAN_SCALES[sign]
        else:
            scale = 1e4 if sign == "万" else 1e8
            held = section + digit or 1.0
            # "两亿三千万" adds a smaller scale to a larger one; "一万亿" multiplies.
            total = (total + held) * scale if scale >= large else total + held * scale
            section = digit = 0.0
            last = large = scale
    # A digit after a scale of a hundred or more stands for the next lower one.
    return total + section + digit * (last / 10 if last > 10 else 1.0)


def _english(said: str) -> float | None:
    said = said.lower()
    if said in ("a", "an"):
        return 1.0
    if said.startswith("half a"):
        return 0.5
    more = 0.5 if said.endswith("and a half") else 0.0
    words = re.findall(r"[a-z]+", said.removesuffix("and a half"))
    if more and words[0] in ("a", "an", "one"):
        return 1.5
    part = next((_PARTS[word] for word in words if word in _PARTS), None)
    total = section = 0.0
    known = False
    for word in words:
        if word in _ENGLISH:
            section += _ENGLISH[word]
            known = known or word != "one"
        elif word in _SCALES:
            section = (section or 1.0) * _SCALES[word]
            known = True
            if _SCALES[word] >= 1e3:
                total, section = total + section, 0.0
    if part:
        return round(100 * (section or 1.0) / part, 2)
    return total + section + more if known or "one" in words else None
