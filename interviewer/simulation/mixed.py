"""Mixed profiles: people who are strong in one competency and weak in another. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from interviewer.interview import seeds
from interviewer.interview.plan import Plan
from interviewer.simulation.candidate import LEVELS, Candidate, Level


def levels_of(candidate: Candidate, plan: Plan) -> Mapping[str, Level]:
    """Return the level of a mixed candidate in each scored competency of a plan, none for others.

    The levels go round over the competencies in an order of the candidate's own, so that each
    occurs wherever a plan has three competencies.
    """
    if not candidate.mixed:
        return {}
    planned = dict.fromkeys(
        item.competency
        for part in plan.rounds
        for item in part.items
        if item.scored and item.competency
    )
    order = seeds.shuffled(sorted(planned), candidate.seed, "mixed")
    first = seeds.number(candidate.seed, "mixed", "first") % len(LEVELS)
    return {name: LEVELS[(first + place) % len(LEVELS)] for place, name in enumerate(order)}


def at_competency(candidate: Candidate, plan: Plan, competency: str | None) -> Candidate:
    """Return a candidate as they are where a competency is asked about."""
    level = levels_of(candidate, plan).get(competency or "", candidate.level)
    return replace(candidate, level=level) if candidate.mixed else candidate
