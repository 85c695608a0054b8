"""The sentences of an answer that can be quoted, each with what it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interviewer.assessment.evidence import Answered
from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.scoring.cues import weighed
from interviewer.assessment.scoring.newness import is_void
from interviewer.reading.answer import Reading, read
from interviewer.reading.cues import cues_for, folded
from interviewer.reading.identity import identity_in
from interviewer.reading.protected import protected_in
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

# Longer than this a quote is not taken in at a glance.
LONGEST = {"en": 240, "zh": 110}
_TELLING_TERMS = {"en": 3, "zh": 5}


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence.

    Attributes:
        seq: Its turn.
        turn: Place of the turn among those of the answer, from 0.
        place: Place of the sentence in the answer, from 0.
        text: Its words, an exact part of the turn.
        parts: Parts of a story it tells.
        signs: What lifts an answer that is in it (SCIENCE 1.3, 1.8).
        figures: Whether it states a figure.
        shared: Whether a group acts in it.
        usual: Whether it tells what is usually done.
        imagined: Whether it tells what would be done.
        acting: Whether the speaker acts in it.
        admits: Whether it says that something is not known.
        empty: Whether nobody acts in it and it states nothing.
        weight: How much it says: its telling terms.
    """

    seq: int
    turn: int
    place: int
    text: str
    parts: frozenset[str]
    signs: frozenset[str]
    figures: bool
    shared: bool
    usual: bool
    imagined: bool
    acting: bool
    admits: bool
    empty: bool
    weight: int


def told_in(answer: Answered, language: str) -> tuple[Told, ...]:
    """Return the sentences of an answer that can be quoted, in the order said.

    Left out are questions, bids, praise, what is too long to be taken in, and every sentence that
    tells a fact about the person (SCIENCE 3.1) or gives away who that is (SCIENCE 2.5).
    """
    found: list[Told] = []
    place = 0
    kind = answer.item.type or ""
    for number, turn in enumerate(answer.turns):
        if turn.seq is None:
            continue
        for text in sentences(turn.content, language):
            reading = read(text, language, kind=kind)
            if not reading.questions and _can_be_quoted(text, kind, language):
                found.append(_told(turn.seq, number, place, text, reading, language))
            place += 1
    return tuple(found)


def _can_be_quoted(text: str, kind: str, language: str) -> bool:
    base = "zh" if language.startswith("zh") else "en"
    words, low = feedback_words(language), folded(text)
    if words.pattern("aside").search(low) or words.pattern("introduces").search(low):
        return False
    if kind == "public_service" and identity_in(text):
        return False  # a board knows candidates by number
    if len(text) > LONGEST[base] or protected_in(text, language):
        return False
    return not is_void(text, language)


def _told(seq: int, turn: int, place: int, text: str, reading: Reading, language: str) -> Told:
    low = folded(text)
    patterns = cues_for(language).patterns
    signs = {name for name, sign in weighed(language).signs.items() if sign.search(low)}
    own_terms = len(terms(text))
    base = "zh" if language.startswith("zh") else "en"
    figures = bool(reading.claims) or re.search(r"\d", text) is not None
    words = feedback_words(language)
    somebody = words.pattern("somebody").search(low) is not None
    # Where somebody worked is no deed.
    scene = words.pattern("scene").search(low) is not None
    return Told(
        seq=seq,
        turn=turn,
        place=place,
        text=text,
        parts=reading.parts - {"own_action"} if scene else reading.parts,
        signs=frozenset(signs) if own_terms >= _TELLING_TERMS[base] else frozenset(),
        figures=figures,
        shared=patterns["shared_act"].search(low) is not None,
        usual=patterns["usually"].search(low) is not None,
        imagined=patterns["would"].search(low) is not None,
        acting=words.pattern("acting").search(low) is not None,
        admits=words.pattern("admits").search(low) is not None,
        empty=not (somebody or figures or reading.parts or signs),
        weight=own_terms,
    )


def signs_in(told: Iterable[Told]) -> frozenset[str]:
    """Return the signs that any of the sentences has."""
    return frozenset[str]().union(*(entry.signs for entry in told))
