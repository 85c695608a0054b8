"""A CV read for what an interview needs: posts with their years, breaks, skills, figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.reading.cues import cues_for

_LONGEST_LINE = 300
_MOST = 20
_MONTH = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?"
_RANGE = re.compile(
    rf"{_MONTH}(?P<first>(?:19|20)\d\d)(?:\s*[./年-]\s*(?P<month>\d{{1,2}})(?!\d)月?)?\s*年?\s*"
    rf"(?:[-–—~至到]|to|until)\s*"
    rf"(?:{_MONTH}(?P<last>(?:19|20)\d\d)(?:\s*[./年-]\s*(?P<until>\d{{1,2}})(?!\d)月?)?|"
    r"(?P<now>present|today|now|current|至今|现在|今))",
    re.IGNORECASE,
)
_SKILLS = re.compile(
    r"^#*\s*\**\s*(?:(?:technical |key |core )?skills?\b|tools|专业技能|技能|工具)", re.IGNORECASE
)
_DIVIDES = re.compile(r"[,;，；、|•·]| / ")
_BULLET = re.compile(r"^\s*(?:[-*•·●▪]|\d+[.)、])\s+")
_BREAK_YEARS = 1.0


@dataclass(frozen=True, slots=True)
class Employment:
    """A post or a course that a CV gives years for.

    Attributes:
        text: The line without its dates.
        first: Year it began.
        last: Year it ended, None where it goes on.
    """

    text: str
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class CvRecord:
    """What a CV says; every text is an exact part of it.

    Attributes:
        posts: Newest first.
        breaks: Years between the end of one and the beginning of the next, more than a year.
        skills: As listed under a heading that says so.
        claims: Lines about work with a figure in them.
    """

    posts: tuple[Employment, ...] = ()
    breaks: tuple[tuple[int, int], ...] = ()
    skills: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


def read_cv(cv: str, language: str) -> CvRecord:
    """Read a CV; lines about the person and not the work are passed over (SCIENCE 3.1)."""
    patterns = cues_for(language).patterns
    lines = [
        line.strip()
        for line in cv[:60_000].splitlines()
        if line.strip() and len(line) <= _LONGEST_LINE and not patterns["cv_private"].search(line)
    ]
    posts = tuple(
        sorted(_posts(lines), key=lambda post: (-(post.last or 9999), -post.first))[:_MOST]
    )
    claims = (
        _BULLET.sub("", line).replace("**", "").strip()
        for line in lines
        if patterns["cv_doing"].search(line) and re.search(r"\d", _RANGE.sub("", line))
        and not line.startswith("#")
    )  # fmt: skip
    return CvRecord(posts, _breaks(posts), _skills(lines), tuple(claims)[:_MOST])


def _posts(lines: list[str]) -> list[Employment]:
    found = []
    for line in lines:
        match = _RANGE.search(line)
        if match is None:
            continue
        text = (line[: match.start()] + " " + line[match.end() :]).replace("**", "")
        text = _BULLET.sub("", text).strip(" #,，;；()（）|–-—·:：")
        first, last = int(match["first"]), int(match["last"]) if match["last"] else None
        if text and (last is None or last >= first):
            found.append(Employment(" ".join(text.split()), first, last))
    return found


def _breaks(posts: tuple[Employment, ...]) -> tuple[tuple[int, int], ...]:
    """Return years nothing is given for; years alone cannot show less than a whole one."""
    covered = sorted((post.first, post.last or 9999) for post in posts)
    found = []
    until = covered[0][1] if covered else 0
    for first, last in covered[1:]:
        if first - until > _BREAK_YEARS:
            found.append((until, first))
        until = max(until, last)
    return tuple(found)


def _skills(lines: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    listing = False
    for line in lines:
        heading = _SKILLS.match(line)
        if heading:
            listing = True
            line = line[heading.end() :].strip(" *:：#")
        elif line.startswith("#"):
            listing = False
        if listing and line:
            parts = _DIVIDES.split(_BULLET.sub("", line).replace("**", ""))
            found += [part.strip(" .。:：") for part in parts]
    return tuple(dict.fromkeys(skill for skill in found if 1 < len(skill) <= 60))[:_MOST]
