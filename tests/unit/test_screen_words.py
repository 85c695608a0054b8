"""The screen's words: each language has them all, and writes days in its own way."""

from __future__ import annotations

import pytest

from interviewer.ui.words import LANGUAGES, day, words_for


def test_every_language_has_the_same_words() -> None:
    """A word that one language lacks would be an error on its page."""
    first, *others = (set(words_for(language)) for language in LANGUAGES)
    assert all(first == other for other in others)


@pytest.mark.parametrize(("language", "told"), [("en", "2 January 2026"), ("zh", "2026年1月2日")])
def test_a_day_is_written_as_the_language_writes_it(language: str, told: str) -> None:
    """The date of an interview is read by people, not by programs."""
    assert day("2026-01-02T23:59:00Z", words_for(language)) == told


def test_what_is_no_day_stands_as_it_is() -> None:
    """A transcript from elsewhere may say anything of its day."""
    assert day("last week, I think", words_for("en")) == "last week,"
    assert day("", words_for("en")) == ""
