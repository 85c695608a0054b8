"""What came after an interview as JSON: disputes and answers given again."""

from __future__ import annotations

from interviewer.assessment.dispute import Verdict
from interviewer.assessment.findings import Assessment
from interviewer.assessment.side_by_side import SideBySide, Try


def redo_to_json(assessment: Assessment) -> dict[str, object] | None:
    """Return which answer an interview gives again, with both where both are there."""
    if assessment.redo is None:
        return None
    both = assessment.side_by_side
    named: dict[str, object] = {
        "session": assessment.redo.session,
        "item": assessment.redo.item,
    }
    return named | (both_to_json(both) if both else {})


def both_to_json(both: SideBySide) -> dict[str, object]:
    """Return two tries at an item."""
    return {
        "item": both.item.id,
        "question": both.item.text or None,
        "competency": both.item.competency,
        "first": _try(both.first),
        "second": _try(both.second),
        "gain": both.gain,
        "new": list(both.new),
        "lost": list(both.lost),
        "lacking": list(both.lacking),
    }


def _try(one: Try) -> dict[str, object]:
    level, before = one.score.level, one.score.before_probes
    return {
        "session": one.session,
        "created": one.created,
        "level": None if level is None else round(level, 1),
        "before_probes": None if before is None else round(before, 1),
        "reason": one.score.reason,
        "quotes": [{"seq": quote.seq, "text": quote.text} for quote in one.quotes],
        "missing": list(one.missing),
    }


def verdict_to_json(verdict: Verdict) -> dict[str, object]:
    """Return a dispute with what the assessor answered."""
    return {
        "part": verdict.dispute.part,
        "said": verdict.dispute.said,
        "outcome": "withdrawn" if verdict.withdrawn else "kept",
        "reason": verdict.reason,
        "item": verdict.item,
        "seq": verdict.seq,
        "quote": verdict.quote or None,
    }
