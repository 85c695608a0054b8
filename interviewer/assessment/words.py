"""The words of a report, from `words.<lang>.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from interviewer.content.form import Text, Value


class ReportWords(Value):
    """Everything a report says besides what it quotes.

    Attributes:
        labels: Headings and labels.
        sentences: Sentences; some with slots in braces.
        grounds: Grounds of a bid, by the names of `bid.POINTS`.
        written: What is said of the written test.
        pay: Sentences on what was left on the table.
        steps: Names of a ladder's steps.
        own_questions: What there is to say of a question of the candidate's, by what was seen.
        handoff: Kinds of what is passed on from round to round.
        parts: What was not told yet, by missing part.
        questions: What the candidate is asked to recall, by missing part.
        drills: What to practise, by missing part.
        unscored: Why there is no level.
        judging: What became of a model's samples, and why they do not count.
        lifts: What would lift a level, by cap, part or sign.
        self_rating: What is said of a candidate's own levels beside the assessed ones.
        overview: What is said beside bars and radar.
        employer: What is said of what the candidate knows of the employer.
        spoken: What is said of how somebody spoke.
        coach: What is said to a coach.
        practice: What is said of answers given again and of disputes.
        dispute: What the assessor answers to a dispute, by reason.
    """

    labels: dict[str, Text]
    sentences: dict[str, Text]
    grounds: dict[str, Text]
    written: dict[str, Text]
    pay: dict[str, Text]
    steps: dict[str, Text]
    own_questions: dict[str, Text]
    handoff: dict[str, Text]
    parts: dict[str, Text]
    questions: dict[str, Text]
    drills: dict[str, Text]
    unscored: dict[str, Text]
    judging: dict[str, Text]
    lifts: dict[str, Text]
    self_rating: dict[str, Text]
    overview: dict[str, Text]
    employer: dict[str, Text]
    spoken: dict[str, Text]
    coach: dict[str, Text]
    practice: dict[str, Text]
    dispute: dict[str, Text]


@cache
def words_for(language: str) -> ReportWords:
    """Return the words of a language; English for one that has no file."""
    folder = resources.files(__package__)
    wanted = f"words.{language.split('-')[0]}.toml"
    # Looked up among what is there: a transcript from elsewhere may name anything as its language.
    names = {entry.name for entry in folder.iterdir()}
    file = folder / (wanted if wanted in names else "words.en.toml")
    return ReportWords.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
