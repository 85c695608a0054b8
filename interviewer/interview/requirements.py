"""What a post asks for: read from an advert, compared with others, looked for in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from interviewer.interview.cv_lines import cues, is_private, without_bullet
from interviewer.research.characters import cjk_count
from interviewer.research.sentences import sentences

MOST = 15
_BULLET = re.compile(r"^\s*(?:[-*•·●▪◆◇■]\s*(?=\S)|\d{1,2}[.)、]\s*(?!\d)|[(（]\d{1,2}[)）])")
_LONGEST_HEADING = 80
_SHORTEST, _LONGEST = 2, 200
_WHOLE_WORD = 3
_NAME = 2.5
# A part of a requirement meets it by itself when it tells as much as two words.
_ALONE = 2.0


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a post asks for.

    Attributes:
        text: As the post or the advert says it.
        must: Whether it insists on it.
        origin: Which of the two says it; the post where both do.
    """

    text: str
    must: bool = True
    origin: str = "post"


def advert_requirements(advert: str | None, language: str) -> tuple[Requirement, ...]:
    """Return what a job advert asks for: bullets under a heading that says so.

    A heading or line that says "desirable", "it helps" or the like does not insist.
    """
    found: dict[str, Requirement] = {}
    listing, must = False, True
    for line in (advert or "")[:60_000].splitlines():
        named = without_bullet(line)
        if not _BULLET.match(line) and named:
            listing = len(named) < _LONGEST_HEADING and _finds("advert_heading", named)
            heading, _, rest = named.partition("：")
            must = not _finds("advert_wish", heading)
            parts = re.split(r"[;；]", rest)
        else:
            parts = [named]
        for part in parts if listing else ():
            text = _asked(part, language)
            if text:
                insists = must and not _finds("advert_wish", text)
                found.setdefault(text, Requirement(text, insists, "advert"))
    return tuple(found.values())[:MOST]


def _asked(text: str, language: str) -> str | None:
    """Return what a bullet asks for; what no post may ask for is passed over (SCIENCE 3.1)."""
    first = (sentences(text.strip(), language) or ("",))[0].strip().rstrip(".。;；,，")
    if len(first) < _SHORTEST or len(first) > _LONGEST or is_private(first):
        return None
    return None if re.search(r"[|<>{}\[\]?？]", first) else first


def merged(
    of_post: Iterable[Requirement], of_advert: Iterable[Requirement]
) -> tuple[Requirement, ...]:
    """Return the post's requirements and those of the advert that say something new."""
    known = list(of_post)
    for requirement in of_advert:
        text = requirement.text
        if not any(shows(other.text, text) or shows(text, other.text) for other in known):
            known.append(requirement)
    return tuple(known)


def shows(text: str, requirement: str) -> bool:
    """Whether a text shows a sign of a requirement: at least half of its telling words."""
    units = units_of(requirement)
    lower = text.lower()
    return 2 * sum(any(has_sign(lower, sign) for sign in unit.signs) for unit in units) >= len(
        units
    )


@dataclass(frozen=True, slots=True)
class Unit:
    """A telling part of a requirement.

    Attributes:
        signs: What shows it in a text: a word's stem, or for a Chinese character either of the
            pairs it stands in, as nobody knows where words begin and end there.
        weight: How much it tells: a name as of a tool more than a word.
    """

    signs: tuple[str, ...]
    weight: float = 1.0


def alternatives(requirement: str) -> tuple[tuple[Unit, ...], ...]:
    """Return the units of a requirement, then of each part that meets it by itself.

    "Airflow or another scheduler" is met by Airflow; of "SQL, including window functions" SQL is
    what is asked.
    """
    parts = [requirement]
    for pattern in cues("requirement_or"):
        pieces = pattern.split(requirement)
        parts += pieces if len(pieces) > 1 else []
    found = [units_of(part) for part in parts]
    return tuple(
        units
        for place, units in enumerate(found)
        if not place or sum(u.weight for u in units) >= 2
    )


@lru_cache(maxsize=4_096)
def units_of(requirement: str) -> tuple[Unit, ...]:
    """Return the telling units of a requirement."""
    small = cues("requirement_small")
    chinese = cjk_count(requirement) > 0
    told: dict[str, float] = {}
    for match in re.finditer(r"[A-Za-z][A-Za-z+#]*", requirement):
        word = match.group()
        if any(pattern.match(word) for pattern in small):
            continue
        named = chinese or word[1:] != word[1:].lower() or (match.start() and word[:1].isupper())
        stem = _stem(word.lower())
        told[stem] = max(told.get(stem, 0.0), _NAME if named else 1.0)
    # "accounts" and "accountants" are one.
    stems = [w for w in sorted(told) if not any(w != o and w.startswith(o) for o in told)]
    units = [Unit((stem,), told[stem]) for stem in stems]
    telling = cues("requirement_filling")[1].sub(" ", requirement)
    for run in re.findall(r"[\u4e00-\u9fff]+", telling):
        pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        units += [Unit(tuple(pairs[max(0, i - 1) : i + 1])) for i in range(len(run))]
    return tuple(units)


def has_sign(text: str, sign: str) -> bool:
    """Whether a text in small letters has a sign; short ones must be whole words."""
    if not sign.isascii():
        return sign in text
    return _sign_pattern(sign).search(text) is not None


@lru_cache(maxsize=4_096)
def _sign_pattern(sign: str) -> re.Pattern[str]:
    word = re.escape(sign)
    if len(sign) < _WHOLE_WORD:
        return re.compile(rf"(?<![a-z]){word}(?![a-z])")
    # "sql" is a sign in "postgresql" and in "sqlite", but "age" is none in "manager".
    return re.compile(rf"(?<![a-z]){word}|{word}(?![a-z])")


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ing", "ies", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def speakable_requirement(text: str, language: str) -> str | None:
    """Return a requirement as an examiner can name it in a sentence, None when it is too long."""
    plain = text.strip().rstrip(".。;；")
    if re.search(r"[\[\]{}<>|?？\n]", plain):
        return None
    fits = len(plain) <= 30 if language == "zh" else len(plain.split()) <= 14
    return plain if plain and fits else None


def is_area(text: str) -> bool:
    """Whether a requirement names something one can know: no degree, no year of work, no rota."""
    return not any(pattern.search(text) for pattern in cues("requirement_no_area"))


def short(text: str, language: str) -> str | None:
    """Cut a line at a sentence or clause end so that it can be read out; None when it cannot."""
    if not text:
        return None
    first = (sentences(text, language) or (text,))[0].strip().rstrip(".。;；,，")
    limit, size = (40, len) if language == "zh" else (18, _words)
    if size(first) > limit:
        first = re.split(r"(?<=[,，;；])\s*", first)[0].rstrip(",，;； ")
    least = 6 if language == "zh" else 4
    fits = least <= size(first) <= limit
    return first if fits and not re.search(r"[|<>{}\[\]?？]", first) else None


def _words(text: str) -> int:
    return len(text.split())


def _finds(name: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in cues(name))
