"""What the last report named already: the same item is told once more with "still".

Who keeps reports wires it: the items of the last one go in, the new report comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from interviewer.assessment.feedback.item import FeedbackItem
from interviewer.assessment.findings import Assessment

Named = tuple[str, str]
"""What makes two items the same: the competency, and what was missing."""


def named_in(items: Iterable[FeedbackItem]) -> frozenset[Named]:
    """Return what items name."""
    return frozenset((item.competency, item.lack) for item in items)


def named_in_json(document: Mapping[str, object]) -> frozenset[Named]:
    """Return what the items of a report in JSON name; none where it has no feedback.

    Args:
        document: `interviewer.assessment/1`, of any version of the program.
    """
    found: set[Named] = set()
    for part in _maps(document.get("rounds")):
        for item in _maps(part.get("feedback")):
            competency, lack = item.get("competency"), item.get("lack")
            if isinstance(competency, str) and isinstance(lack, str):
                found.add((competency, lack))
    return frozenset(found)


def standing(items: Sequence[FeedbackItem], before: frozenset[Named]) -> tuple[FeedbackItem, ...]:
    """Return items, those with `still` that the last report of the same candidate named too."""
    return tuple(replace(item, still=(item.competency, item.lack) in before) for item in items)


def with_standing(assessment: Assessment, before: frozenset[Named]) -> Assessment:
    """Return a report whose items say "still" where the last one named the same."""
    rounds = tuple(
        replace(part, feedback=standing(part.feedback, before)) for part in assessment.rounds
    )
    return replace(assessment, rounds=rounds)


def set_beside(
    report: Assessment, before: Assessment | None
) -> tuple[Assessment, Assessment | None]:
    """Return a report whose items say "still" where the one before named the same, and that one.

    Levels of different assessors are not held against each other: then the report stands alone.

    Args:
        report: The report.
        before: That on the same candidate's last interview, None without one.
    """
    if before is None or _assessor(before) != _assessor(report):
        return report, None
    named = named_in(item for part in before.rounds for item in part.feedback)
    return with_standing(report, named), before


def _assessor(report: Assessment) -> str:
    return report.judgement.judge if report.judgement else ""


def _maps(value: object) -> list[Mapping[str, object]]:
    entries = value if isinstance(value, list | tuple) else []
    return [entry for entry in entries if isinstance(entry, Mapping)]
