"""How somebody spoke: told, never scored, and only where it is known."""

from __future__ import annotations

import pytest

from interviewer.assessment.speech import speech_in
from interviewer.transcript import Interview, Transcript, Turn

TEXT = "I moved the load to the night and wrote a check for each of the tables. " * 4


def spoken(*answers: str, seconds: float | None = 40, language: str = "en") -> Transcript:
    """Return a transcript of questions and answers, each so long after its question."""
    turns = []
    for n, text in enumerate(answers):
        asked, told = f"2026-11-01T10:{n:02}:00Z", None
        if seconds is not None:
            told = f"2026-11-01T10:{n:02}:{seconds:06.3f}Z"
        turns += [
            Turn(2 * n + 1, "assistant", "Go on.", at=asked),
            Turn(2 * n + 2, "user", text, at=told),
        ]
    return Transcript("t", Interview(language=language), tuple(turns))


def candidate(transcript: Transcript) -> list[Turn]:
    """Return the candidate's turns."""
    return [turn for turn in transcript.turns if turn.by_candidate]


def test_lengths_and_pace_are_counted() -> None:
    """Answers are counted in words; pace is words by the minutes from question to answer."""
    transcript = spoken(TEXT, "I did it.", TEXT)
    found = speech_in(candidate(transcript), transcript)
    assert found is not None
    assert found.lengths == (64, 3, 64)
    assert (found.shortest, found.middle, found.longest) == (3, 64, 64)
    assert found.a_minute == round(131 / 2)
    assert found.fillers == 0.0


@pytest.mark.parametrize("seconds", [None, 0.02, 5])
def test_unknown_and_impossible_times_give_no_pace(seconds: float | None) -> None:
    """Where no time is known, or nobody can have spoken so fast, no pace is told."""
    transcript = spoken(TEXT, TEXT, seconds=seconds)
    found = speech_in(candidate(transcript), transcript)
    assert found is not None
    assert found.a_minute is None


def test_a_pace_needs_half_of_the_answers() -> None:
    """One time that is known among many is not told as the pace of all."""
    known, unknown = spoken(TEXT), spoken(TEXT, TEXT, seconds=None)
    mixed = Transcript("t", known.interview, (*known.turns, *unknown.turns))
    found = speech_in(candidate(mixed), mixed)
    assert found is not None
    assert found.a_minute is None


@pytest.mark.parametrize(
    ("text", "language", "rate"),
    [
        ("Um, I er moved it, you know, to the night, basically.", "en", 36.4),
        ("You know the load, and I like it so much that I kind of own it.", "en", 6.2),
        ("I know of one kind of job that you know.", "en", 0.0),
        ("嗯，我就是说，把任务改到夜里。", "zh", 16.7),
        ("那个任务是我改的，这个办法有效。", "zh", 0.0),
    ],
)
def test_words_of_filling_are_counted_only_where_they_fill(
    text: str, language: str, rate: float
) -> None:
    """A filler counts; the same words with a meaning of their own do not."""
    transcript = spoken(text, language=language)
    found = speech_in(candidate(transcript), transcript)
    assert found is not None
    assert found.fillers == pytest.approx(rate, abs=0.1)


def test_who_says_nothing_has_no_delivery() -> None:
    """Silence has no length, no pace and no fillers."""
    transcript = spoken("", "...")
    assert speech_in(candidate(transcript), transcript) is None
