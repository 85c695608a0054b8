"""The overview of a report: each competency's level beside what the post asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.assessment.findings import Assessment, CompetencyReport, RoundReport
from interviewer.assessment.radar import Axis, Radar, radar, share
from interviewer.assessment.words import ReportWords

BAR = 240.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One competency.

    Attributes:
        axis: Its name and levels.
        scale: Its levels as "1–5".
        reason: Why it has no level; empty where it has one.
        filled: Length of the bar in the units of `BAR`, None where it is not scored.
        required: Where the tick of the required level stands, None where none is known.
        before: Where last time's mark stands, None where there is none.
    """

    axis: Axis
    scale: str
    reason: str
    filled: float | None
    required: float | None
    before: float | None


@dataclass(frozen=True, slots=True)
class RoundOverview:
    """One round: a bar a competency, and the radar of them where it has one.

    Attributes:
        name: The round's name.
        bars: In the order of the report.
        radar: None for fewer than three competencies or where nothing is scored.
        told: The radar in words, a sentence an axis.
    """

    name: str
    bars: tuple[Bar, ...]
    radar: Radar | None
    told: tuple[str, ...]


def overview_of(
    assessment: Assessment, before: Assessment | None = None
) -> tuple[RoundOverview, ...]:
    """Return the overview of a report, a round at a time, of rounds that have competencies.

    Args:
        assessment: The report.
        before: An earlier one of the same candidate and post, None where there is none.
    """
    last = _levels(before) if before else {}
    found = (_of(part, last, assessment.words) for part in assessment.rounds)
    return tuple(part for part in found if part.bars)


def _levels(assessment: Assessment) -> Mapping[tuple[str, str], float | None]:
    """Return the levels of a report by round and competency."""
    return {
        (part.id, entry.id): entry.score.level
        for part in assessment.rounds
        for entry in part.competencies
    }


def _of(
    part: RoundReport, last: Mapping[tuple[str, str], float | None], words: ReportWords
) -> RoundOverview:
    bars = tuple(_bar(entry, last.get((part.id, entry.id))) for entry in part.competencies)
    axes = [bar.axis for bar in bars]
    return RoundOverview(
        name=part.name,
        bars=bars,
        radar=radar(axes),
        told=tuple(_told(axis, words) for axis in axes),
    )


def _bar(entry: CompetencyReport, before: float | None) -> Bar:
    low, high = float(entry.scale.min), float(entry.scale.max)
    required = None if entry.required is None else float(entry.required)

    def place(value: float | None) -> float | None:
        return None if value is None else round(BAR * share(value, low, high), 1)

    return Bar(
        axis=Axis(entry.name, entry.score.level, required, before, low, high),
        scale=f"{entry.scale.min}–{entry.scale.max}",
        reason=entry.reason,
        filled=place(entry.score.level),
        required=place(required),
        before=place(before),
    )


def _told(axis: Axis, words: ReportWords) -> str:
    say = words.overview
    level = words.labels["not_scored"] if axis.level is None else f"{axis.level:g}"
    parts = [say["axis"].format(name=axis.name, level=level)]
    if axis.required is not None:
        parts.append(say["axis_required"].format(level=f"{axis.required:g}"))
    if axis.before is not None:
        parts.append(say["axis_before"].format(level=f"{axis.before:g}"))
    return say["joint"].join(parts)
