"""The candidate's own questions: whether they rest on research, and whom they were put to.

Two observations and no number: a question that builds on what the employer has published shows
preparation; one whose answer was published shows the lack of it; one that is another examiner's
matter is put to the wrong person (SCIENCE 2.2 to 2.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from interviewer.content.matters import Matters
from interviewer.reading.answer import read
from interviewer.reading.cues import cues_for
from interviewer.research.lexical import terms
from interviewer.transcript import Passage, Transcript, Turn

Research = Literal["built_on", "published", "open"]
Fit = Literal["fits", "elsewhere", "any"]


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """One question of the candidate.

    Attributes:
        seq: Turn it was asked in.
        text: The question, an exact part of the turn.
        answered: Whether the research had an answer.
        research: `built_on` it, its answer `published` in it, or `open`: it holds nothing.
        fit: Whether its matter is this examiner's (`fits`), another's (`elsewhere`), or anybody's.
    """

    seq: int
    text: str
    answered: bool
    research: Research
    fit: Fit


def own_questions(
    said: Sequence[Turn],
    heard: Iterable[int | None],
    transcript: Transcript,
    discussed: Sequence[str],
    matters: Matters | None,
) -> tuple[OwnQuestion, ...]:
    """Return the candidate's questions of one round, in the order asked.

    Args:
        said: The turns of the round.
        heard: Numbers of the candidate's turns that belong to a planned item.
        transcript: Where the passages stand that were used.
        discussed: Matters this examiner discusses.
        matters: What questions are known by; None leaves the fit open.
    """
    language = transcript.interview.language or "en"
    counted = set(heard)
    found: list[OwnQuestion] = []
    for turn, reply in pairwise(said):
        if not turn.by_candidate or turn.seq is None or turn.seq not in counted:
            continue
        answered = bool(reply.retrieved)
        rests = _rests_on_research(turn.content, transcript.interview.research, language)
        research: Research = "built_on" if rests else "published" if answered else "open"
        for text in read(turn.content, language).questions:
            fit = _fit(text, discussed, matters)
            found.append(OwnQuestion(turn.seq, text, answered, research, fit))
    return tuple(found)


def _rests_on_research(text: str, research: Mapping[str, Passage], language: str) -> bool:
    """Whether somebody names what they have read, and it stands in a passage that was used."""
    if not cues_for(language).patterns["have_read"].search(text):
        return False
    own = terms(text)
    return any(len(own & terms(passage.text)) >= 3 for passage in research.values())


def _fit(text: str, discussed: Sequence[str], matters: Matters | None) -> Fit:
    if matters is None:
        return "any"
    named = {name for name, matter in matters.matters.items() if _any_of(matter.cues).search(text)}
    if not named:
        return "any"
    return "fits" if named & set(discussed) else "elsewhere"


@lru_cache(maxsize=256)
def _any_of(cues: tuple[str, ...]) -> re.Pattern[str]:
    spaced = [
        rf"(?<!\w){re.escape(cue)}(?!\w)" if cue.isascii() else re.escape(cue) for cue in cues
    ]
    return re.compile("|".join(spaced), re.IGNORECASE)
