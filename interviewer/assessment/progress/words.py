"""What is said of progress, from `words.<lang>.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from interviewer.assessment.progress.change import Change
from interviewer.assessment.progress.series import Key
from interviewer.assessment.progress.story_bank import Story
from interviewer.content.form import Text, Value


class ProgressWords(Value):
    """Sentences and names by language.

    Attributes:
        notice: What this is not for.
        apart: What is compared with what.
        change: What changed, by kind; with slots in braces.
        interviews: How many interviews.
        questions: How many questions.
        story: How often a story was told.
        families: Names of kinds of questions.
        modes: Names of modes.
        assessors: Names of assessors.
        way: Whether one's own levels come nearer to these.
    """

    notice: Text
    apart: Text
    change: dict[str, Text]
    interviews: dict[str, Text]
    questions: dict[str, Text]
    story: dict[str, Text]
    families: dict[str, Text]
    modes: dict[str, Text]
    assessors: dict[str, Text]
    way: dict[str, Text]


@cache
def words_for(language: str) -> ProgressWords:
    """Return the words of a language; English for one that has no file."""
    folder = resources.files(__package__)
    wanted = f"words.{language.split('-')[0]}.toml"
    names = {entry.name for entry in folder.iterdir()}
    file = folder / (wanted if wanted in names else "words.en.toml")
    return ProgressWords.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


def change_told(change: Change, language: str) -> str:
    """Return in words what may be said of a series."""
    words = words_for(language)
    return words.change[change.kind].format(
        interviews=_counted(words.interviews, change.interviews),
        by=f"{abs(change.by or 0):.1f}",
        spread=f"{change.spread:.1f}",
    )


def compared_told(key: Key, language: str) -> str:
    """Return in words what kind of levels a series has: kind of question, mode, assessor."""
    words = words_for(language)
    named = [words.families.get(key.family, key.family.replace("_", " "))]
    if key.mode != "text":
        named.append(words.modes.get(key.mode, key.mode))
    if key.assessor != "builtin":
        named.append(words.assessors.get(key.assessor, key.assessor))
    return ", ".join(named)


def use_told(story: Story, language: str) -> str:
    """Return in words how often a story was told, and that another is needed where it is."""
    words = words_for(language)
    return words.story["overused" if story.overused else "used"].format(
        interviews=_counted(words.interviews, len(story.sessions)),
        questions=_counted(words.questions, len(story.questions)),
    )


def _counted(words: dict[str, str], count: int) -> str:
    return words["one" if count == 1 else "many"].format(count=count)
