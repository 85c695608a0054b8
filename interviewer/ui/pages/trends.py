"""Series of levels as cards: a line, the newest level, and what may be said of the change."""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.assessment.progress.change import Change
from interviewer.assessment.progress.series import Series
from interviewer.assessment.progress.words import change_told, compared_told
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.interview.planning import in_language
from interviewer.ui.pages.line import line_of
from interviewer.ui.words import Words

Card = dict[str, object]


def trends(
    found: Iterable[tuple[Series, Change]], library: Library, words: Words, language: str
) -> tuple[list[Card], list[Card]]:
    """Return the cards of series with a level, and those of series without any.

    Args:
        found: Series with what may be said of them.
        library: Rubrics, for names in the language of the screen.
        words: The screen's words.
        language: The screen's language.
    """
    cards: list[Card] = [
        {
            "name": competency_name(library, series.key.competency, series.name, language),
            "compared": compared_told(series.key, language),
            "language": series.key.language,
            "line": line_of(series, words),
            "newest": series.counted[-1][1] if series.counted else None,
            "required": series.points[-1].required,
            "scale": series.scale,
            "kind": change.kind,
            "change": change_told(change, language),
        }
        for series, change in found
    ]
    with_level = [card for card in cards if card["kind"] != "none"]
    return with_level, [card for card in cards if card["kind"] == "none"]


def part_names(library: Library, language: str) -> dict[str, str]:
    """Return what the parts are called that an answer may lack, by name."""
    vocabulary = library.vocabularies.get(language)
    known = {str(part): text for part, text in vocabulary.parts.items()} if vocabulary else {}
    return {**known, "more": words_for(language).practice["more"]}


def competency_name(library: Library, competency: str, name: str, language: str) -> str:
    """Return a competency's name in a language, the given one where it has no rubric any more."""
    rubric = library.rubrics.get(competency)
    return in_language(rubric.name, language) if rubric else name
