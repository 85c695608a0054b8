"""What one answer holds for one competency: observations in numbers, not yet a level."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewer.assessment.scoring.cues import Weighed, weighed
from interviewer.assessment.scoring.newness import Kept
from interviewer.content.rubric import Rubric
from interviewer.reading.answer import Reading, read
from interviewer.reading.cues import folded
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

STORIES = ("past_behaviour", "background")
# In a story these may be told of others: what they needed, and what is still done.
_OF_OTHERS = ("other_side", "lasting")
PARTS = ("situation", "specific", "own_action", "result", "reflection")
"""Parts of a story, as they are told."""
# A pair of characters says about half of what a word says.
_WORTH = {"en": 1.0, "zh": 0.5}
# A sign counts in a sentence that says something.
_SAYS_SOMETHING = 3


@dataclass(frozen=True, slots=True)
class Held:
    """What an answer holds.

    Attributes:
        news: How much of it is new, about one a telling word.
        bearing: How much of that is of the rubric's own matter.
        signs: What it has beside the parts of a story.
        reading: Parts of a story, claims, ownership.
        disorder: How far it is from an order that can be followed, 0 to 1.
    """

    news: float
    bearing: float
    signs: frozenset[str]
    reading: Reading
    disorder: float = 0.0

    def conceding(self, names: frozenset[str]) -> Held:
        """Return the same with these parts and signs counted as found."""
        parts = names & set(PARTS)
        reading = replace(self.reading, parts=self.reading.parts | parts)
        return replace(self, reading=reading, signs=self.signs | (names - parts))


def held_in(
    kept: Kept,
    language: str,
    *,
    matter: frozenset[str],
    asked: str = "",
    kind: str = "",
    disorder: float = 0.0,
) -> Held:
    """Return what the sentences of an answer hold.

    Args:
        kept: The sentences that count.
        language: Language of the interview.
        matter: Terms of the rubric.
        asked: The question.
        kind: Its type.
        disorder: How far the answer is from an order that can be followed.
    """
    worth = _WORTH["zh" if language.startswith("zh") else "en"]
    cues = weighed(language)
    telling = [
        folded(line)
        for line in sentences(kept.text, language)
        if len(terms(line) & kept.terms) * worth >= _SAYS_SOMETHING
    ]
    reading = read(kept.text, language, question=asked, kind=kind)
    return Held(
        news=len(kept.terms) * worth,
        bearing=len(kept.terms & matter) * worth,
        signs=frozenset(
            name
            for name, sign in cues.signs.items()
            if any(sign.search(t) and _is_own(name, t, kind, cues) for t in telling)
        ),
        reading=reading,
        disorder=disorder,
    )


def _is_own(sign: str, line: str, kind: str, cues: Weighed) -> bool:
    """Whether a sign tells of the one who speaks, as a story must: not of how things were."""
    if kind not in STORIES or sign in _OF_OTHERS:
        return True
    return cues.telling["first_person"].search(line) is not None


def matter_of(rubric: Rubric, language: str) -> frozenset[str]:
    """Return the terms a rubric is about, in the language of the interview where it has it."""
    texts = [_in(rubric.name, language), _in(rubric.definition, language)]
    texts += [_in(anchor, language) for anchor in rubric.anchors.values()]
    return terms("\n".join(texts)) | terms(rubric.id.replace("_", " "))


def anchors_of(rubric: Rubric, language: str) -> tuple[str, ...]:
    """Return the anchors of a rubric in a language."""
    return tuple(_in(anchor, language) for anchor in rubric.anchors.values())


def _in(words: dict[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()))
