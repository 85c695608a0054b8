"""The caps of a rubric, in code: what an answer cannot be above without (SCIENCE 1.8)."""

from __future__ import annotations

from interviewer.assessment.scoring.evidence_held import STORIES, Held
from interviewer.content.rubric import Cap, Rubric

MOST_PROBES = 2


def caps_on(held: Held, kind: str, rubric: Rubric, probes: int) -> tuple[tuple[Cap, int], ...]:
    """Return the caps that apply to an answer, the lowest first.

    What is asked for decides: only a question about the past asks for an occasion, one's own
    deeds and what came of them.
    """
    parts = held.reading.parts
    applies: dict[Cap, bool] = {
        "no_specific_instance": kind in STORIES and not parts & {"specific", "situation"},
        "no_own_action": kind in STORIES and "own_action" not in parts,
        "no_result": kind in STORIES and "result" not in parts,
        "needed_more_than_2_probes": probes > MOST_PROBES,
    }
    found = [(cap, limit) for cap, limit in rubric.caps.items() if applies[cap]]
    return tuple(sorted(found, key=lambda entry: entry[1]))
