"""What a CV and a job advert give the plan: lines worth asking about, requirements not covered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.reading.cues import cues_for
from interviewer.research.sentences import sentences

MOST_PROJECTS = 12
_BULLET = re.compile(r"^\s*(?:[-*•·●▪]|\d+[.)、])\s+")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the plan takes from the candidate's papers.

    Attributes:
        projects: Lines of the CV about work done, each an exact part of it, most concrete first.
        uncovered: Requirements of the post of which the CV shows no sign.
        covered: Requirements of which it does.
        has_cv: Whether there was a CV at all; without one nothing counts as uncovered.
    """

    projects: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    has_cv: bool = False


def read_profile(cv: str | None, requirements: Sequence[str], language: str) -> Profile:
    """Read a CV against the requirements of the post."""
    if not cv or not cv.strip():
        return Profile(covered=tuple(requirements))
    covered = tuple(r for r in requirements if shows(cv, r))
    return Profile(
        projects=projects_in(cv, language),
        uncovered=tuple(r for r in requirements if r not in covered),
        covered=covered,
        has_cv=True,
    )


def projects_in(cv: str, language: str) -> tuple[str, ...]:
    """Return the CV's lines about work done, short enough to be read out."""
    found: list[tuple[int, int, str]] = []
    cues = cues_for(language).patterns
    for place, line in enumerate(cv[:60_000].splitlines()):
        if cues["cv_private"].search(line) or not cues["cv_doing"].search(line):
            continue  # lines about the person, not the work, are never asked about (SCIENCE 3.1)
        if line.lstrip().startswith("#"):
            continue
        text = _short(_BULLET.sub("", line).replace("**", "").strip(), language)
        if text is None:
            continue
        figure = bool(re.search(r"\d", text))
        bullet = bool(_BULLET.match(line))
        found.append((-(2 * bullet + figure), place, text))
    return tuple(text for _, _, text in sorted(found)[:MOST_PROJECTS])


def _short(text: str, language: str) -> str | None:
    """Cut a line at a sentence or clause end so that it can be read out; None when it cannot."""
    if not text:
        return None
    first = (sentences(text, language) or (text,))[0].strip().rstrip(".。;；,，")
    limit, size = (40, len) if language == "zh" else (18, _words)
    if size(first) > limit:
        clauses = re.split(r"(?<=[,，;；])\s*", first)
        first = clauses[0].rstrip(",，;； ")
    least = 6 if language == "zh" else 4
    return (
        first
        if least <= size(first) <= limit and not re.search(r"[|<>{}\[\]?？]", first)
        else None
    )


def _words(text: str) -> int:
    return len(text.split())


def shows(cv: str, requirement: str) -> bool:
    """Whether a CV shows a sign of a requirement: at least half of its telling words."""
    text = cv.lower()
    signs = signs_of(requirement)
    if not signs:
        return True
    hits = sum(1 for sign in signs if sign in text)
    return hits >= 0.5 * len(signs)


def signs_of(requirement: str) -> tuple[str, ...]:
    """Return what tells of a requirement in a text: stems of words, pairs of characters."""
    words = re.findall(r"[a-z][a-z+#.-]*[a-z+#]|[a-z]", requirement.lower())
    runs = re.findall(r"[\u4e00-\u9fff]+", requirement)
    pairs = [run[i : i + 2] for run in runs for i in range(len(run) - 1)]
    small = [cues_for(language).patterns["requirement_small"] for language in ("en", "zh")]
    signs = [s for s in words + pairs if not any(pattern.match(s) for pattern in small)]
    return tuple(_stem(sign) for sign in signs)


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "es", "s"):
        if len(word) > 5 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def requirements_in(advert: str | None, language: str) -> tuple[str, ...]:
    """Return the requirements a job advert lists: bullets under a heading that says so."""
    if not advert:
        return ()
    heading = cues_for(language).patterns["advert_heading"]
    found: list[str] = []
    listing = False
    for line in advert[:60_000].splitlines():
        bullet = _BULLET.match(line)
        if not bullet and line.strip():
            listing = bool(heading.search(line)) and len(line) < 80
        elif bullet and listing:
            text = _short(_BULLET.sub("", line).replace("**", "").strip(), language)
            found.append(text) if text else None
    return tuple(dict.fromkeys(found))[:15]


def speakable_requirement(text: str, language: str) -> str | None:
    """Return a requirement as an examiner can name it in a sentence, None when it is too long."""
    plain = text.strip().rstrip(".。;；")
    if re.search(r"[\[\]{}<>|?？\n]", plain):
        return None
    fits = len(plain) <= 30 if language == "zh" else len(plain.split()) <= 14
    return plain if plain and fits else None


def merged(of_post: Iterable[str], of_advert: Iterable[str]) -> tuple[str, ...]:
    """Return the post's requirements and those of the advert that say something new."""
    known = list(of_post)
    for requirement in of_advert:
        if not any(shows(other, requirement) or shows(requirement, other) for other in known):
            known.append(requirement)
    return tuple(known)
