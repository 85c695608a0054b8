"""Which earlier interview is "last time" for a newer one."""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.assessment.progress.sitting import TEXT
from interviewer.errors import InputError
from interviewer.interview.plan import Plan
from interviewer.interview.progress import follow
from interviewer.interview.session import plan_of
from interviewer.transcript import Transcript


def last_time(transcript: Transcript, earlier: Iterable[Transcript]) -> Transcript | None:
    """Return the newest earlier interview a report can be held against, None without one.

    It is finished, was settled before, shares a competency, and was held in the same language and
    mode; one answer given again and an invented candidate's interview are none.

    Args:
        transcript: The interview that is reported on.
        earlier: Interviews of the same candidate, in any order.
    """
    plan = _plan(transcript)
    if plan is None:
        return None
    now = transcript.interview.created or ""
    able = [
        entry
        for entry in earlier
        if entry.id != transcript.id
        and (entry.interview.created or "") < now
        and _mode(entry) == _mode(transcript)
        and _is_like(plan, entry)
    ]
    return max(able, key=lambda entry: entry.interview.created or "", default=None)


def _is_like(plan: Plan, entry: Transcript) -> bool:
    before = _plan(entry)
    if before is None or before.language != plan.language:
        return False
    if entry.interview.extra.get("simulated") or entry.interview.extra.get("redo"):
        return False
    shared = _competencies(before) & _competencies(plan)
    return bool(shared) and follow(before, entry).waiting == "nobody"


def _plan(transcript: Transcript) -> Plan | None:
    try:
        plan = plan_of(transcript)
    except InputError:
        return None
    return plan if plan.rounds else None


def _competencies(plan: Plan) -> set[str | None]:
    return {item.competency for part in plan.conversations for item in part.items if item.scored}


def _mode(transcript: Transcript) -> object:
    return transcript.interview.extra.get("mode") or TEXT
