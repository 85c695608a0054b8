"""How somebody spoke: length, words of filling, pace where times are known. Never scored. Pure.

Delivery is told apart from content and moves no level (SCIENCE 1.3): fillers and pace say more of
nerves than of ability.
"""

from __future__ import annotations

import re
import statistics
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources

from interviewer.interview.progress import CHARACTERS_A_MINUTE, WORDS_A_MINUTE
from interviewer.reading.answer import read
from interviewer.transcript import Transcript, Turn

# Nobody speaks at more than about twice the usual rate: then the text was pasted, or read in.
_FASTEST = 2.0
_SHORTEST_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Speech:
    """How the candidate spoke in a round.

    Attributes:
        lengths: Words of each answer, in Chinese characters, in the order given.
        shortest: The least of them.
        middle: The one in the middle.
        longest: The most.
        fillers: Words of filling in a hundred, None where nothing was said.
        a_minute: Words a minute from the question to the end of the answer, thinking and typing
            included; None where the times of fewer than half of the answers are known.
    """

    lengths: tuple[int, ...]
    shortest: int
    middle: int
    longest: int
    fillers: float | None
    a_minute: int | None


def speech_in(turns: Sequence[Turn], transcript: Transcript) -> Speech | None:
    """Return how somebody spoke in these turns of theirs, None where they said nothing."""
    language = transcript.interview.language or "en"
    said = [(turn, read(turn.content, language).words) for turn in turns]
    said = [(turn, words) for turn, words in said if words]
    if not said:
        return None
    lengths = tuple(words for _, words in said)
    filling = sum(fillers_in(turn.content, language) for turn, _ in said)
    return Speech(
        lengths=lengths,
        shortest=min(lengths),
        middle=round(statistics.median(lengths)),
        longest=max(lengths),
        fillers=round(100 * filling / sum(lengths), 1),
        a_minute=_pace(said, transcript, language),
    )


def fillers_in(text: str, language: str) -> int:
    """Return how many words of filling a text has."""
    return len(_fillers(language).findall(text))


def _pace(said: Sequence[tuple[Turn, int]], transcript: Transcript, language: str) -> int | None:
    usual = CHARACTERS_A_MINUTE if language.startswith("zh") else WORDS_A_MINUTE
    asked = _asked_at(transcript)
    words, minutes, known = 0, 0.0, 0
    for turn, count in said:
        seconds = _seconds(asked.get(id(turn)), turn.at)
        if seconds is None or seconds < _SHORTEST_SECONDS:
            continue
        if count / (seconds / 60) > _FASTEST * usual:
            continue
        words, minutes, known = words + count, minutes + seconds / 60, known + 1
    return round(words / minutes) if 2 * known >= len(said) and minutes else None


def _asked_at(transcript: Transcript) -> dict[int, str | None]:
    """Return when the examiner had spoken, by the turn of the candidate that follows."""
    found: dict[int, str | None] = {}
    last: str | None = None
    for turn in transcript.turns:
        if turn.by_examiner:
            last = turn.at
        else:
            found[id(turn)] = last
    return found


def _seconds(start: str | None, end: str | None) -> float | None:
    try:
        return (_time(end) - _time(start)).total_seconds()
    except (TypeError, ValueError):
        return None


def _time(text: str | None) -> datetime:
    return datetime.fromisoformat(str(text))


@cache
def _fillers(language: str) -> re.Pattern[str]:
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / "speech.toml"
    return re.compile(tomllib.loads(file.read_text(encoding="utf-8"))[base], re.IGNORECASE)
