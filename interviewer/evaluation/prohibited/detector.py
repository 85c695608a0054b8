"""Whether a sentence asks what must not be asked: by rules, then by likeness to examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from interviewer.evaluation.prohibited.likeness import ORDINARY, Likeness
from interviewer.evaluation.prohibited.rules import rules_for
from interviewer.reading.tongue import has_chinese

CATEGORIES = (
    "age", "family", "pregnancy", "religion", "race", "origin", "health", "orientation", "arrest",
    "conviction", "finance", "pay", "politics", "union", "military", "body", "substances", "clubs",
    "private",
)  # fmt: skip
_REMEMBERED = 16_384
# Longer ones are explanations, whatever they are near to.
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Improper:
    """What a sentence must not ask.

    Attributes:
        category: One of `CATEGORIES`.
        words: The words that tell, or the example it is near to.
        by: How it was found.
    """

    category: str
    words: str
    by: str


class Detector:
    """Reads sentences of examiners. A sentence is read once, however often it is said."""

    def __init__(self, likeness: Callable[[str], Likeness] = Likeness) -> None:
        self._likeness: Mapping[str, Likeness] = {
            language: likeness(language) for language in ("en", "zh")
        }
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)
        self._ruled = lru_cache(maxsize=_REMEMBERED)(_ruled)

    def look_ahead(self, sentences: Iterable[tuple[str, bool]]) -> None:
        """Have sentences, each with whether it asks, got ready for the comparison together."""
        wanted: dict[str, set[str]] = {}
        for sentence, asks in sentences:
            found = self._ruled(sentence, asks)
            if isinstance(found, _Compared):
                wanted.setdefault(found.language, set()).add(sentence)
        for language, texts in wanted.items():
            self._likeness[language].look_ahead(texts)

    def improper(self, sentence: str, asks: bool) -> Improper | None:
        """Return what a sentence must not ask; None for one that may be said.

        Args:
            sentence: The sentence, without citation marks.
            asks: Whether it is a question or an order to tell; only such ones are compared with
                examples, statements by rules alone.
        """
        return self._remembered(sentence, asks)

    def _read(self, sentence: str, asks: bool) -> Improper | None:
        found = self._ruled(sentence, asks)
        if not isinstance(found, _Compared):
            return found
        rules = rules_for(found.language)
        near = self._likeness[found.language].category(sentence, rules.touches(found.prepared))
        if near is None or near[0] == ORDINARY or rules.frees(near[0], found.prepared):
            return None
        return Improper(*near, by="likeness")


@dataclass(frozen=True, slots=True)
class _Compared:
    """A sentence that no rule tells of, to be compared with examples."""

    language: str
    prepared: str


def _ruled(sentence: str, asks: bool) -> Improper | _Compared | None:
    language = "zh" if has_chinese(sentence) else "en"
    rules = rules_for(language)
    prepared = rules.prepared(sentence)
    # A statement is about the employer unless it speaks to the candidate.
    found = rules.category(prepared) if asks or rules.addresses(prepared) else None
    if found:
        return Improper(*found, by="rule")
    if not asks or len(sentence) > _LONGEST or not rules.worth_comparing(prepared):
        return None
    return _Compared(language, prepared)
