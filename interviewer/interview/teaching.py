"""How an interview deals with what must not be asked: strict, taught, or practised on.

What is taught changes no question: the pairs are read out of character, beside the interview. What
is practised on is chosen for each interview anew, and planned here.
"""

from __future__ import annotations

from dataclasses import replace

from interviewer.content.lawful import COUNTRIES, MODES, Lesson
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.debriefing import practice_of
from interviewer.interview.improper import with_improper
from interviewer.interview.plan import Plan
from interviewer.interview.session import plan_of, stage_of
from interviewer.transcript import Transcript

STRICT, TEACH, DEFLECT = MODES


def with_conduct(plan: Plan, library: Library, *, mode: str = STRICT, country: str = "") -> Plan:
    """Return the plan with how questions that must not be asked are dealt with.

    Raises:
        InputError: The mode or the country is not known, or one is named without the other.
    """
    if mode not in MODES:
        raise InputError(f"There is no conduct `{mode}`. Choose one of: {', '.join(MODES)}.")
    if mode == STRICT:
        if country:
            raise InputError(
                "A country is named for conduct `teach` or `deflect` only. Add --conduct teach."
            )
        return plan
    known = [name for name in COUNTRIES if name in library.lawful.countries]
    if country not in known:
        raise InputError(
            f"Name the country whose rules are taught with --country: {', '.join(known)}."
        )
    plan = replace(plan, conduct=mode, country=country)
    if mode == TEACH:
        return plan
    if not plan.conversations:
        raise InputError("This format has no examiner who could ask. Choose another format.")
    return with_improper(plan, practice_of(library, country, plan.language))


def lesson_of(plan: Plan, library: Library) -> Lesson | None:
    """Return all pairs of the plan's country, None where nothing is taught."""
    if plan.conduct != TEACH:
        return None
    return library.lawful.lesson(plan.country, plan.language)


def lesson_now(transcript: Transcript, library: Library) -> Lesson | None:
    """Return the pairs to show as a session stands: its share when a round has just ended.

    The pairs are dealt out over the rounds with an examiner; all of them stand in the report.
    """
    plan, stage = plan_of(transcript), stage_of(transcript)
    lesson = lesson_of(plan, library)
    if lesson is None or stage.waiting not in ("between", "nobody"):
        return None
    before = plan.rounds.index(stage.round) - (1 if stage.waiting == "between" else 0)
    ended = plan.rounds[before].id if before >= 0 else ""
    ids = [part.id for part in plan.conversations]
    shares = {part: lesson.pairs[place :: len(ids)] for place, part in enumerate(ids)}
    return replace(lesson, pairs=shares[ended]) if ended in shares else None
