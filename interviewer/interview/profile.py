"""What a CV and a job advert give the plan: lines worth asking about, requirements not covered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.interview.cv import Break, read_cv
from interviewer.interview.cv_lines import cv_lines, says_work
from interviewer.interview.fit import is_shown
from interviewer.interview.requirements import short

MOST_PROJECTS = 12


@dataclass(frozen=True, slots=True)
class WorkLine:
    """What a CV says of a piece of work, short enough to be read out.

    Attributes:
        text: A part of the CV.
        line: The number of its line, from 1.
    """

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What the plan takes from the candidate's papers.

    Attributes:
        projects: Lines of the CV about work done, most concrete first.
        uncovered: Requirements of the post of which the CV shows no sign.
        covered: Requirements of which it does.
        breaks: Times of more than six months between posts, newest first.
        has_cv: Whether there was a CV at all; without one nothing counts as uncovered.
    """

    projects: tuple[WorkLine, ...] = ()
    uncovered: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    has_cv: bool = False


def read_profile(
    cv: str | None, requirements: Sequence[str], language: str, today: str | None = None
) -> Profile:
    """Read a CV against the requirements of the post.

    Args:
        cv: Its text, None without one.
        requirements: Of the post and the advert.
        language: Of the interview.
        today: ISO month from which a break that goes on is told, None for not at all.
    """
    if not cv or not cv.strip():
        return Profile(covered=tuple(requirements))
    covered = tuple(r for r in requirements if is_shown(cv, r))
    return Profile(
        projects=work_lines(cv, language),
        uncovered=tuple(r for r in requirements if r not in covered),
        covered=covered,
        breaks=read_cv(cv, today).breaks,
        has_cv=True,
    )


def projects_in(cv: str, language: str) -> tuple[str, ...]:
    """Return the CV's lines about work done, short enough to be read out."""
    return tuple(line.text for line in work_lines(cv, language))


def work_lines(cv: str, language: str) -> tuple[WorkLine, ...]:
    """Return the same with their places; those with figures come first, then the CV's order."""
    found: list[tuple[int, int, WorkLine]] = []
    for place, line in enumerate(cv_lines(cv)):
        if not says_work(line):
            continue  # lines about the person, not the work, are never asked about (SCIENCE 3.1)
        text = short(line.text, language)
        if text is None:
            continue
        figure = bool(re.search(r"\d", text))
        rank = -(2 * (line.kind == "bullet") + figure)
        found.append((rank, place, WorkLine(text, line.number)))
    ordered = sorted(found, key=lambda entry: entry[:2])
    return tuple(line for _, _, line in ordered)[:MOST_PROJECTS]
