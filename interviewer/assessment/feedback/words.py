"""The words of feedback, from `feedback.<lang>.toml` beside this."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from interviewer.content.form import Text, Value


class Drill(Value):
    """One exercise.

    Attributes:
        minutes: How long it takes.
        text: What to do.
    """

    minutes: int
    text: Text


class FeedbackWords(Value):
    """Everything feedback says besides what it quotes.

    Attributes:
        labels: Labels, and sentences with slots in braces.
        rests_on: How much a level rests on.
        parts: What came late or is to be filled in, by part of a story.
        gaps: What was not heard, by lack; several ways to say it.
        questions: What asks for it, by lack; `{quote}` is the candidate's, `{asked}` the
            examiner's.
        drills: What to practise, by lack.
        advice: The change in one sentence, by lack.
        counts: Why a strength counts, by what it shows.
        joins: Connecting words of a retelling, by part.
        prompts: Places for what was not told, by part.
        patterns: Signs that sentences are chosen and cut by, for small letters.
        anchors: What an anchor asks for, by lack: signs in its text.
        heard: What may count as told, by lack: wide signs in an answer.
        shows: What a sentence shows for certain, by strength: narrow signs.
    """

    labels: dict[str, Text]
    rests_on: dict[str, Text]
    parts: dict[str, Text]
    gaps: dict[str, tuple[Text, ...]]
    questions: dict[str, tuple[Text, ...]]
    drills: dict[str, Drill]
    advice: dict[str, Text]
    counts: dict[str, Text]
    joins: dict[str, str]
    prompts: dict[str, Text]
    patterns: dict[str, Text]
    anchors: dict[str, Text]
    heard: dict[str, Text]
    shows: dict[str, Text]

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return a sign, compiled."""
        return _compiled(self.patterns[name])

    def asked_by(self, anchor: str, lack: str) -> bool:
        """Return whether a clause of an anchor, in small letters, asks for something."""
        sign = self.anchors.get(lack)
        return sign is not None and _compiled(sign).search(anchor) is not None

    def may_be_told(self, lack: str, answer: str) -> bool:
        """Return whether an answer, in small letters, may hold what seems to be missing."""
        sign = self.heard.get(lack)
        return sign is not None and _compiled(sign).search(answer) is not None

    def shown_in(self, strength: str, sentence: str) -> bool:
        """Return whether a sentence, in small letters, shows a strength for certain."""
        return _compiled(self.shows[strength]).search(sentence) is not None


@cache
def feedback_words(language: str) -> FeedbackWords:
    """Return the words of a language; English for one that has no file."""
    folder = resources.files(__package__)
    wanted = f"feedback.{language.split('-')[0]}.toml"
    # Looked up among what is there: a transcript from elsewhere may name anything as its language.
    names = {entry.name for entry in folder.iterdir()}
    file = folder / (wanted if wanted in names else "feedback.en.toml")
    return FeedbackWords.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def filled(sentence: str, **slots: str) -> str:
    """Return a sentence with its slots filled; braces in what is filled in stay as they are."""
    pieces = re.split(r"(\{\w+\})", sentence)
    return "".join(
        slots.get(piece[1:-1], piece) if piece[:1] == "{" and piece[-1:] == "}" else piece
        for piece in pieces
    )
