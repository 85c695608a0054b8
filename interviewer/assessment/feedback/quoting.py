"""Which sentence of an answer shows what it lacks, and which words to ask about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from interviewer.assessment.feedback.excerpt import excerpt, shortened
from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.lacking import admitted, came_late, step_missed, taken_back
from interviewer.assessment.feedback.telling import Told
from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.scoring.evidence_held import STORIES
from interviewer.reading.cues import folded
from interviewer.transcript import Transcript

Liking = Callable[[Told], float]
# So many telling terms are enough to show something.
_FULL = 12

# How well a sentence shows that something is missing beside it.
_LIKINGS: dict[str, Liking] = {
    "own_action": lambda t: 3 * t.shared + ("result" in t.parts) - 2 * ("own_action" in t.parts),
    "result": lambda t: 3 * ("own_action" in t.parts) + t.shared + 0.1 * t.place,
    "specific": lambda t: 3 * t.usual + t.shared - t.figures,
    "case": lambda t: 2 * ("own_action" in t.parts) + t.imagined,
    "situation": lambda t: 3 * ("own_action" in t.parts) - 0.2 * t.place,
    "reflection": lambda t: 2 * ("result" in t.parts) + ("own_action" in t.parts) + 0.1 * t.place,
    "lasting": lambda t: 3 * ("result" in t.parts) + t.figures + ("own_action" in t.parts),
    "passing_on": lambda t: 2 * ("result" in t.parts) + 2 * ("own_action" in t.parts),
    "checking": lambda t: 2 * t.figures + ("result" in t.parts) + ("own_action" in t.parts),
    "own_share": lambda t: 2 * ("situation" in t.parts) - 0.2 * t.place,
    "more": lambda t: -t.place,
    "bid_market": lambda t: 3 * t.figures - 0.1 * t.place,
    "bid_evidence": lambda t: 3 * t.figures - 0.1 * t.place,
    "bid_specific": lambda t: -0.1 * t.place,
    "bid_reason": lambda t: 3 * t.figures - 0.1 * t.place,
}


def _deed(told: Told) -> float:
    return 2 * ("own_action" in told.parts) + told.imagined + told.shared


def _step(told: Told) -> float:
    return 2 * told.imagined + 0.5 * ("own_action" in told.parts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is quoted.

    Attributes:
        seq: The turn.
        quote: The whole sentence, an exact part of the turn.
        words: A few of its words, to ask about.
        asked: What the examiner had asked, an exact part of an earlier turn; may be empty.
    """

    seq: int
    quote: str
    words: str
    asked: str = ""


def evidence_for(lack: str, heard: Heard, transcript: Transcript) -> Evidence | None:
    """Return what shows a lack, None where nothing that may be quoted does.

    The quote is taken out of the turn it is said to stand in, so that one that does not stand
    there cannot come about.
    """
    asked_in, question = asked_for(lack, heard, transcript)
    best = _sentence(lack, heard, asked_in)
    if best is None:
        nothing = heard.score.level is None and not heard.told
        if not nothing or asked_in is None or not question:
            return None
        return Evidence(asked_in, question, question, question)
    about = _about(lack, heard.language)
    return Evidence(best.seq, best.text, excerpt(best.text, heard.language, about), question)


def _sentence(lack: str, heard: Heard, asked_in: int | None) -> Told | None:
    told = heard.told
    if lack == "withdrawn":
        return taken_back(heard)
    if lack == "late":
        late = set(came_late(heard))
        return _best([t for t in told if t.turn > 0 and t.parts & late], _deed)
    if lack.startswith("step_"):
        after = _answer_after(heard, asked_in)
        return _best([t for t in told if t.seq == after], _deed)
    if lack == "find_out":
        return admitted(heard)
    usual = _deed if heard.kind in STORIES else _step
    if lack == "other_side":
        others = feedback_words(heard.language).pattern("others")
        return _best(told, lambda t: 2 * bool(others.search(folded(t.text))) + usual(t))
    if lack.endswith("_would") or lack == "first_step":
        would = feedback_words(heard.language).pattern("would_act")
        return _best(told, lambda t: 3 * bool(would.search(folded(t.text))) + usual(t))
    if heard.kind == "motivation":
        wishing = feedback_words(heard.language).pattern("wishing")
        return _best(told, lambda t: 2 * bool(wishing.search(folded(t.text))))
    return _best(told, _LIKINGS.get(lack, usual))


def _best(told: Iterable[Told], liking: Liking) -> Told | None:
    """Return the sentence that is liked best; of those liked alike the one that says most."""

    def liked(entry: Told) -> tuple[float, int, int]:
        like = liking(entry) + 2 * entry.acting - entry.empty - 2 * entry.admits
        return like, min(entry.weight, _FULL), -entry.place

    return max(told, key=liked, default=None)


def _about(lack: str, language: str) -> re.Pattern[str]:
    """Return the sign of the clause that is asked about: one in which somebody acts."""
    kind = "would_act" if lack.endswith("_would") else "acting"
    return feedback_words(language).pattern("together" if lack == "own_action" else kind)


def asked_for(lack: str, heard: Heard, transcript: Transcript) -> tuple[int | None, str]:
    """Return the turn in which the examiner asked what was not answered, and the question.

    For a step of a ladder that is the question of this step; else the item's own. The question is
    an exact part of the turn; empty where the turn does not hold it.
    """
    item = heard.answer.item
    step = step_missed(heard) if lack.startswith("step_") else None
    known = [item.text] if item.text else []
    if step is not None:
        known = [q for rung in item.rungs if rung.step == step for q in rung.questions] or known
    turns = [t for t in transcript.turns if t.by_examiner and t.move and t.move.item == item.id]
    for turn in turns:
        for question in known:
            if question in turn.content:
                return turn.seq, shortened(question, heard.language)
    return (turns[0].seq, "") if turns else (None, "")


def _answer_after(heard: Heard, asked_in: int | None) -> int | None:
    numbers = [turn.seq for turn in heard.answer.turns if turn.seq is not None]
    return min((seq for seq in numbers if asked_in is not None and seq > asked_in), default=None)
