"""What a figure counts: the noun beside it, and the unit it is told in."""

from __future__ import annotations

import re

from interviewer.reading.cues import Cues

_UNIT = re.compile(r"[A-Za-z]+|[$€£¥]")


def counted_by(kind: str, said: str, before: str, after: str, cues: Cues) -> tuple[str, str]:
    """Return noun and unit of a figure.

    Args:
        kind: Its kind.
        said: The figure as said.
        before: What stands before it in its sentence.
        after: What stands after it.
        cues: Signs of the language.
    """
    if kind == "date":
        return "", ""
    noun, unit = (_chinese if cues.language == "zh" else _english)(said, before, after, cues)
    return noun, "percent" if kind == "share" else unit


def _english(said: str, before: str, after: str, cues: Cues) -> tuple[str, str]:
    currency = next((cues.units[word] for word in _UNIT.findall(said) if word in cues.units), "")
    if currency:
        return "", currency
    of = cues.patterns["counted_before"].search(before)
    match = cues.patterns["counted_after"].match(after)
    words = match[1].split() if match else []
    end = cues.patterns["counted_end"]
    if words and words[0] in ("us", "them", "you"):
        return "person", ""
    kept: list[str] = []
    for word in words:
        if end.match(word):
            break
        kept.append(re.split(r"['’-]", word)[0])
    unit = next((cues.units[word] for word in kept[:1] if word in cues.units), "")
    if of and not unit:
        return _singular(of[1], cues), ""
    plural = next((word for word in kept[:3] if _is_plural(word, cues)), None)
    noun = plural or (kept[0] if kept and after.startswith("-") else "")
    return _singular(noun, cues) if noun else "", unit


def _is_plural(word: str, cues: Cues) -> bool:
    return word in cues.nouns or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


def _singular(word: str, cues: Cues) -> str:
    if word in cues.nouns:
        return cues.nouns[word]
    if not _is_plural(word, cues):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if re.search(r"(?:ss|x|ch|sh|z)es$", word) else word[:-1]


def _chinese(said: str, before: str, after: str, cues: Cues) -> tuple[str, str]:
    counted = re.sub(r"^[\d,.零〇一二两三四五六七八九十百千万亿多来余几半¥￥$€£\s]+", "", said)
    unit = cues.units.get(counted.replace("半", ""), "") or cues.units.get(said[:1], "")
    if unit:
        return "", unit
    group = cues.patterns["counted_before"].search(before)
    match = cues.patterns["counted_after"].match(after)
    noun = ""
    for character in match[1] if match else "":
        if character in cues.listed["stop"]:
            break
        noun += character
    person = cues.nouns.get(counted, "")
    if person and noun[:1] not in ("", "的"):
        return noun[:4], ""
    if person and group:
        return group[1], ""
    return (noun[:4] or person), ""
