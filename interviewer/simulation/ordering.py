"""From what was ordered to what an interview is held with: plan, candidate, secrets, beginning."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from interviewer.content.library import Library
from interviewer.interview.plan import Plan
from interviewer.interview.planning import build_plan
from interviewer.interview.sealed import Sealed
from interviewer.interview.sealing import sealing
from interviewer.interview.wishing import make_wish
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.holding import begins_at
from interviewer.simulation.runs import Run
from interviewer.transcript import Passage

_A_DAY = datetime.date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Ordered:
    """One interview of a run, before it is held.

    Attributes:
        plan: What is asked.
        candidate: Who answers.
        sealed: What is decided with and never said.
        begins: When it begins.
    """

    plan: Plan
    candidate: Candidate
    sealed: Sealed
    begins: datetime.datetime


def ordered(run: Run, place: int, library: Library, passages: tuple[Passage, ...]) -> Ordered:
    """Return the interview with the candidate at a place of a run; the same every time.

    Raises:
        InputError: The employer, the post, the language or the format is not known.
    """
    candidate = run.candidate(place)
    begins = begins_at(day_of(library, run.company), candidate.seed)
    wish = make_wish(
        library, company=run.company, role=run.role, language=run.language,
        format_id=run.format, seed=candidate.seed, today=begins.date(),
        passages=lambda company: passages, written=run.written,
    )  # fmt: skip
    plan = build_plan(library, wish)
    return Ordered(plan, candidate, sealing(library)(plan), begins)


def day_of(library: Library, company: str) -> datetime.date:
    """Return the day from which interviews are held: never today, or no run could be repeated."""
    pack = library.packs.get(company)
    return (pack.company.checked_on if pack else None) or _A_DAY
