"""How candidates rate themselves before they see a level, and how far that is from the levels.

They rate on the rubric's own scale, whose anchors they read in words. A competency that was not
scored is never compared, and no rating of theirs moves a level. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from interviewer.assessment.competency_report import name_of
from interviewer.assessment.evidence import answered_in
from interviewer.assessment.findings import Assessment, OwnLevel, Side
from interviewer.content.library import Library
from interviewer.content.rubric import Scale
from interviewer.errors import InputError
from interviewer.interview.annotations import SELF_RATING, Annotation
from interviewer.interview.plan import Plan
from interviewer.interview.redo import redo_in
from interviewer.interview.session import plan_of
from interviewer.transcript import Transcript

ABOUT = "interview"
# A smaller difference is none: levels are given to a tenth, people rate in whole levels.
APART = 1.0
# A smaller change from one half of the interviews to the other is none.
_CHANGE = 0.3

Way = Literal["shrinks", "grows", "stays"]


@dataclass(frozen=True, slots=True)
class ToRate:
    """One competency that was asked about.

    Attributes:
        id: Rubric id.
        name: Its name in the language of the interview.
        definition: What it is.
        scale: The levels there are.
        anchors: What an answer at a level is like, lowest first.
    """

    id: str
    name: str
    definition: str
    scale: Scale
    anchors: tuple[tuple[int, str], ...]

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels one can choose."""
        return tuple(range(self.scale.min, self.scale.max + 1))

    def near(self, level: int) -> tuple[tuple[int, str], ...]:
        """Return the anchor of a level; where it has none, the next below and the next above."""
        below = [entry for entry in self.anchors if entry[0] <= level]
        above = [entry for entry in self.anchors if entry[0] >= level]
        return tuple(dict.fromkeys((*below[-1:], *above[:1])))


def to_rate(transcript: Transcript, library: Library) -> tuple[ToRate, ...]:
    """Return the competencies a candidate can rate: those they were asked about, each once.

    An answer given again is compared with the first one, not with the candidate's own view.

    Raises:
        InputError: The transcript holds no plan.
    """
    if redo_in(transcript.interview) is not None:
        return ()
    plan = plan_of(transcript)
    found = (library.rubrics.get(name) for name in _asked(plan, transcript))
    return tuple(
        ToRate(
            rubric.id,
            name_of(rubric, rubric.id, plan.language),
            _in(rubric.definition, plan.language),
            rubric.scale,
            tuple((n, _in(text, plan.language)) for n, text in sorted(rubric.anchors.items())),
        )
        for rubric in found
        if rubric is not None
    )


def _asked(plan: Plan, transcript: Transcript) -> tuple[str, ...]:
    asked = [
        answer.item.competency
        for part in plan.conversations
        for answer in answered_in(part, transcript, plan.language)
        if answer.item.scored and answer.item.competency
    ]
    return tuple(dict.fromkeys(asked))


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()))


def self_rating(levels: Mapping[str, int], asked: Sequence[ToRate]) -> Annotation:
    """Return a rating as it is kept; without any level it says that it was skipped.

    Args:
        levels: What was chosen, by competency.
        asked: The competencies there were to choose for.

    Raises:
        InputError: A competency was not asked about, or has no such level.
    """
    known = {entry.id: entry for entry in asked}
    for name, level in levels.items():
        if name not in known or level not in known[name].levels:
            raise InputError(
                f"There is no level {level} to choose for {name!r} in this interview. Choose one "
                "of those that are shown, or skip it."
            )
    return Annotation(SELF_RATING, ABOUT, {"levels": dict(levels)})


def rating_in(said: Sequence[Annotation]) -> Mapping[str, float] | None:
    """Return the levels a candidate gave themselves, None when they were not asked yet.

    The first rating counts: one that was made after the levels were shown would say nothing.
    """
    for entry in said:
        if entry.kind == SELF_RATING:
            levels = entry.body.get("levels")
            found = levels if isinstance(levels, Mapping) else {}
            return {
                str(name): float(level)
                for name, level in found.items()
                if isinstance(level, int | float) and not isinstance(level, bool)
            }
    return None


def compared(own: float, level: float | None) -> OwnLevel:
    """Return a level somebody gave themselves beside the one that was found."""
    if level is None:
        return OwnLevel(own, None, "not_scored")
    gap = round(own - level, 1)
    side: Side = "over" if gap >= APART else "under" if gap <= -APART else "near"
    return OwnLevel(own, gap, side)


def with_own_levels(assessment: Assessment, said: Sequence[Annotation]) -> Assessment:
    """Return the report with the candidate's own levels beside the assessed ones."""
    rating = rating_in(said)
    if not rating:
        return assessment
    rounds = tuple(
        replace(
            part,
            competencies=tuple(
                replace(entry, own=compared(rating[entry.id], entry.score.level))
                if entry.id in rating
                else entry
                for entry in part.competencies
            ),
        )
        for part in assessment.rounds
    )
    return replace(assessment, rounds=rounds)


def own_levels(assessment: Assessment) -> tuple[OwnLevel, ...]:
    """Return every own level of a report that stands beside a level."""
    found = (entry.own for part in assessment.rounds for entry in part.competencies)
    return tuple(own for own in found if own is not None and own.gap is not None)


def distance(assessment: Assessment) -> float | None:
    """Return how far own levels are from the assessed ones on average, None without any pair."""
    gaps = [abs(own.gap) for own in own_levels(assessment) if own.gap is not None]
    return round(sum(gaps) / len(gaps), 2) if gaps else None


def way_of(distances: Sequence[float | None]) -> Way | None:
    """Return whether the distance shrinks from interview to interview, None below two of them.

    Args:
        distances: That of each interview, oldest first; those without one are left out. Answers
            given again are no interviews of their own.
    """
    known = [entry for entry in distances if entry is not None]
    if len(known) < 2:  # a way has two ends
        return None
    half = len(known) // 2
    earlier, later = known[:half], known[-half:]
    change = sum(later) / half - sum(earlier) / half
    if abs(change) < _CHANGE:
        return "stays"
    return "shrinks" if change < 0 else "grows"
