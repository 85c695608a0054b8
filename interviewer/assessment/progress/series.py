"""Levels of one competency over several interviews, compared only where they can be.

One series has one competency, questions of one family (parallel ones, SCIENCE 4.1), one language,
one mode and one assessor. A question that was asked within the last day shows how well it is
remembered: it counts only where it is marked as given again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.assessment.progress.sitting import Answer, Sitting
from interviewer.content.rubric import Scale

APART = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Key:
    """What is compared with each other and with nothing else."""

    competency: str
    family: str
    language: str
    mode: str
    assessor: str
    scale: str


@dataclass(frozen=True, slots=True)
class Point:
    """One interview in a series.

    Attributes:
        session: Its id.
        at: When it was settled, ISO in UTC.
        employer: Name of the employer.
        title: The post's title.
        level: To a tenth; None is a gap: not scored.
        required: The level the post asks for.
        reason: Why there is no level, in words; empty where nothing is said of it.
        questions: Ids of the questions asked.
        redo: Whether it is one earlier answer given again.
        counted: Whether it counts as progress; a level whose every question had been asked within
            the last day does not.
    """

    session: str
    at: str
    employer: str
    title: str
    level: float | None
    required: int | None
    reason: str
    questions: tuple[str, ...]
    redo: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One competency over time.

    Attributes:
        key: What is compared.
        name: The competency's name in the language of the interviews.
        scale: The levels there are.
        points: Oldest first.
    """

    key: Key
    name: str
    scale: Scale
    points: tuple[Point, ...]

    @property
    def counted(self) -> tuple[tuple[Point, float], ...]:
        """The points that count, with their levels, oldest first."""
        return tuple((p, p.level) for p in self.points if p.counted and p.level is not None)


def series_in(sittings: Iterable[Sitting]) -> tuple[Series, ...]:
    """Return every series of these interviews, by the order in which competencies came up."""
    ordered = sorted(sittings, key=lambda sitting: (sitting.at, sitting.session))
    found: dict[Key, list[tuple[Sitting, list[Answer]]]] = {}
    for sitting in ordered:
        by_key: dict[Key, list[Answer]] = {}
        for answer in sitting.answers:
            by_key.setdefault(_key(sitting, answer), []).append(answer)
        for key, answers in by_key.items():
            found.setdefault(key, []).append((sitting, answers))
    order = {name: place for place, name in enumerate(dict.fromkeys(k.competency for k in found))}
    made = [_series(key, entries) for key, entries in found.items()]
    return tuple(sorted(made, key=lambda series: order[series.key.competency]))


def level_of(answers: Sequence[Answer]) -> float | None:
    """Return the level of answers together, each weighted by how much it says."""
    scored = [(a.level, a.weight) for a in answers if a.level is not None]
    if not scored:
        return None
    total = sum(weight for _, weight in scored)
    if not total:
        return round(sum(level for level, _ in scored) / len(scored), 1)
    return round(sum(level * weight for level, weight in scored) / total, 1)


def _key(sitting: Sitting, answer: Answer) -> Key:
    scale = answer.scale
    return Key(
        answer.competency, answer.family, sitting.language, sitting.mode, sitting.assessor,
        f"{scale.id}:{scale.min}-{scale.max}",
    )  # fmt: skip


def _series(key: Key, entries: Sequence[tuple[Sitting, list[Answer]]]) -> Series:
    last_asked: dict[str, datetime.datetime | None] = {}
    points = []
    for sitting, answers in entries:
        points.append(_point(sitting, answers, last_asked))
        last_asked |= {answer.question: sitting.time for answer in answers if answer.asked}
    newest = entries[-1][1][0]
    return Series(key, newest.name, newest.scale, tuple(points))


def _point(
    sitting: Sitting, answers: Sequence[Answer], last_asked: dict[str, datetime.datetime | None]
) -> Point:
    fresh = [a for a in answers if sitting.redo or not _is_too_soon(a, sitting, last_asked)]
    level = level_of(fresh)
    return Point(
        session=sitting.session,
        at=sitting.at,
        employer=sitting.employer,
        title=sitting.title,
        level=level if level is not None else level_of(answers),
        required=answers[0].required,
        reason=answers[0].reason,
        questions=tuple(answer.question for answer in answers if answer.asked),
        redo=sitting.redo,
        counted=level is not None,
    )


def _is_too_soon(
    answer: Answer, sitting: Sitting, last_asked: dict[str, datetime.datetime | None]
) -> bool:
    """Whether the question was asked within a day, or nobody knows when."""
    if answer.question not in last_asked:
        return False
    before, now = last_asked[answer.question], sitting.time
    return before is None or now is None or now - before < APART
