"""An answer told again in the candidate's own words, in the order a listener needs.

Nothing is written for the candidate (SCIENCE, decision 6): every piece is a sentence they said,
found again in its turn, and what was not said is left as a place to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.item import ModelLine, Piece
from interviewer.assessment.feedback.telling import Told
from interviewer.assessment.feedback.words import FeedbackWords, feedback_words
from interviewer.assessment.scoring.evidence_held import STORIES
from interviewer.reading.cues import folded
from interviewer.reading.tongue import word_count

# The order of a story, with the place of what else may be asked for.
_ORDER = (
    "situation", "specific", "other_side", "seeking", "own_action", "first_step", "reason",
    "weighing", "result", "checking", "lasting", "passing_on", "own_share", "reflection",
)  # fmt: skip
_NEEDED = ("own_action", "result")
# How many sentences of each part; what is rarest is sought first.
_SOUGHT = (("result", 1), ("reflection", 1), ("own_action", 2), ("situation", 1))
# A line that leaves out less than a third of what was said, in the same order, shows nothing new.
_SHORTER = 0.67


def model_line(heard: Heard) -> ModelLine | None:
    """Return an answer in the candidate's own words, None where it would show nothing new.

    Own action and result must have been told, at once or after probes.
    """
    chosen = _chosen(heard)
    if not heard.answer.together.parts.issuperset(_NEEDED) or not _tells_both(chosen):
        return None
    said = word_count(heard.said, heard.language)
    kept = sum(word_count(entry.text, heard.language) for _, entry in chosen)
    late = any(entry.turn > 0 for _, entry in chosen)
    if not late and kept > _SHORTER * said:
        return None
    return _line(chosen, heard.language)


def outline(heard: Heard, lack: str) -> ModelLine | None:
    """Return the same with a place for what is missing; None where it has no place in a story."""
    words = feedback_words(heard.language)
    chosen = _chosen(heard)
    if not chosen or lack not in words.prompts:
        return None
    told = heard.answer.together.parts
    gaps = dict.fromkeys([lack, *(part for part in _NEEDED if part not in told)])
    pieces: list[tuple[str, Told | None]] = list(chosen)
    for gap in sorted(gaps, key=_ORDER.index):
        rank = _ORDER.index(gap)
        after = [n for n, (part, _) in enumerate(pieces, 1) if _ORDER.index(part) <= rank]
        pieces.insert(max(after, default=0), (gap, None))
    return _line(pieces, heard.language)


def _chosen(heard: Heard) -> list[tuple[str, Told]]:
    """Return the sentences of the story by part, in the order of a story.

    Sentences of one turn keep their order, and one that leans on the sentence before it is left
    out without it: taken out of their places they would say something else.
    """
    if heard.kind not in STORIES:
        return []
    left = [entry for entry in heard.told if not entry.empty and not entry.usual]
    found: list[tuple[str, Told]] = []
    for part, most in _SOUGHT:
        if part not in heard.answer.together.parts:
            continue
        fitting = sorted(
            (entry for entry in left if part in entry.parts and _is_plainly(part, entry, heard)),
            key=lambda entry: (-_worth(entry, part), entry.place),
        )[:most]
        found += [(part, entry) for entry in fitting]
        left = [entry for entry in left if entry not in fitting]
    return _in_order(_standing(found, heard.language))


def _is_plainly(part: str, entry: Told, heard: Heard) -> bool:
    """Whether a sentence is what it seems to be."""
    if part == "result":
        # What came of it is never the first thing that is said; a deed that tells it is a deed.
        return entry.place > 0 and "own_action" not in entry.parts
    words = feedback_words(heard.language)
    return part != "reflection" or words.shown_in("reflection", folded(entry.text))


def _standing(found: Sequence[tuple[str, Told]], language: str) -> list[tuple[str, Told]]:
    """Return the sentences that can stand: those that lean on another only beside it."""
    leaning = feedback_words(language).pattern("leaning")
    standing: list[tuple[str, Told]] = []
    for part, entry in sorted(found, key=lambda piece: piece[1].place):
        before = any(
            other.turn == entry.turn and other.place == entry.place - 1 for _, other in standing
        )
        if before or not leaning.search(folded(entry.text)):
            standing.append((part, entry))
    return standing


def _in_order(found: Sequence[tuple[str, Told]]) -> list[tuple[str, Told]]:
    """Return the sentences in the order of a story, those of one turn in the order said."""
    ranked: list[tuple[int, int, str, Told]] = []
    highest: dict[int, int] = {}
    for part, entry in found:
        rank = max(highest.get(entry.turn, 0), _ORDER.index(part))
        highest[entry.turn] = rank
        ranked.append((rank, entry.place, part, entry))
    return [(part, entry) for _, _, part, entry in sorted(ranked, key=lambda line: line[:2])]


def _worth(entry: Told, part: str) -> float:
    others = len(entry.parts - {part, "specific", "result"})
    late = 0.1 * entry.place if part in ("result", "reflection") else -0.1 * entry.place
    return 2 * entry.figures - others + late + 0.1 * min(entry.weight, 12)


def _tells_both(chosen: Sequence[tuple[str, Told]]) -> bool:
    told = frozenset[str]().union(*(entry.parts for _, entry in chosen))
    return told.issuperset(_NEEDED)


def _line(pieces: Sequence[tuple[str, Told | None]], language: str) -> ModelLine:
    words = feedback_words(language)
    found: list[Piece] = []
    last: Told | None = None
    for part, entry in pieces:
        if entry is None:
            found.append(Piece(part, words.prompts[part], None))
            last = None
            continue
        runs_on = last is not None and last.turn == entry.turn and last.place < entry.place
        joined = "" if runs_on or not found else words.joins.get(part, "")
        found.append(Piece(part, _begun_well(entry.text, words), entry.seq, joined))
        last = entry
    return ModelLine(tuple(found), words.joins["space"])


def _begun_well(text: str, words: FeedbackWords) -> str:
    """Return a sentence without its joining word, where it can begin without it."""
    match = words.pattern("joining").match(folded(text))
    rest = text[match.end() :] if match else text
    begins = re.match(r"[A-Z]|[^\x00-\x7f]", rest) is not None
    return rest if begins else text
