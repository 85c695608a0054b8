"""An answer in the making: sentences with what each is, before a manner has been at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from interviewer.content.phrasebook import fill
from interviewer.reading.tongue import word_count
from interviewer.simulation.truth import NO_FACTS

# Parts of a story that a reader is to find; `detail` belongs to the own action.
STORY_PARTS = ("situation", "own_action", "shared", "detail", "result", "reflection")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        part: What it is: a part of a story, `reply`, `fact`, `question` or `manner`.
        text: Its words.
    """

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody would say, and the truth of it.

    Attributes:
        kind: What kind of answer it is.
        sentences: In the order they are said.
        story: Id of the story they are from.
        level: What the answers to the item are worth together, 0 where nothing is judged.
        facts: Facts stated, figures asked or accepted.
        contradicts: Number of the answer it does not fit.
        must: Whether a manner may not cut it: a question, a figure, an acceptance.
    """

    kind: str
    sentences: tuple[Sentence, ...] = ()
    story: str = ""
    level: int = 0
    facts: Mapping[str, str] = field(default_factory=lambda: NO_FACTS)
    contradicts: int | None = None
    must: bool = False

    def words(self, language: str) -> int:
        """Return the length in words, in Chinese in characters."""
        return sum(word_count(sentence.text, language) for sentence in self.sentences)

    def adding(self, *sentences: Sentence) -> Draft:
        """Return the draft with more sentences at its end."""
        return replace(self, sentences=(*self.sentences, *sentences))

    def beginning(self, *sentences: Sentence) -> Draft:
        """Return the draft with more sentences at its start."""
        return replace(self, sentences=(*sentences, *self.sentences))

    @property
    def story_parts(self) -> tuple[str, ...]:
        """The parts of a story it tells."""
        return tuple(dict.fromkeys(s.part for s in self.sentences if s.part in STORY_PARTS))


def worded(part: str, text: str, slots: Mapping[str, str]) -> Sentence:
    """Return a sentence with its slots filled and a capital at its start."""
    filled = fill(text, slots)
    if text.startswith("{"):
        filled = filled[:1].upper() + filled[1:]
    return Sentence(part, filled)


def replies(texts: tuple[str, ...] | list[str], slots: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Return sentences that are no parts of a story."""
    return tuple(worded("reply", text, slots) for text in texts if text)
