"""What is wrong with a written sentence whatever the passages say."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from interviewer.interview.guard.cases import LINK, MARKUP
from interviewer.interview.support.words import SupportWords
from interviewer.reading.cues import cues_for
from interviewer.reading.tongue import is_other_language

LONGEST = {"en": 320, "zh": 130}


def _is_empty(text: str, words: SupportWords) -> bool:
    return not any(character.isalnum() for character in text)


def _is_long(text: str, words: SupportWords) -> bool:
    return len(text) > LONGEST[words.language]


def _has_markup(text: str, words: SupportWords) -> bool:
    """Whether there is anything but plain text: addresses, marks, characters nobody sees."""
    hidden = any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "So") for c in text)
    return hidden or bool(LINK.search(text) or MARKUP.search(text))


def _is_order(text: str, words: SupportWords) -> bool:
    return bool(words.patterns["order"].search(text))


def _is_foreign(text: str, words: SupportWords) -> bool:
    return is_other_language(text, cues_for(words.language))


TextCase = Callable[[str, SupportWords], bool]
# In the order they are put; the first that holds names the fault.
OF_TEXT: Mapping[str, TextCase] = {
    "empty": _is_empty,
    "long": _is_long,
    "markup": _has_markup,
    "order": _is_order,
    "language": _is_foreign,
}
