"""What an answer should have, by the type of its question; each has a name to be missed by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.scoring.evidence_held import STORIES
from interviewer.content.ladder import STEPS
from interviewer.interview.bid import POINTS
from interviewer.interview.ladder_items import EXPERT, LAY

STORY_PARTS = ("own_action", "result", "specific", "situation", "reflection")
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "past_behaviour": (
        "reason", "other_side", "checking", "weighing", "own_share", "seeking", "lasting",
        "passing_on",
    ),
    "background": ("reason", "checking", "weighing", "own_share", "seeking", "lasting"),
    "situational": (
        "reason_would", "other_side_would", "weighing_would", "seeking_would", "checking_would",
    ),
    "knowledge": ("reason", "weighing", "checking"),
    "work_sample": ("checking", "reason", "weighing", "seeking"),
    "motivation": ("drives", "first_months", "goals", "needs", "doubt", "risk"),
    "strength": ("reason", "passing_on"),
    "public_service": ("other_side", "checking", "weighing", "lasting", "seeking"),
}  # fmt: skip
# What makes an explanation one.
_EXPLAINED = ("example", "listener")
_ALL_SIGNS = frozenset[str](_EXPLAINED).union(*_SIGNS.values())
# Reasons for applying, and answers to a board, have what the anchors ask for and no more.
_ANY_SIGN = frozenset(_SIGNS) - {"motivation", "public_service", "strength"}
# Grounds for a figure of pay, by the names of `bid.POINTS` (SCIENCE 2.4).
BIDS = tuple(f"bid_{point}" for point in POINTS)
# An answer to these should stand on a case of one's own as well.
OF_KNOWLEDGE = ("knowledge", "work_sample")
WITH_A_CASE = ("knowledge", "strength")
# Everything that can be told as missing.
ALL_LACKS = tuple(
    dict.fromkeys([
        *STORY_PARTS, *_EXPLAINED, *(sign for signs in _SIGNS.values() for sign in signs),
        "more", "late", "withdrawn", "first_step", "find_out", "employer", "own_evidence", "case",
        *(f"step_{step}" for step in (*STEPS, LAY, EXPERT)), "off", "unanswered",
            *BIDS,
    ])
)  # fmt: skip


def signs_for(heard: Heard) -> tuple[str, ...]:
    """Return the signs an answer should have; an explanation has those of one."""
    steps = {rung.step for rung in heard.answer.item.rungs}
    return _EXPLAINED if steps & {LAY, EXPERT} else _SIGNS.get(heard.kind, ())


def told_of(lacks: Sequence[str], named: Set[str], kind: str) -> tuple[str, ...]:
    """Return the lacks that are worth telling.

    A sign, and this employer, only matter where an anchor asks for them; where none of what is
    missing is asked for by any, the first sign is told of a story or a case.
    """
    optional = _ALL_SIGNS | {"employer"}
    worth = tuple(lack for lack in lacks if lack not in optional or lack in named)
    if worth or kind not in _ANY_SIGN:
        return worth
    return tuple(lack for lack in lacks if lack != "employer")[:1]


def sign_of(lack: str) -> str:
    """Return what a lack is known by: what would be done is known by what was done."""
    return lack.removesuffix("_would")


def counts_for(lack: str, heard: Heard) -> bool:
    """Return whether an answer to this type of question could have had what is missing."""
    if lack in (*STORY_PARTS, "late", "withdrawn"):
        return heard.kind in STORIES
    if lack in ("employer", "own_evidence"):
        return heard.kind == "motivation"
    if lack == "case":
        return heard.kind in WITH_A_CASE
    if lack in BIDS:
        return heard.grounds is not None
    if lack == "step":
        return heard.height is not None
    if lack == "first_step":
        return heard.kind == "situational"
    signs = [sign_of(sign) for sign in signs_for(heard)]
    return lack in signs or all(lack != sign_of(sign) for sign in _ALL_SIGNS)
