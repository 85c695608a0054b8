"""A CV read for what an interview needs: posts with their dates, breaks, skills, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.interview.cv_dates import without_dates
from interviewer.interview.cv_entries import Employment, employments
from interviewer.interview.cv_lines import CvLine, cues, cv_lines, says_work, without_bullet

_MOST = 40
_MOST_SKILLS = 60
_LONGEST_SKILL = 60
_DIVIDES = re.compile(r"[,;，；、|｜•·]|\s/\s|\s{3,}|\t|\u3000")
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_STARS = re.compile(r"[\s★☆●○■□▪]+$")
_LAST_AND = re.compile(r"\s+(?:and|&)\s+|和|及")
BREAK_MONTHS = 6
"""A time without a post counts as a break when it is longer than this."""


@dataclass(frozen=True, slots=True)
class Break:
    """A time for which a CV names neither post nor course.

    Attributes:
        since: ISO month or year of the end before it.
        until: ISO month or year of the beginning after it, None where it goes on.
        post: The post after it; where it goes on, the last one.
    """

    since: str
    until: str | None
    post: Employment


@dataclass(frozen=True, slots=True)
class CvRecord:
    """What a CV says; every text is a part of it, broken lines joined.

    Attributes:
        posts: Posts held, newest first.
        education: Schools and courses, newest first.
        projects: Projects with dates of their own, newest first.
        breaks: Times of more than six months between posts, newest first.
        skills: As listed under a heading that says so.
        claims: Lines about work with a figure in them.
    """

    posts: tuple[Employment, ...] = ()
    education: tuple[Employment, ...] = ()
    projects: tuple[Employment, ...] = ()
    breaks: tuple[Break, ...] = ()
    skills: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


def read_cv(cv: str, today: str | None = None) -> CvRecord:
    """Read a CV; lines about the person and not the work are passed over (SCIENCE 3.1).

    Args:
        cv: Its text, in English, Chinese or both.
        today: ISO month from which a break that goes on is told, None for not at all.
    """
    lines = cv_lines(cv)
    entries = employments(lines)
    return CvRecord(
        posts=_of(entries, "work"),
        education=_of(entries, "education"),
        projects=_of(entries, "project"),
        breaks=_breaks(entries, today),
        skills=_skills(lines),
        claims=_claims(lines),
    )


def _of(entries: Sequence[Employment], kind: str) -> tuple[Employment, ...]:
    chosen = [entry for entry in entries if entry.kind == kind]
    return tuple(sorted(chosen, key=lambda e: (-e.ended, -e.began)))[:_MOST]


def _breaks(entries: Sequence[Employment], today: str | None) -> tuple[Break, ...]:
    """Return the times nothing is given for; what is covered for private reasons is none."""
    work = [entry for entry in entries if entry.kind == "work"]
    if not work:
        return ()
    found: list[Break] = []
    until: Employment | None = None
    for entry in sorted(entries, key=lambda entry: entry.began):
        # What lies between school and a first post is no break.
        after_work = until is not None and any(post.ended <= until.ended for post in work)
        if until is not None and after_work and _is_break(until, entry):
            found.append(Break(until.until or "", entry.since, entry))
        if until is None or entry.ended > until.ended:
            until = entry
    if today is not None and until is not None and until.until and until.kind != "away":
        now = int(today[:4]) * 12 + int(today[5:7]) - 1
        if now - until.ended > BREAK_MONTHS:
            found.append(Break(until.until, None, max(work, key=lambda entry: entry.ended)))
    return tuple(reversed(found))


def _is_break(before: Employment, entry: Employment) -> bool:
    """Whether a time is to be told; what follows a leave is left alone with it."""
    months = entry.began - before.ended - 1
    return months > BREAK_MONTHS and entry.kind == "work" and before.kind != "away"


def _claims(lines: Sequence[CvLine]) -> tuple[str, ...]:
    told = (line.text for line in lines if says_work(line))
    return tuple(text for text in told if re.search(r"\d", without_dates(text)))[:_MOST]


def _skills(lines: Sequence[CvLine]) -> tuple[str, ...]:
    found: list[str] = []
    for line in lines:
        if line.section == "skills" and line.kind != "heading" and not line.private:
            found += _skills_of(line)
    return tuple(dict.fromkeys(found))[:_MOST_SKILLS]


def _skills_of(line: CvLine) -> list[str]:
    """Return the skills of one line, without how well they are known."""
    if line.quote.startswith("|"):  # a row of a table: what, then how well
        return _named(line.text.split(" | ")[:1])
    label, mark, rest = re.sub(r"[:：]\s*", "\0", line.text, count=1).partition("\0")
    parts = [*_split(rest), *([] if _is_kind(label) else [label])] if mark else _split(line.text)
    return _named(parts)


def _named(parts: Sequence[str]) -> list[str]:
    """Return what of a list are skills."""
    skills = (_bare(part) for part in parts)
    return [s for s in skills if 1 < len(s) <= _LONGEST_SKILL and not _is_kind(s)]


def _split(text: str) -> list[str]:
    """Split a list where a bracket does not hold it together."""
    parts: list[str] = []
    depth = start = 0
    for match in re.finditer(rf"[(（]|[)）]|{_DIVIDES.pattern}", text):
        sign = match.group()
        if sign in "(（":
            depth += 1
        elif sign in ")）":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    if len(parts) > 1 and len(parts[-1].split()) <= 4:
        parts[-1:] = _LAST_AND.split(parts[-1])
    return parts


def _is_kind(text: str) -> bool:
    """Whether a text names a kind of skills or how well one is known, and no skill."""
    bare = text.strip(" .。")
    levels = cues("cv_level")
    return (
        any(pattern.fullmatch(bare) for pattern in cues("cv_kind"))
        or not levels[0].sub("", bare).strip(" ,-–—/")
        or not levels[1].sub("", bare)
    )


def _bare(part: str) -> str:
    text = _STARS.sub("", _BRACKET.sub("", without_bullet(part)))
    text = cues("cv_level")[1].sub("", text.strip())
    text = re.sub(r"\s+[-–—]\s+\w+$", "", text)
    return text.strip(" .。:：-–—\t")
