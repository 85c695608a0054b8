"""What to keep doing: one sentence of a round that shows something, and why that counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.item import Strength
from interviewer.assessment.feedback.telling import Told
from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.scoring.evidence_held import STORIES
from interviewer.reading.cues import folded

# What is heard seldom and tells most comes first.
RARE = (
    "own_limit", "own_share", "weighing", "other_side", "seeking", "checking", "passing_on",
    "figure", "lasting", "reason", "reflection", "own_action",
)  # fmt: skip
_LEAST_WEIGHT = 4


def strength_of(heard: Sequence[Heard], used: Iterable[str], language: str) -> Strength | None:
    """Return what to keep doing, None where nothing shows anything.

    Args:
        heard: The scored answers of a round.
        used: What was shown as a strength in the rounds before; another is told where there is
            one.
        language: Language of the report.
    """
    before = set(used)
    found = [
        (shown in before, -_worth(entry, shown, answer), answer_place, entry.place, shown, entry)
        for answer_place, answer in enumerate(heard)
        if answer.score.level is not None
        for entry in answer.told
        if (shown := shown_by(entry, answer))
    ]
    if not found:
        return None
    *_, shown, entry = min(found, key=lambda line: line[:4])
    why = feedback_words(language).counts[shown]
    return Strength(entry.seq, entry.text, shown, why)


def shown_by(entry: Told, heard: Heard) -> str:
    """Return the rarest thing a sentence shows for certain, empty where it shows nothing."""
    story = heard.kind in STORIES
    if entry.usual or entry.weight < _LEAST_WEIGHT or not (entry.acting or entry.figures):
        return ""
    words, low = feedback_words(heard.language), folded(entry.text)
    if words.pattern("boast").search(low):
        return ""
    shown = {name for name in words.shows if words.shown_in(name, low)}
    shown -= {"own_limit"} if story else {"own_share", "lasting", "figure"}
    shown |= entry.parts & {"own_action"} if story else set()
    if not words.pattern("myself").search(low):
        shown &= {"figure"}  # what others did or wanted is told by somebody who did something
    return next((name for name in RARE if name in shown), "")


def _worth(entry: Told, shown: str, heard: Heard) -> float:
    level = heard.score.level or 0.0
    rare = (len(RARE) - RARE.index(shown)) / len(RARE)
    return level + 2 * rare + 0.5 * len(entry.signs) + entry.figures + 0.1 * min(entry.weight, 12)
