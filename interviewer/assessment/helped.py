"""What of an interview was a coach's, as reports and written transcripts say it. Pure."""

from __future__ import annotations

from interviewer.assessment.words import ReportWords
from interviewer.people.helping import put_in_by, whispers_in
from interviewer.transcript import Transcript, Turn


def helped_in(transcript: Transcript, words: ReportWords) -> list[str]:
    """Return a sentence on the hints that were whispered, and one on the questions put in."""
    told = {
        "whispered": [turn.seq for turn in transcript.turns if whispers_in(turn)],
        "put_in": [turn.seq for turn in transcript.turns if put_in_by(turn)],
    }
    return [
        words.sentences[name].format(turns=", ".join(map(str, turns)))
        for name, turns in told.items()
        if turns
    ]


def marks_of(turn: Turn, words: ReportWords) -> list[str]:
    """Return what is said of a turn beside its number, nothing where no coach had a part in it."""
    hints = [words.practice["whisper_mark"].format(text=hint.text) for hint in whispers_in(turn)]
    return [words.practice["put_in_mark"], *hints] if put_in_by(turn) else hints
