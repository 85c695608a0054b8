"""Answers spoken into the microphone: their pace and words of filling. Never scored. Pure.

Both are taken from what was recognised, before the candidate corrected it. They move no level
(SCIENCE 1.3), and nothing else of a voice is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from interviewer.assessment.speech import fillers_in
from interviewer.interview.annotations import Annotation
from interviewer.reading.tongue import word_count
from interviewer.transcript import Transcript

ALOUD = "aloud"
_TURN = "turn "
# Below this a pace is chance: a word or two, said after a breath.
_FEWEST_WORDS = 5
_SHORTEST_SECONDS = 2.0
_MOST = 1_000_000
# How much of what was heard must stand in an answer for the answer to have been spoken.
_SAID_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Aloud:
    """One spoken answer, or several together.

    Attributes:
        words: Words, in Chinese characters.
        seconds: From the first word to the last, or the recordings' length where no times of
            words are known.
        fillers: How many words of filling.
        answers: How many answers it is taken from.
    """

    words: int
    seconds: float
    fillers: int
    answers: int = 1

    @property
    def a_minute(self) -> int | None:
        """Words a minute, None for too little speech."""
        if self.words < _FEWEST_WORDS or self.seconds < _SHORTEST_SECONDS:
            return None
        return round(self.words / (self.seconds / 60))

    @property
    def fillers_in_100(self) -> float | None:
        """Words of filling in a hundred, None for too little speech."""
        return round(100 * self.fillers / self.words, 1) if self.words >= _FEWEST_WORDS else None


def aloud_of(text: str, seconds: float, language: str) -> Aloud:
    """Return what is told of one recording.

    Args:
        text: What was recognised.
        seconds: How long it was spoken.
        language: Of the interview.
    """
    base = "zh" if language.startswith("zh") else language
    return Aloud(word_count(text, base), seconds, fillers_in(text, language))


def together(parts: Iterable[Aloud], *, answers: int) -> Aloud:
    """Return several recordings, or the answers of an interview, as one."""
    held = tuple(parts)
    return Aloud(
        sum(part.words for part in held),
        sum(part.seconds for part in held),
        sum(part.fillers for part in held),
        answers,
    )


def was_spoken(heard: str, sent: str) -> bool:
    """Return whether an answer that was sent still holds most of what was heard.

    Args:
        heard: What was recognised.
        sent: The answer after its correction.
    """
    of = _pieces(heard)
    return bool(of) and len(of & _pieces(sent)) >= _SAID_SHARE * len(of)


def _pieces(text: str) -> set[str]:
    """Return the words of a text, and each sign of one that has no spaces."""
    found = set()
    for word in text.casefold().split():
        kept = "".join(sign for sign in word if sign.isalnum())
        found |= {kept} if kept.isascii() else set(kept)
    return found - {""}


def aloud_note(seq: int, spoken: Aloud) -> Annotation:
    """Return what is kept of a spoken answer: three numbers, and no sound."""
    body = {"words": spoken.words, "seconds": round(spoken.seconds, 1), "fillers": spoken.fillers}
    return Annotation(ALOUD, f"{_TURN}{seq}", MappingProxyType(body))


def aloud_in(said: Iterable[Annotation]) -> dict[int, Aloud]:
    """Return the spoken answers by the number of their turn, without notes that are broken."""
    found = {}
    for note in said:
        number = note.about.removeprefix(_TURN)
        spoken = _kept(note.body)
        if note.kind == ALOUD and number.isascii() and number.isdigit() and spoken is not None:
            found[int(number[:9])] = spoken
    return found


def _kept(body: Mapping[str, object]) -> Aloud | None:
    values = [body.get(name) for name in ("words", "seconds", "fillers")]
    numbers = [
        value
        for value in values
        if isinstance(value, int | float) and math.isfinite(value) and 0 <= value <= _MOST
    ]
    if len(numbers) < len(values):
        return None
    words, seconds, fillers = numbers
    return Aloud(int(words), float(seconds), int(fillers))


def spoken_in(said: Iterable[Annotation], transcript: Transcript) -> Aloud | None:
    """Return the spoken answers of an interview that count as one, None where none was spoken."""
    count = {turn.seq for turn in transcript.counted.turns}
    found = {seq: spoken for seq, spoken in aloud_in(said).items() if seq in count}
    return together(found.values(), answers=len(found)) if found else None
