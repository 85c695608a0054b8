"""Finds a sentence that a candidate points to among what they said. Pure.

Only spaces and capitals may differ: whoever points to a sentence has said it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.research.sentences import spans
from interviewer.transcript import Transcript, Turn

LONGEST_POINTED = 2_000
# Less than this could be hit upon by chance.
_LEAST = {"en": 12, "zh": 4}
_AROUND = " \t\n.,;:!?\"'“”‘’「」『』()（）。，；：！？…"


@dataclass(frozen=True, slots=True)
class Pointed:
    """Where the sentence stands.

    Attributes:
        turn: The candidate's turn, the first of those that are the same word for word.
        asked: What the examiner said before it.
        sentences: The whole sentences that were pointed to, exact parts of the turn.
        quote: The same in one piece, an exact part of the turn.
    """

    turn: Turn
    asked: str
    sentences: tuple[str, ...]
    quote: str


def is_long_enough(said: str, language: str) -> bool:
    """Return whether enough was typed to point to one sentence and no other."""
    least = _LEAST["zh" if language.startswith("zh") else "en"]
    return least <= len(_squeezed(said.strip(_AROUND))[0]) <= LONGEST_POINTED


def pointed_to(said: str, transcript: Transcript, language: str) -> tuple[Pointed, ...]:
    """Return every place where the candidate said this, in the order said.

    Args:
        said: What they point to, as typed or quoted.
        transcript: The interview.
        language: Its language.
    """
    if not is_long_enough(said, language):
        return ()
    wanted, _ = _squeezed(said.strip(_AROUND))
    found = []
    for turn, asked in _answers(transcript):
        text, places = _squeezed(turn.content)
        start = text.find(wanted)
        if start >= 0:
            first, last = places[start], places[start + len(wanted) - 1]
            found.append(_whole_sentences(turn, asked, first, last, language))
    return tuple(found)


def _answers(transcript: Transcript) -> Iterator[tuple[Turn, str]]:
    """Yield the candidate's turns with what was said before each; repeated ones once."""
    asked, seen = "", set[str]()
    for turn in transcript.turns:
        if turn.by_examiner:
            asked = turn.content
        elif turn.by_candidate and turn.seq is not None:
            same, _ = _squeezed(turn.content)
            if same not in seen:
                yield turn, asked
            seen.add(same)


def _whole_sentences(turn: Turn, asked: str, first: int, last: int, language: str) -> Pointed:
    text = turn.content
    over = [(a, b) for a, b in spans(text, language) if a <= last and first < b]
    over = over or [(first, last + 1)]  # signs alone are no sentence
    return Pointed(turn, asked, tuple(text[a:b] for a, b in over), text[over[0][0] : over[-1][1]])


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return a text without spaces and capitals, and where each of its characters stood."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if not character.isspace():
            for folded in character.casefold():
                characters.append(folded)
                places.append(place)
    return "".join(characters), places
